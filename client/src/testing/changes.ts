/** What makes tests look again: files that are saved, and files that others write, create or delete. */
import { type Disposable, type TextDocument, FileType, Uri, window, workspace } from "vscode";
import { type BaseLanguageClient } from "vscode-languageclient";
import { type Notifications } from "../../../server/src/lsp/protocol.ts";
import { LANGUAGE_ID } from "../settings.ts";
import { type TestParts } from "./parts.ts";
import { isTestFile, likelyRule } from "./testFiles.ts";

const DELAY_MILLISECONDS = 60;

export function followChanges(client: BaseLanguageClient, parts: TestParts): Disposable {
  const { testing, inline, pages, mutations } = parts;
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function later(uris: readonly string[]): void {
    uris.forEach((uri) => pending.add(uri));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const changed = [...pending];
      pending.clear();
      inline.refresh();
      pages.refresh();
      mutations.refresh();
      // A server that has ended is told of elsewhere; what it says next comes with the next change.
      look(parts, changed).catch(() => undefined);
    }, DELAY_MILLISECONDS);
  }

  const listeners: readonly Disposable[] = [
    client.onNotification("tests/changed", ({ uris }: Notifications["tests/changed"]) => {
      // What is open is told of by the editor, sooner: once is enough.
      const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
      later(uris.filter((uri) => !open.has(uri)));
    }),
    workspace.onDidSaveTextDocument((document) => {
      if (concerns(document)) later([document.uri.toString()]);
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0 || !concerns(document)) return;
      pages.refresh();
      // Not by the user's hand: read again from the disk.
      if (!document.isDirty) later([document.uri.toString()]);
    }),
    window.onDidChangeActiveTextEditor((editor) => {
      if (editor?.document.languageId !== LANGUAGE_ID) return;
      testing.look(editor.document.uri.toString()).catch(() => undefined);
    }),
  ];
  return {
    dispose() {
      clearTimeout(timer);
      listeners.forEach((one) => void one.dispose());
    },
  };
}

function concerns({ uri, languageId }: TextDocument): boolean {
  return languageId === LANGUAGE_ID || isTestFile(uri.path);
}

/** Of a file whose rule is not known all rules may be. */
async function look({ testing }: TestParts, uris: readonly string[]): Promise<void> {
  const rules = new Set<string>();
  let isAnyUnknown = false;
  for (const uri of uris) {
    const found = await rulesOf(testing, uri);
    found.forEach((rule) => rules.add(rule));
    if (found.length === 0) isAnyUnknown = true;
  }
  if (isAnyUnknown) await testing.refresh();
  await testing.changed([...rules]);
}

/** A rule itself, or those that a test file belongs to: by its cases, else by its name. */
export async function rulesOf(testing: TestParts["testing"], uri: string): Promise<readonly string[]> {
  const file = Uri.parse(uri);
  if (!isTestFile(file.path)) return file.path.endsWith(".toml") ? [uri] : [];
  const tested = testing.rulesTestedIn(uri);
  if (tested.length !== 0) return tested;
  const path = likelyRule(file.path);
  if (path === undefined) return [];
  const rule = file.with({ path });
  const isThere = await workspace.fs.stat(rule).then(
    ({ type }) => type !== FileType.Directory,
    () => false,
  );
  return isThere ? [rule.toString()] : [];
}
