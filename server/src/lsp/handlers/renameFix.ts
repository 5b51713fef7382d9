/** A fix that renames the rule's file, with the tests that belong to it. */
import * as lsp from "vscode-languageserver";
import { type QuickFix } from "../../core/features/codeActions.ts";
import { renameTests } from "../testing/renameTests.ts";
import { type Session } from "../session.ts";

/** Clients that cannot rename files in an edit are not offered it. */
export function canRename({ workspace }: lsp.ClientCapabilities): boolean {
  const { documentChanges, resourceOperations } = workspace?.workspaceEdit ?? {};
  return documentChanges === true && resourceOperations?.includes("rename") === true;
}

/**
 * The rule's own file comes last: clients that ask what comes along with a renamed file find that its tests are there
 * already.
 */
export async function renameAction(
  { tests }: Session,
  oldUri: string,
  { fix: { title, renameTo = "" } }: QuickFix,
  diagnostic: lsp.Diagnostic,
  token: lsp.CancellationToken,
): Promise<lsp.CodeAction> {
  const newUri = oldUri.slice(0, oldUri.lastIndexOf("/") + 1) + encodeURIComponent(renameTo);
  const along = await renameTests(tests, { files: [{ oldUri, newUri }] }, token);
  const documentChanges = [...(along?.documentChanges ?? []), lsp.RenameFile.create(oldUri, newUri)];
  const kind = lsp.CodeActionKind.QuickFix;
  return { title, kind, diagnostics: [diagnostic], isPreferred: false, edit: { documentChanges } };
}
