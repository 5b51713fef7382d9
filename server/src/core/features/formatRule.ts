/** The layout of a whole rule file as edits: its TOML, and its queries where that is asked for. Refuses rather than damages. */
import { type Snapshot, type SnapshotQuery } from "../analysis/snapshot.ts";
import { withKeysInOrder } from "../format/keyOrder.ts";
import { type FormatOptions } from "../format/options.ts";
import { changedForJudge, changedMeaning } from "../format/sameMeaning.ts";
import { MOST_FINAL_BLANK_LINES, type TomlLayout, tomlLayoutEdits } from "../format/tomlLayout.ts";
import { type Edit, applyEdits, editBetween, orderedEdits } from "../text/edit.ts";
import { type Span, encloses, spanOf } from "../text/span.ts";
import { type TomlString } from "../toml/model.ts";
import { readToml } from "../toml/read.ts";
import { DEFAULT_LAYOUT, formatQuery, queryWords } from "./formatQuery.ts";

export interface RuleFormat extends FormatOptions {
  /** The editor's wish that nothing but a line end stands at the end of a file. */
  readonly finalBlankLines: number;
}

export type RuleFormatting =
  /** In the order of the file; none if all is laid out already. */
  | {
      readonly kind: "formatted";
      readonly edits: readonly Edit[];
      readonly leftAlone: readonly QueryLeftAlone[];
    }
  /** Nothing is changed; `span` is the place that stands in the way. */
  | { readonly kind: "refused"; readonly reason: string; readonly span: Span }
  /** TOML that is no detection rule is not ours. */
  | { readonly kind: "no-rule" };

/** A query that stays as it is, in a file that does not. */
export interface QueryLeftAlone {
  readonly reason: string;
  readonly span: Span;
}

/** The longest public rule has 54,000 characters. What is longer holds up an editor, and is hardly written by hand. */
export const LONGEST_FILE = 300_000;

export function ruleFormat(options: FormatOptions): RuleFormat {
  return { ...options, finalBlankLines: MOST_FINAL_BLANK_LINES };
}

/** The whole file. */
export function formatRule(snapshot: Snapshot, format: RuleFormat): RuleFormatting {
  return formatted(snapshot, format, undefined);
}

/** The statements that the range touches; within a query, those of its lines that do. */
export function formatRange(snapshot: Snapshot, format: RuleFormat, range: Span): RuleFormatting {
  return formatted(snapshot, format, range);
}

function formatted(snapshot: Snapshot, format: RuleFormat, range: Span | undefined): RuleFormatting {
  const { text } = snapshot;
  if (LONGEST_FILE < text.length) {
    const reason = `the file has more than ${LONGEST_FILE.toLocaleString("en")} characters`;
    return refused(reason, spanOf(0, 0));
  }
  if (!snapshot.isRule()) return { kind: "no-rule" };
  const before = snapshot.toml();
  const [error] = [...before.errors, ...before.conflicts];
  if (error !== undefined) return refused("the file has TOML errors", error.span);
  const queries = formattedQueries(snapshot, format, range);
  const arranged = arrangedEdits(text, format, range, queries);
  if (arranged === undefined) return refused("it cannot be taken apart", spanOf(0, 0));
  const problem = problemOf(snapshot, arranged, queries);
  if (problem !== undefined) return refused(`with another layout ${problem}`, spanOf(0, 0));
  return { kind: "formatted", edits: arranged.edits, leftAlone: queries.leftAlone };
}

/** What is to be done, and what the rule would be if its queries stayed as they are. */
interface Arranged {
  readonly edits: readonly Edit[];
  readonly withoutQueries: string;
}

