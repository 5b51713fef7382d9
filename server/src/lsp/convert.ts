/** Between the core's values and the protocol's: the only place that knows both. */
import * as lsp from "vscode-languageserver";
import { type Diagnostic } from "../core/analysis/diagnostic.ts";
import { type Snapshot } from "../core/analysis/snapshot.ts";
import { type Allowing, type QuickFix, type Rewrite } from "../core/features/codeActions.ts";
import {
  type CompletionItem,
  type CompletionKind,
  type CompletionList,
  type CompletionSubject,
} from "../core/features/completionItem.ts";
import { type Fold } from "../core/features/folding.ts";
import { type Hover } from "../core/features/hover.ts";
import { type Link } from "../core/features/links.ts";
import { type OutlineSymbol, type SymbolKind } from "../core/features/symbols.ts";
import { type Severity } from "../core/checks/check.ts";
import { type Edit } from "../core/text/edit.ts";
import { hasTabStops, plainText, snippetSyntax } from "../core/text/snippet.ts";
import { type LineIndex } from "../core/text/lineIndex.ts";
import { type Span, isEmpty, spanOf } from "../core/text/span.ts";

export const SOURCE = "rulewright";

/** All that is needed of what a document holds. */
type Lined = Pick<Snapshot, "lines">;

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
export function toVisibleRange(snapshot: Lined, span: Span): lsp.Range {
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

/** What a diagnostic refers to outside its text. */
export interface DiagnosticContext {
  readonly uri: string;
  readonly pageOf: (check: string) => string;
  /** Another file of the workspace by its path; undefined if it is gone. */
  readonly otherFile: (path: string) => OtherFile | undefined;
}

export interface OtherFile {
  readonly uri: string;
  readonly lines: LineIndex;
}

export function toDiagnostic(
  snapshot: Lined,
  diagnostic: Diagnostic,
  { uri, pageOf, otherFile }: DiagnosticContext,
): lsp.Diagnostic {
  const lines = snapshot.lines();
  const related = diagnostic.related.flatMap(({ span, message, path }) => {
    const file = path === undefined ? { uri, lines } : otherFile(path);
    return file === undefined
      ? []
      : [{ location: { uri: file.uri, range: toRange(file.lines, span) }, message }];
  });
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
  snapshot: Lined,
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

/** An exception that its author should think about: never preferred. */
export function toAllowAction(
  snapshot: Lined,
  { check, edit }: Allowing,
  diagnostic: lsp.Diagnostic,
  document: DocumentVersion,
): lsp.CodeAction {
  return {
    title: `Allow ${check} here`,
    kind: lsp.CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred: false,
    edit: toWorkspaceEdit(snapshot, [edit], document),
  };
}

export function toFixAllAction(
  snapshot: Lined,
  kind: string,
  edit: Edit,
  document: DocumentVersion,
): lsp.CodeAction {
  return { title: "Fix all safe problems", kind, edit: toWorkspaceEdit(snapshot, [edit], document) };
}

/** A change of form that nobody needs: offered, never preferred. */
export function toRewriteAction(
  snapshot: Lined,
  { title, edits, refusal }: Rewrite,
  document: DocumentVersion,
): lsp.CodeAction {
  const kind = lsp.CodeActionKind.RefactorRewrite;
  if (refusal !== undefined) return { title, kind, disabled: { reason: refusal } };
  return { title, kind, edit: toWorkspaceEdit(snapshot, edits, document) };
}

function toWorkspaceEdit(
  snapshot: Lined,
  edits: readonly Edit[],
  { uri, version }: DocumentVersion,
): lsp.WorkspaceEdit {
  const textEdits = edits.map(({ span, text }) => ({
    range: toRange(snapshot.lines(), span),
    newText: text,
  }));
  return { documentChanges: [{ textDocument: { uri, version }, edits: textEdits }] };
}

export function toHover(snapshot: Lined, { span, markdown }: Hover): lsp.Hover {
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

export function toMarkup(markdown: string): lsp.MarkupContent {
  return { kind: lsp.MarkupKind.Markdown, value: markdown };
}

/** What belongs to all items of a list. */
export interface CompletionTarget {
  readonly uri: string;
  readonly client: lsp.CompletionClientCapabilities | undefined;
}

/** What an item's documentation is asked for by. */
export interface CompletionData {
  readonly uri: string;
  readonly subject: CompletionSubject;
}

export function toCompletionList(
  snapshot: Lined,
  { items, isIncomplete }: CompletionList,
  target: CompletionTarget,
): lsp.CompletionList {
  return { isIncomplete, items: items.map((item, rank) => toCompletionItem(snapshot, item, rank, target)) };
}

const COMPLETION_KIND: Readonly<Record<CompletionKind, lsp.CompletionItemKind>> = {
  field: lsp.CompletionItemKind.Field,
  module: lsp.CompletionItemKind.Module,
  value: lsp.CompletionItemKind.Value,
  category: lsp.CompletionItemKind.EnumMember,
  keyword: lsp.CompletionItemKind.Keyword,
  operator: lsp.CompletionItemKind.Operator,
  function: lsp.CompletionItemKind.Function,
  unit: lsp.CompletionItemKind.Unit,
  key: lsp.CompletionItemKind.Property,
  table: lsp.CompletionItemKind.Struct,
  rule: lsp.CompletionItemKind.Snippet,
  tactic: lsp.CompletionItemKind.Interface,
  technique: lsp.CompletionItemKind.Method,
};

function toCompletionItem(
  snapshot: Lined,
  item: CompletionItem,
  rank: number,
  { uri, client }: CompletionTarget,
): lsp.CompletionItem {
  const lines = snapshot.lines();
  const isSnippet = hasTabStops(item.snippet) && client?.completionItem?.snippetSupport === true;
  const newText = isSnippet ? snippetSyntax(item.snippet) : plainText(item.snippet);
  const moreEdits = item.moreEdits.map(({ span, text }) => ({ range: toRange(lines, span), newText: text }));
  const data: CompletionData | undefined = item.subject && { uri, subject: item.subject };
  return {
    label: item.label,
    kind: COMPLETION_KIND[item.kind],
    ...toDetail(item, client),
    // Editors sort by it as text. They rank by it alone only where all items fit what was typed equally well.
    sortText: String(rank).padStart(4, "0"),
    ...(item.filter === "" ? {} : { filterText: item.filter }),
    textEdit: { range: toRange(lines, item.span), newText },
    ...(isSnippet ? { insertTextFormat: lsp.InsertTextFormat.Snippet } : {}),
    ...(moreEdits.length === 0 ? {} : { additionalTextEdits: moreEdits }),
    ...(item.commitCharacters.length === 0 ? {} : { commitCharacters: [...item.commitCharacters] }),
    ...(item.isOutdated ? { tags: [lsp.CompletionItemTag.Deprecated] } : {}),
    ...(data === undefined ? {} : { data }),
  };
}

/** At the end of the item's own line where the editor has a place for it, so that types can be compared. */
function toDetail(
  { detail, kind }: CompletionItem,
  client: lsp.CompletionClientCapabilities | undefined,
): Pick<lsp.CompletionItem, "detail" | "labelDetails"> {
  if (detail === "") return {};
  const hasPlace = client?.completionItem?.labelDetailsSupport === true;
  return hasPlace && kind !== "function" ? { labelDetails: { description: detail } } : { detail };
}
