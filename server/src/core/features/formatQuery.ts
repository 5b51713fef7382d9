/** The layout of a rule's query as edits of the file: only what lies between the query's tokens is replaced. */
import { type Snapshot, type SnapshotQuery } from "../analysis/snapshot.ts";
import { type Layout } from "../query/layout.ts";
import { type QueryParse } from "../query/language.ts";
import { type Edit } from "../text/edit.ts";
import { type Span, spanOf, textAt } from "../text/span.ts";
import { replaceInText } from "../toml/edits.ts";
import { type TomlString } from "../toml/model.ts";

export const DEFAULT_LAYOUT: Layout = { width: 100, indent: 2 };

/** Editors ask what can be done at each step of the cursor: what is longer would hold them up. */
const LONGEST_QUERY = 100_000;

export type QueryFormatting =
  /** In file offsets; none if the query is laid out already. */
  | { readonly kind: "formatted"; readonly edits: readonly Edit[] }
  /** There is no formatter for the query's language. */
  | { readonly kind: "no-formatter" }
  /** `span` is the place in the file that stands in the way. */
  | { readonly kind: "left-alone"; readonly reason: string; readonly span: Span };

export function formatQuery(snapshot: Snapshot, query: SnapshotQuery, layout: Layout): QueryFormatting {
  const { embedded, support, parse } = query;
  const { host } = embedded;
  if (support.format === undefined) return { kind: "no-formatter" };
  if (LONGEST_QUERY < embedded.text.length) {
    const reason = `the query has more than ${LONGEST_QUERY.toLocaleString("en")} characters`;
    return leftAlone(reason, host.span);
  }
  const { errors, conflicts } = snapshot.toml();
  const [tomlError] = [...errors, ...conflicts];
  if (tomlError !== undefined) return leftAlone("the file has TOML errors", tomlError.span);
  const [syntaxError] = parse.errors;
  if (syntaxError !== undefined)
    return leftAlone("the query has errors", host.map.toHostSpan(syntaxError.span));
  const formatted = support.format(parse, layout);
  if (formatted === undefined) return leftAlone("a name in the query has several lines", host.span);
  const source = textAt(snapshot.text, host.span);
  if (host.form === "multiline-basic" && /\\[ \t]*\r?\n/.test(source))
    return leftAlone("a line of the query is continued by a backslash", host.span);
  const isMultiline = host.form === "multiline-basic" || host.form === "multiline-literal";
  if (!isMultiline && formatted.includes("\n"))
    return leftAlone("the query does not fit on one line, and its quotes hold only one", host.span);
  const gaps = changedGaps(parse, support.parse(formatted));
  if (gaps === undefined) return leftAlone("with another layout it would be another query", host.span);
  const framed = isMultiline ? withFrame(gaps, frameOf(snapshot, host, formatted), parse.text) : gaps;
  return editsOf(framed, host, lineEndOf(snapshot, host));
}

/** What stands before, between or after tokens, and what should stand there. In query offsets, in order. */
interface GapChange {
  readonly span: Span;
  readonly text: string;
}

function leftAlone(reason: string, span: Span): QueryFormatting {
  return { kind: "left-alone", reason, span };
}

/** All gaps, the first before the first token and the last after the last one; undefined if these are two queries. */
function changedGaps(before: QueryParse, after: QueryParse): readonly GapChange[] | undefined {
  const oldTokens = withoutComments(before);
  const newTokens = withoutComments(after);
  if (queryWords(before) !== queryWords(after)) return undefined;
  const gaps: GapChange[] = [];
  for (let i = 0; i <= oldTokens.length; i++) {
    const span = gapAt(before, oldTokens, i);
    gaps.push({ span, text: textAt(after.text, gapAt(after, newTokens, i)) });
  }
  return gaps;
}

function gapAt({ text }: QueryParse, tokens: readonly Span[], index: number): Span {
  return spanOf(tokens[index - 1]?.end ?? 0, tokens[index]?.start ?? text.length);
}

function withoutComments({ tokens }: QueryParse): readonly Span[] {
  return tokens.filter(({ kind }) => kind !== "comment").map(({ span }) => span);
}

/** What a layout must keep: the tokens, and the comments but for the blanks in them. */
export function queryWords(parse: QueryParse): string {
  const words = withoutComments(parse).map((span) => textAt(parse.text, span));
  const comments = parse.tokens
    .filter(({ kind }) => kind === "comment")
    .map(({ span }) => textAt(parse.text, span).replace(/\s+/g, ""));
  return [...words, "", ...comments].join("\0");
}

/** What stands in the value before the query and after it. */
interface Frame {
  readonly before: string;
  readonly after: string;
}

/** A query of several lines, or below its opening quotes, has the quotes on lines of their own. */
function frameOf({ text }: Snapshot, host: TomlString, formatted: string): Frame {
  const opensAbove = text[host.map.toHost(0, "start") - 1] === "\n";
  const isBlock = opensAbove || /[\r\n]/.test(host.value) || formatted.includes("\n");
  // The first line end after the quotes is no part of the value.
  return { before: isBlock && !opensAbove ? "\n" : "", after: isBlock ? "\n" : "" };
}

function withFrame(
  gaps: readonly GapChange[],
  { before, after }: Frame,
  query: string,
): readonly GapChange[] {
  return gaps.map(({ span, text }) => ({
    span,
    text: `${span.start === 0 ? before : ""}${text}${span.end === query.length ? after : ""}`,
  }));
}

function editsOf(gaps: readonly GapChange[], host: TomlString, lineEnd: string): QueryFormatting {
  const edits: Edit[] = [];
  for (const { span, text } of gaps) {
    const wanted = text.replace(/\r?\n/g, lineEnd);
    if (wanted === textAt(host.value, span)) continue;
    const edit = replaceInText(host, span, wanted);
    if (edit === undefined) return leftAlone("its quotes cannot hold the formatted query", host.span);
    edits.push(edit);
  }
  return { kind: "formatted", edits };
}

/** As in the query; one without line ends takes those of the file. */
export function lineEndOf({ text }: Snapshot, { value }: TomlString): string {
  const source = value.includes("\n") ? value : text;
  return source.includes("\r\n") ? "\r\n" : "\n";
}