function arrangedEdits(
  text: string,
  format: RuleFormat,
  range: Span | undefined,
  queries: FormattedQueries,
): Arranged | undefined {
  if (range !== undefined && queries.isWithin) return { edits: queries.edits, withoutQueries: text };
  const layout = tomlLayout(format);
  const isInOrder = format.keyOrder === "keep" || range !== undefined || withKeysInOrder(text) === text;
  if (isInOrder) {
    const edits = tomlLayoutEdits(text, layout, range);
    return (
      edits && {
        edits: orderedEdits([...edits, ...queries.edits]),
        withoutQueries: applyEdits(text, edits),
      }
    );
  }
  // Entries change places: one edit from the first one that moves to the last.
  const arranged = inOrder(applyEdits(text, queries.edits), layout);
  const withoutQueries = inOrder(text, layout);
  if (arranged === undefined || withoutQueries === undefined) return undefined;
  const edit = editBetween(text, arranged);
  return { edits: edit === undefined ? [] : [edit], withoutQueries };
}

function inOrder(text: string, layout: TomlLayout): string | undefined {
  const ordered = withKeysInOrder(text);
  const edits = tomlLayoutEdits(ordered, layout);
  return edits && applyEdits(ordered, edits);
}

function refused(reason: string, span: Span): RuleFormatting {
  return { kind: "refused", reason, span };
}

function tomlLayout({ width, lists, finalBlankLines }: RuleFormat): TomlLayout {
  return { width, lists, finalBlankLines };
}

interface FormattedQueries {
  readonly edits: readonly Edit[];
  readonly leftAlone: readonly QueryLeftAlone[];
  /** Those that are laid out, by where their texts begin. */
  readonly byStart: ReadonlyMap<number, SnapshotQuery>;
  /** The range lies within one query. */
  readonly isWithin: boolean;
}

function formattedQueries(
  snapshot: Snapshot,
  { queries: mode, width }: RuleFormat,
  range: Span | undefined,
): FormattedQueries {
  const edits: Edit[] = [];
  const leftAlone: QueryLeftAlone[] = [];
  const byStart = new Map<number, SnapshotQuery>();
  const lines = range === undefined ? undefined : wholeLines(snapshot.text, range);
  let isWithin = false;
  for (const query of snapshot.rule().queries) isWithin ||= isInside(query.host, range);
  for (const query of snapshot.queries()) {
    const { host } = query.embedded;
    if (!isWanted(host, mode, range)) continue;
    const formatting = formatQuery(snapshot, query, { ...DEFAULT_LAYOUT, width });
    if (formatting.kind === "left-alone") leftAlone.push(formatting);
    if (formatting.kind !== "formatted") continue;
    edits.push(...formatting.edits.filter(({ span }) => lines === undefined || overlaps(span, lines)));
    byStart.set(host.span.start, query);
  }
  return { edits, leftAlone, byStart, isWithin };
}

function isWanted(host: TomlString, mode: FormatOptions["queries"], range: Span | undefined): boolean {
  if (mode === "never") return false;
  if (isInside(host, range)) return true;
  return mode === "always" && (range === undefined || overlaps(host.span, range));
}

function isInside({ span }: TomlString, range: Span | undefined): boolean {
  return range !== undefined && encloses(span, range);
}

function overlaps(one: Span, other: Span): boolean {
  return one.start <= other.end && other.start <= one.end;
}

/** From the start of the first line to the end of the last one. */
function wholeLines(text: string, { start, end }: Span): Span {
  const isLineStart = start < end && text.charAt(end - 1) === "\n";
  const last = isLineStart ? end - 1 : text.indexOf("\n", end);
  return spanOf(text.lastIndexOf("\n", start - 1) + 1, last < 0 ? text.length : last);
}

/** Undefined if the rule means the same after the edits. */
function problemOf(
  snapshot: Snapshot,
  { edits, withoutQueries }: Arranged,
  { edits: queryEdits, byStart }: FormattedQueries,
): string | undefined {
  const { text } = snapshot;
  const before = snapshot.toml();
  const layoutProblem =
    withoutQueries === text
      ? undefined
      : (changedMeaning(before, readToml(withoutQueries)) ?? changedForJudge(text, withoutQueries));
  if (layoutProblem !== undefined || queryEdits.length === 0) return layoutProblem;
  return changedMeaning(before, readToml(applyEdits(text, edits)), (one, other) => {
    const query = byStart.get(one.span.start);
    return query === undefined
      ? one.value === other.value
      : queryWords(query.parse) === queryWords(query.support.parse(other.value));
  });
}
