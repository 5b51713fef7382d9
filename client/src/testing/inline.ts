/** Clause results after the lines of a query, and what the chosen event has. */
import {
  type DecorationOptions,
  type Disposable,
  type TextEditor,
  CancellationTokenSource,
  MarkdownString,
  Range,
  ThemeColor,
  window,
  workspace,
} from "vscode";
import { type EventRef, type InlineClause, type InlineResult } from "../../../server/src/lsp/protocol.ts";
import { LANGUAGE_ID, SECTION } from "../settings.ts";
import { toRange } from "./present.ts";
import { type TestServer } from "./server.ts";

export interface InlineResults extends Disposable {
  /** What is shown of a rule is asked for again. */
  refresh(): void;
  choose(ruleUri: string, event: EventRef | null): void;
  chosen(ruleUri: string): EventRef | null;
}

const DELAY_MILLISECONDS = 40;

/** Told by a sign and a word, never by colour alone. */
const SIGNS: Readonly<Record<InlineClause["state"], string>> = { neutral: "", rejected: "✗ ", matched: "✓ " };

export function inlineResults(server: TestServer): InlineResults {
  const after = window.createTextEditorDecorationType({
    after: { color: new ThemeColor("editorCodeLens.foreground"), margin: "0 0 0 2em", fontStyle: "italic" },
  });
  const rejected = window.createTextEditorDecorationType({
    borderStyle: "dashed",
    borderWidth: "0 0 1px 0",
    borderColor: new ThemeColor("editorWarning.foreground"),
    overviewRulerColor: new ThemeColor("editorWarning.foreground"),
  });
  const choices = new Map<string, EventRef>();
  let timer: NodeJS.Timeout | undefined;
  let running: CancellationTokenSource | undefined;

  async function show(editor: TextEditor): Promise<void> {
    running?.cancel();
    const source = (running = new CancellationTokenSource());
    const { document } = editor;
    const uri = document.uri.toString();
    if (!isOn()) return clear(editor);
    const version = document.version;
    const event = choices.get(uri) ?? null;
    const result = await server.ask("tests/inline", { uri, event }, source.token).catch(() => null);
    // What is said of an older text is never shown.
    if (source.token.isCancellationRequested || document.version !== version) return;
    if (result === null || result.version !== version) return clear(editor);
    draw(editor, result);
  }

  function draw(editor: TextEditor, result: InlineResult): void {
    editor.setDecorations(after, [...lineDecorations(editor, result.clauses)]);
    const wrong = result.clauses.filter(({ state }) => state === "rejected");
    editor.setDecorations(
      rejected,
      wrong.map(({ range, hover }) => decoration(toRange(range), hover)),
    );
  }

  function clear(editor: TextEditor): void {
    editor.setDecorations(after, []);
    editor.setDecorations(rejected, []);
  }

  function refresh(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const editor = window.activeTextEditor;
      if (editor?.document.languageId === LANGUAGE_ID) void show(editor);
    }, DELAY_MILLISECONDS);
  }

  const listeners = [
    window.onDidChangeActiveTextEditor(refresh),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.languageId === LANGUAGE_ID || /[/\\]_tests[/\\]|\.ndjson$/.test(document.uri.path))
        refresh();
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
      running?.cancel();
      [after, rejected, ...listeners].forEach((one) => void one.dispose());
    },
  };
}

function isOn(): boolean {
  return workspace.getConfiguration(SECTION).get("inlineResults.enable") !== false;
}

/** All that ends on one line is one text after it. */
function lineDecorations(editor: TextEditor, clauses: readonly InlineClause[]): readonly DecorationOptions[] {
  const byLine = new Map<number, InlineClause[]>();
  for (const clause of clauses) byLine.set(clause.line, [...(byLine.get(clause.line) ?? []), clause]);
  return [...byLine].flatMap(([line, ofLine]) => {
    if (editor.document.lineCount <= line) return [];
    const end = editor.document.lineAt(line).range.end;
    const contentText = ofLine.map(({ state, text }) => `${SIGNS[state]}${text}`).join("  ·  ");
    const hover = ofLine
      .map((one) => one.hover)
      .filter((one) => one !== "")
      .join("\n\n---\n\n");
    return [{ ...decoration(new Range(end, end), hover), renderOptions: { after: { contentText } } }];
  });
}

function decoration(range: Range, hover: string): DecorationOptions {
  return hover === "" ? { range } : { range, hoverMessage: new MarkdownString(hover) };
}
