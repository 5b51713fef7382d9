/** New files, as one change that undo takes back. */
import {
  Selection,
  type TextEditor,
  TextEditorRevealType,
  Uri,
  WorkspaceEdit,
  l10n,
  window,
  workspace,
} from "vscode";
import { type CreatedRule } from "../../../server/src/lsp/protocolAuthor.ts";
import { LANGUAGE_ID } from "../settings.ts";

/** Where a new rule belongs: beside the one that is being looked at, else below `rules`, else at the top of the workspace. */
export async function folderForRules(): Promise<Uri | undefined> {
  const active = window.activeTextEditor?.document;
  if (active?.languageId === LANGUAGE_ID && active.uri.scheme === "file")
    return Uri.joinPath(active.uri, "..");
  const [first] = workspace.workspaceFolders ?? [];
  if (first === undefined) return undefined;
  const rules = Uri.joinPath(first.uri, "rules");
  return (await isThere(rules)) ? rules : first.uri;
}

/** Shows the first of them. Without a folder, as texts that are not saved yet. */
export async function putFiles(files: readonly CreatedRule[], folder: Uri | undefined): Promise<void> {
  if (folder === undefined) {
    for (const { text } of files) {
      await window.showTextDocument(
        await workspace.openTextDocument({ language: LANGUAGE_ID, content: text }),
      );
    }
    return;
  }
  const edit = new WorkspaceEdit();
  const uris: Uri[] = [];
  for (const { fileName, text } of files) {
    const uri = await freeUri(folder, fileName, uris);
    uris.push(uri);
    edit.createFile(uri, { contents: new TextEncoder().encode(text) });
  }
  if (!(await workspace.applyEdit(edit))) {
    void window.showErrorMessage(
      l10n.t("Nothing could be written into {0}", workspace.asRelativePath(folder)),
    );
    return;
  }
  const [first] = uris;
  if (first !== undefined) showQuery(await window.showTextDocument(first));
}

/** Where the author goes on: in the query, if there is one. */
function showQuery(editor: TextEditor): void {
  const at = /^query = .*\r?\n/m.exec(editor.document.getText());
  if (at === null) return;
  const position = editor.document.positionAt(at.index + at[0].length);
  editor.selection = new Selection(position, position);
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** A file that is there stays as it is: `rule.toml` becomes `rule_2.toml`. */
async function freeUri(folder: Uri, fileName: string, taken: readonly Uri[]): Promise<Uri> {
  for (let count = 1; ; count++) {
    const name = count === 1 ? fileName : fileName.replace(/\.toml$/, `_${count}.toml`);
    const uri = Uri.joinPath(folder, name);
    if (!taken.some((one) => one.path === uri.path) && !(await isThere(uri))) return uri;
  }
}

async function isThere(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
