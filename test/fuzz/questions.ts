/** What an editor asks about a place of a rule. */
import type * as lsp from "vscode-languageserver";
import { type LineIndex } from "../../server/src/core/text/lineIndex.ts";

export interface Question {
  readonly uri: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly position: lsp.Position;
  /** Begins at the position. */
  readonly range: lsp.Range;
}

const FORMATTING: lsp.FormattingOptions = { tabSize: 2, insertSpaces: true };

export function requestsAbout({
  uri,
  text,
  lines,
  position,
  range,
}: Question): readonly (readonly [method: string, params: object])[] {
  const textDocument = { uri };
  const whole = { start: { line: 0, character: 0 }, end: lines.positionAt(text.length) };
  const actions = (only: readonly string[]): object => ({
    textDocument,
    range,
    context: { diagnostics: [], triggerKind: 1, only },
  });
  return [
    ["textDocument/semanticTokens/full", { textDocument }],
    ["textDocument/semanticTokens/range", { textDocument, range }],
    ["textDocument/inlayHint", { textDocument, range: whole }],
    ["textDocument/signatureHelp", { textDocument, position }],
    ["textDocument/selectionRange", { textDocument, positions: [range.start, range.end] }],
    ["textDocument/documentHighlight", { textDocument, position }],
    ["textDocument/hover", { textDocument, position }],
    ["textDocument/completion", { textDocument, position }],
    ["textDocument/formatting", { textDocument, options: FORMATTING }],
    ["textDocument/rangeFormatting", { textDocument, options: FORMATTING, range }],
    ["textDocument/codeAction", actions(["quickfix"])],
    ["textDocument/codeAction", actions(["refactor"])],
    ["textDocument/codeAction", actions(["source.fixAll"])],
    ["textDocument/definition", { textDocument, position }],
    ["textDocument/references", { textDocument, position, context: { includeDeclaration: true } }],
    ["textDocument/rename", { textDocument, position, newName: "other" }],
    ["textDocument/documentSymbol", { textDocument }],
    ["textDocument/foldingRange", { textDocument }],
    ["textDocument/documentLink", { textDocument }],
    ["query/dsl", { uri, position }],
    ["views/kibana", { uri }],
    ["views/guide", { uri }],
  ];
}
