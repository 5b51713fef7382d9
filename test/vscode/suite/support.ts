/** Steps that the suites share. */
import {
  type Diagnostic,
  type TextDocument,
  type Uri,
  ConfigurationTarget,
  type Position,
  Range,
  Uri as Uris,
  WorkspaceEdit,
  commands,
  languages,
  window,
  workspace,
} from "vscode";

/** The EQL rule that most tests open. */
export const SAMPLE_RULE = "rules/windows/credential_access_registry_searched_for_stored_passwords.toml";

const LIMIT_MILLISECONDS = 10_000;
const STEP_MILLISECONDS = 25;

/** Waits until the probe gives something. */
export async function eventually<T>(
  what: string,
  probe: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const end = Date.now() + LIMIT_MILLISECONDS;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (end < Date.now()) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, STEP_MILLISECONDS));
  }
}

export function fileUri(path: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error("No folder is open");
  return Uris.joinPath(folder.uri, path);
}

/** Opens a file of the folder in an editor. */
export async function open(path: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(fileUri(path));
  await window.showTextDocument(document, { preview: false });
  return document;
}

/** Closes every editor; what was typed and not saved is dropped. */
export async function closeAll(): Promise<void> {
  for (const document of workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await window.showTextDocument(document);
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
  await commands.executeCommand("workbench.action.closeAllEditors");
}

/** The range of the first occurrence. */
export function rangeOf(document: TextDocument, text: string): Range {
  const start = document.getText().indexOf(text);
  if (start < 0) throw new Error(`\`${text}\` is not in ${document.uri.path}`);
  return new Range(document.positionAt(start), document.positionAt(start + text.length));
}

/** A place inside the first occurrence. */
export function placeIn(document: TextDocument, text: string): Position {
  return rangeOf(document, text).start.translate(0, 1);
}

/** Replaces the first occurrence, as an edit of the user; tells where the new text stands. */
export async function replace(document: TextDocument, before: string, after: string): Promise<Range> {
  const range = rangeOf(document, before);
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, range, after);
  if (!(await workspace.applyEdit(edit))) throw new Error("The edit was refused");
  return new Range(range.start, range.start.translate(0, after.length));
}

export function problemsOf(document: TextDocument): readonly Diagnostic[] {
  return languages.getDiagnostics(document.uri);
}

/** The id of the check that a diagnostic is from. */
export function checkOf({ code }: Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

export function eventuallyProblems(document: TextDocument, count: number): Promise<readonly Diagnostic[]> {
  return eventually(`${count} problems`, () => {
    const found = problemsOf(document);
    return found.length === count ? found : undefined;
  });
}

/** Sets a setting of the folder; undefined takes it back. */
export async function configure(name: string, value: unknown): Promise<void> {
  await workspace.getConfiguration("rulewright").update(name, value, ConfigurationTarget.Workspace);
}
