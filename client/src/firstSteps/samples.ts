/** A folder of sample rules with their tests, to look around in: a copy, so that everything may be changed. */
import { type ExtensionContext, Uri, commands, workspace } from "vscode";

export async function openSamples({ extensionUri, globalStorageUri }: ExtensionContext): Promise<void> {
  const folder = Uri.joinPath(globalStorageUri, "samples");
  const rules = Uri.joinPath(folder, "rules");
  // What was changed in an earlier look around stays.
  const isThere = await workspace.fs.stat(rules).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    await workspace.fs.createDirectory(folder);
    await workspace.fs.copy(Uri.joinPath(extensionUri, "rules"), rules);
  }
  await commands.executeCommand("vscode.openFolder", folder, {
    forceNewWindow: workspace.workspaceFolders !== undefined,
  });
}
