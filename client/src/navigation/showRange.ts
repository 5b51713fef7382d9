/** Opens a file at a place of the protocol. */
import { Range, type Uri, window, workspace } from "vscode";
import { type TextRange } from "../../../server/src/lsp/protocol.ts";
import { toRange } from "../testing/ranges.ts";

/** Null: at its beginning. */
export async function showRange(uri: Uri, range: TextRange | null): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const selection = range === null ? new Range(0, 0, 0, 0) : toRange(range);
  await window.showTextDocument(document, { preview: true, selection });
}
