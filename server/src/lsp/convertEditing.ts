/** Between the protocol and what an editor shows inside queries: tokens, signatures, selections, highlights, notes. */
import * as lsp from "vscode-languageserver";
import { type Highlight } from "../core/features/highlightsModel.ts";
import { type InlayHint, type InlaySubject } from "../core/features/inlayHintsModel.ts";
import { type SemanticToken } from "../core/features/semanticTokens.ts";
import { TOKEN_MODIFIERS, TOKEN_TYPES } from "../core/features/semanticTokensLegend.ts";
import { type Signature } from "../core/features/signatureHelpModel.ts";
import { type LineIndex } from "../core/text/lineIndex.ts";
import { type Span } from "../core/text/span.ts";
import { toMarkup, toRange } from "./convert.ts";

export const LEGEND: lsp.SemanticTokensLegend = {
  tokenTypes: [...TOKEN_TYPES],
  tokenModifiers: [...TOKEN_MODIFIERS],
};

/** Five numbers for each token; lines and columns count from the token before it. */
export function toTokenData(lines: LineIndex, tokens: readonly SemanticToken[]): number[] {
  const data: number[] = [];
  let [line, character] = [0, 0];
  for (const { span, type, modifiers } of tokens) {
    const start = lines.positionAt(span.start);
    const column = start.line === line ? start.character - character : start.character;
    const bits = modifiers.reduce((sum, modifier) => sum | (1 << TOKEN_MODIFIERS.indexOf(modifier)), 0);
    data.push(start.line - line, column, span.end - span.start, TOKEN_TYPES.indexOf(type), bits);
    ({ line, character } = start);
  }
  return data;
}

/** One edit that turns the numbers of one result into those of the next; none if they are the same. */
export function toTokenEdits(before: readonly number[], after: readonly number[]): lsp.SemanticTokensEdit[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return [];
  let kept = 0;
  while (kept < shorter - start && before.at(-1 - kept) === after.at(-1 - kept)) kept++;
  const deleteCount = before.length - kept - start;
  return [{ start, deleteCount, data: after.slice(start, after.length - kept) }];
}

export function toSignatureHelp(signature: Signature): lsp.SignatureHelp {
  const { label, markdown, parameters, active } = signature;
  return {
    signatures: [
      {
        label,
        documentation: toMarkup(markdown),
        parameters: parameters.map((parameter) => ({
          label: [parameter.span.start, parameter.span.end],
          documentation: toMarkup(parameter.markdown),
        })),
      },
    ],
    activeSignature: 0,
    // Editors take an absent number for the first parameter: one past the last marks none.
    activeParameter: active ?? parameters.length,
  };
}

/** From the smallest, each within the next. */
export function toSelectionRange(lines: LineIndex, spans: readonly Span[]): lsp.SelectionRange {
  let outer: lsp.SelectionRange | undefined;
  for (const span of spans.toReversed()) {
    const range = toRange(lines, span);
    outer = outer === undefined ? { range } : { range, parent: outer };
  }
  return outer ?? { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };
}

const HIGHLIGHT_KIND: Readonly<Record<Highlight["kind"], lsp.DocumentHighlightKind>> = {
  read: lsp.DocumentHighlightKind.Read,
  // What ties parts together is told apart from what only reads it.
  link: lsp.DocumentHighlightKind.Write,
  text: lsp.DocumentHighlightKind.Text,
};

export function toDocumentHighlight(lines: LineIndex, { span, kind }: Highlight): lsp.DocumentHighlight {
  return { range: toRange(lines, span), kind: HIGHLIGHT_KIND[kind] };
}

/** What a note's explanation is asked for by. */
export interface InlayData {
  readonly uri: string;
  readonly subject: InlaySubject;
}

export function toInlayHint(lines: LineIndex, hint: InlayHint, uri: string): lsp.InlayHint {
  const isType = hint.kind === "fieldTypes";
  const data: InlayData = { uri, subject: hint.subject };
  return {
    position: lines.positionAt(hint.offset),
    label: hint.label,
    ...(isType ? { kind: lsp.InlayHintKind.Type } : { paddingLeft: true }),
    data,
  };
}
