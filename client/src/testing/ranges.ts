import { Range } from "vscode";
import { type TextRange } from "../../../server/src/lsp/protocol.ts";

/** From the protocol's places to those of the editor. */
export function toRange({ start, end }: TextRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
