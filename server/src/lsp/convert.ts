/** Between the core's values and the protocol's: the only place that knows both. */
import * as lsp from "vscode-languageserver";
import { type Diagnostic } from "../core/analysis/diagnostic.ts";
import { type Snapshot } from "../core/analysis/snapshot.ts";
import { type QuickFix, type Rewrite } from "../core/features/codeActions.ts";
import { type Fold } from "../core/features/folding.ts";
import { type Hover } from "../core/features/hover.ts";
import { type Link } from "../core/features/links.ts";
import { type OutlineSymbol, type SymbolKind } from "../core/features/symbols.ts";
import { type Severity } from "../core/checks/check.ts";
import { type Edit } from "../core/text/edit.ts";
import { type LineIndex } from "../core/text/lineIndex.ts";
import { type Span, isEmpty, spanOf } from "../core/text/span.ts";

export const SOURCE = "rulewright";

/** The version that edits are made for. */
export interface DocumentVersion {
  readonly uri: string;
  readonly version: number;
}

export function toRange(lines: LineIndex, span: Span): lsp.Range {
  return { start: lines.positionAt(span.start), end: lines.positionAt(span.end) };
}

export function toSpan(lines: LineIndex, range: lsp.Range): Span {
  return spanOf(lines.offsetAt(range.start), lines.offsetAt(range.end));
}

/** A range that can be seen: an empty span takes the character after it, or at a line's end the one before. */
export function toVisibleRange(snapshot: Snapshot, span: Span): lsp.Range {
  const lines = snapshot.lines();
  if (!isEmpty(span)) return toRange(lines, span);
  const position = lines.positionAt(span.start);
  const length = lines.lineText(position.line).length;
  if (position.character < length) return toRange(lines, spanOf(span.start, span.start + 1));
  return toRange(lines, spanOf(span.start - Math.min(position.character, 1), span.end));
}

const SEVERITY: Readonly<Record<Severity, lsp.DiagnosticSeverity>> = {
  error: lsp.DiagnosticSeverity.Error,
  warning: lsp.DiagnosticSeverity.Warning,
  info: lsp.DiagnosticSeverity.Information,
  hint: lsp.DiagnosticSeverity.Hint,
};

const TAGS = {
  deprecated: [lsp.DiagnosticTag.Deprecated],
  unnecessary: [lsp.DiagnosticTag.Unnecessary],
} as const;

export function toDiagnostic(
  snapshot: Snapshot,
  diagnostic: Diagnostic,
  uri: string,
  pageOf: (check: string) => string,
): lsp.Diagnostic {
  const lines = snapshot.lines();
  const related = diagnostic.related.map(({ span, message }) => ({
    location: { uri, range: toRange(lines, span) },
    message,
  }));
  return {
    range: toVisibleRange(snapshot, diagnostic.span),
    severity: SEVERITY[diagnostic.severity],
    source: SOURCE,
    code: diagnostic.check,
    codeDescription: { href: pageOf(diagnostic.check) },
    message: diagnostic.message,
    ...(related.length === 0 ? {} : { relatedInformation: related }),
    ...(diagnostic.tag === undefined ? {} : { tags: [...TAGS[diagnostic.tag]] }),
  };
}

export function toCodeAction(
  snapshot: Snapshot,
  { fix, isPreferred }: QuickFix,
  diagnostic: lsp.Diagnostic,
  document: DocumentVersion,
): lsp.CodeAction {
  return {
    title: fix.title,
    kind: lsp.CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred,
    edit: toWorkspaceEdit(snapshot, fix.edits, document),
  };
}

/** A change of form that nobody needs: offered, never preferred. */
export function toRewriteAction(
  snapshot: Snapshot,
  { title, edits }: Rewrite,
  document: DocumentVersion,
): lsp.CodeAction {
  return {
    title,
    kind: lsp.CodeActionKind.RefactorRewrite,
    edit: toWorkspaceEdit(snapshot, edits, document),
  };
}

function toWorkspaceEdit(
  snapshot: Snapshot,
  edits: readonly Edit[],
  { uri, version }: DocumentVersion,
): lsp.WorkspaceEdit {
  const textEdits = edits.map(({ span, text }) => ({
    range: toRange(snapshot.lines(), span),
    newText: text,
  }));
  return { documentChanges: [{ textDocument: { uri, version }, edits: textEdits }] };
}

export function toHover(snapshot: Snapshot, { span, markdown }: Hover): lsp.Hover {
  return {
    contents: { kind: lsp.MarkupKind.Markdown, value: markdown },
    range: toRange(snapshot.lines(), span),
  };
}

const SYMBOL_KIND: Readonly<Record<SymbolKind, lsp.SymbolKind>> = {
  rule: lsp.SymbolKind.Class,
  table: lsp.SymbolKind.Namespace,
  query: lsp.SymbolKind.Function,
  "query-part": lsp.SymbolKind.Event,
  tactic: lsp.SymbolKind.Interface,
  technique: lsp.SymbolKind.Method,
};

export function toDocumentSymbol(lines: LineIndex, symbol: OutlineSymbol): lsp.DocumentSymbol {
  return {
    name: symbol.name,
    detail: symbol.detail,
    kind: SYMBOL_KIND[symbol.kind],
    range: toRange(lines, symbol.span),
    selectionRange: toRange(lines, symbol.selection),
    children: symbol.children.map((child) => toDocumentSymbol(lines, child)),
  };
}

export function toFoldingRange(snapshot: Snapshot, { span, kind }: Fold): lsp.FoldingRange {
  const lines = snapshot.lines();
  const text = snapshot.text.slice(span.start, span.end).trimEnd();
  return {
    startLine: lines.positionAt(span.start).line,
    endLine: lines.positionAt(span.start + text.length).line,
    ...(kind === "comment" ? { kind: lsp.FoldingRangeKind.Comment } : {}),
  };
}

export function toDocumentLink(lines: LineIndex, { span, url }: Link): lsp.DocumentLink {
  return { range: toRange(lines, span), target: url };
}
