/** New files for rules that are begun, or brought in. */
import { type TextEditor, Uri, l10n, window, workspace } from "vscode";
import { type CreatedRule } from "../../../server/src/lsp/protocolAuthor.ts";
import { LANGUAGE_ID } from "../settings.ts";

/** Where a new rule belongs: beside the one that is being looked at, else below `rules`, which need not be there yet. */
export function folderForRules(): Uri | undefined {
  const active = window.activeTextEditor?.document;
  if (active?.languageId === LANGUAGE_ID && active.uri.scheme === "file")
    return Uri.joinPath(active.uri, "..");
  const own = active && workspace.getWorkspaceFolder(active.uri);
  const folder = (own ?? workspace.workspaceFolders?.[0])?.uri;
  if (folder === undefined || folder.path.split("/").some((part) => RULE_FOLDERS.has(part))) return folder;
  return Uri.joinPath(folder, "rules");
}

/** Rules are looked for below them. */
const RULE_FOLDERS: ReadonlySet<string> = new Set(["rules", "rules_building_block"]);

/** The first of them, in an editor. Without a folder, they are texts that are not saved yet. */
export async function putFiles(
  files: readonly CreatedRule[],
  folder: Uri | undefined,
): Promise<TextEditor | undefined> {
  if (folder === undefined) return showUnsaved(files);
  const written: NewFile[] = [];
  for (const { fileName, text } of files) {
    const uri = await freeUri(folder, fileName, written);
    written.push({ uri, contents: new TextEncoder().encode(text) });
  }
  if (!(await areWritten(written))) {
    void window.showErrorMessage(
      l10n.t("Not everything could be written into {0}", workspace.asRelativePath(folder)),
    );
    return undefined;
  }
  const [first] = written;
  return first && window.showTextDocument(first.uri, { preview: false });
}

interface NewFile {
  readonly uri: Uri;
  readonly contents: Uint8Array;
}

/**
 * Not as a change that undo takes back: VS Code would delete them without a word when somebody undoes all that they have
 * typed into the first, and redo would not bring them back.
 */
async function areWritten(files: readonly NewFile[]): Promise<boolean> {
  for (const { uri, contents } of files) {
    const isWritten = await workspace.fs.writeFile(uri, contents).then(
      () => true,
      () => false,
    );
    if (!isWritten) return false;
  }
  return true;
}

async function showUnsaved(files: readonly CreatedRule[]): Promise<TextEditor | undefined> {
  let first: TextEditor | undefined;
  for (const { text } of files) {
    const document = await workspace.openTextDocument({ language: LANGUAGE_ID, content: text });
    const editor = await window.showTextDocument(document, { preview: false });
    first ??= editor;
  }
  return first;
}

/** A file that is there stays as it is: `rule.toml` becomes `rule_2.toml`. */
async function freeUri(folder: Uri, fileName: string, taken: readonly NewFile[]): Promise<Uri> {
  for (let count = 1; ; count++) {
    const name = count === 1 ? fileName : fileName.replace(/\.toml$/, `_${count}.toml`);
    const uri = Uri.joinPath(folder, name);
    if (!taken.some((one) => one.uri.path === uri.path) && !(await isThere(uri))) return uri;
  }
}

async function isThere(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
