/** Clause results beside the lines of queries, and what the chosen event has. */
import {
  type Disposable,
  type TextDocumentChangeEvent,
  type TextEditor,
  CancellationTokenSource,
  window,
  workspace,
} from "vscode";
import { type EventRef } from "../../../server/src/lsp/protocol.ts";
import { LANGUAGE_ID, SECTION } from "../settings.ts";
import { clauseDecorations } from "./clauseDecorations.ts";
import { shiftedLine } from "./lineShift.ts";
import { type ShownResults, shownClauses } from "./shownClauses.ts";
import { type TestServer } from "./server.ts";
import { isTestFile } from "./testFiles.ts";

export interface InlineResults extends Disposable {
  /** What is shown of rules is asked for again. */
  refresh(): void;
  choose(ruleUri: string, event: EventRef | null): void;
  chosen(ruleUri: string): EventRef | null;
}

const DELAY_MILLISECONDS = 40;

export function inlineResults(server: TestServer): InlineResults {
  const decorations = clauseDecorations();
  const choices = new Map<string, EventRef>();
  const running = new WeakMap<TextEditor, CancellationTokenSource>();
  let timer: NodeJS.Timeout | undefined;

  async function show(editor: TextEditor): Promise<void> {
    running.get(editor)?.cancel();
    const source = new CancellationTokenSource();
    running.set(editor, source);
    const { document } = editor;
    const uri = document.uri.toString();
    if (!isOn()) return decorations.draw(editor, []);
    const version = document.version;
    const event = choices.get(uri) ?? null;
    const result = await server.ask("tests/inline", { uri, event }, source.token).catch(() => null);
    // What is said of an older text is never shown.
    if (source.token.isCancellationRequested || document.version !== version) return;
    decorations.draw(editor, result?.version === version ? shownClauses(result.clauses, shownResults()) : []);
  }

  function refresh(): void {
    clearTimeout(timer);
    timer = setTimeout(() => ruleEditors().forEach((editor) => void show(editor)), DELAY_MILLISECONDS);
  }

  /** Events are known by their lines, which move while somebody types above them. */
  function followChoices({ document, contentChanges }: TextDocumentChangeEvent): void {
    const changed = document.uri.toString();
    for (const [rule, event] of choices) {
      if (event.uri !== changed) continue;
      choices.set(rule, { ...event, line: shiftedLine(event.line, contentChanges) });
    }
  }

  const listeners = [
    window.onDidChangeVisibleTextEditors(refresh),
    workspace.onDidChangeTextDocument((change) => {
      if (change.contentChanges.length === 0) return;
      followChoices(change);
      const { languageId, uri } = change.document;
      if (languageId === LANGUAGE_ID || isTestFile(uri.path)) refresh();
    }),
    // A file may become a rule after it was opened.
    workspace.onDidOpenTextDocument(({ languageId }) => {
      if (languageId === LANGUAGE_ID) refresh();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SECTION}.inlineResults`)) refresh();
    }),
  ];
  refresh();
  return {
    refresh,
    choose(ruleUri, event) {
      if (event === null) choices.delete(ruleUri);
      else choices.set(ruleUri, event);
      refresh();
    },
    chosen: (ruleUri) => choices.get(ruleUri) ?? null,
    dispose() {
      clearTimeout(timer);
      ruleEditors().forEach((editor) => running.get(editor)?.cancel());
      [decorations, ...listeners].forEach((one) => void one.dispose());
    },
  };
}

function ruleEditors(): readonly TextEditor[] {
  return window.visibleTextEditors.filter(({ document }) => document.languageId === LANGUAGE_ID);
}

function isOn(): boolean {
  return isSet("enable");
}

function shownResults(): ShownResults {
  return {
    counts: isSet("counts"),
    rejectedClause: isSet("rejectedClause"),
    sequences: isSet("sequences"),
  };
}

function isSet(name: string): boolean {
  return workspace.getConfiguration(`${SECTION}.inlineResults`).get(name) !== false;
}
