/** What a selection grows to, step by step: from a word of a query over its list and condition to the whole file. */
import { type Snapshot, type SnapshotQuery } from "../analysis/snapshot.ts";
import { type Span, encloses, spanOf, touches } from "../text/span.ts";
import { type TomlDocument, type TomlTable, type TomlValue } from "../toml/model.ts";
import { eqlSelections } from "./selectionRangesEql.ts";
import { kqlSelections } from "./selectionRangesKql.ts";

/** Spans around an offset, the smallest first; each encloses the one before it and is larger. */
export function selectionsAt(snapshot: Snapshot, offset: number): readonly Span[] {
  const whole = spanOf(0, snapshot.text.length);
  if (!snapshot.isRule()) return [whole];
  const inQuery = snapshot.queries().flatMap((query) => queryParts(query, offset));
  return growing([...inQuery, ...tomlParts(snapshot.toml(), offset), whole], offset);
}

/** Parts of a query that hold the offset, in any order, as spans of the file. */
function queryParts(query: SnapshotQuery, offset: number): readonly Span[] {
  const { map } = query.embedded.host;
  const inner = map.toInner(offset);
  if (inner === undefined) return [];
  const { text } = query.parse;
  const comments = query.support.comments?.(query.parse) ?? [];
  const parts = [
    ...comments,
    ...(query.support.id === "eql" ? eqlSelections(query, inner) : []),
    ...(query.support.id === "kuery" ? kqlSelections(query, inner) : []),
    trimmed(text, spanOf(0, text.length)),
    spanOf(0, text.length),
  ];
  return parts.filter((part) => touches(part, inner)).map((part) => map.toHostSpan(part));
}

/** Without blanks and breaks at both ends. */
function trimmed(text: string, { start, end }: Span): Span {
  const body = text.slice(start, end);
  const left = body.length - body.trimStart().length;
  return spanOf(start + left, Math.max(start + left, start + body.trimEnd().length));
}

function tomlParts({ root, headers, comments }: TomlDocument, offset: number): readonly Span[] {
  const spans: Span[] = [...comments];
  for (const header of headers) {
    spans.push(...header.parts.map(({ span }) => span), header.span, header.section, header.whole);
  }
  addTable(spans, root, offset);
  return spans.filter((span) => touches(span, offset));
}

/** Tables that headers make stand anywhere below: only what an entry itself covers can be left out. */
function addTable(spans: Span[], table: TomlTable, offset: number): void {
  for (const { key, value, span } of table.entries) {
    if (touches(key.span, offset)) spans.push(key.span);
    if (isByHeader(value)) addValue(spans, value, offset);
    else if (touches(span, offset)) {
      spans.push(span);
      addValue(spans, value, offset);
    }
  }
}

function isByHeader(value: TomlValue): boolean {
  return (
    (value.kind === "table" && value.form !== "inline") || (value.kind === "array" && value.form === "tables")
  );
}

function addValue(spans: Span[], value: TomlValue, offset: number): void {
  if (!isByHeader(value)) spans.push(value.span);
  if (value.kind === "string") {
    const { map } = value;
    spans.push(spanOf(map.toHost(0, "start"), map.toHost(value.value.length, "end")));
  } else if (value.kind === "array") {
    for (const item of value.items)
      if (isByHeader(value) || touches(item.span, offset)) addValue(spans, item, offset);
  } else if (value.kind === "table") addTable(spans, value, offset);
}

/**
 * The smallest first. A cursor between two words touches both: the shorter one counts, or the one behind it. What only
 * overlaps what was taken before, such as the other word, is left out.
 */
function growing(spans: readonly Span[], offset: number): readonly Span[] {
  const sizeOf = ({ start, end }: Span): number => end - start;
  const sorted = spans
    .filter((span) => touches(span, offset) && span.start < span.end)
    .sort((a, b) => sizeOf(a) - sizeOf(b) || b.start - a.start);
  const taken: Span[] = [];
  for (const span of sorted) {
    const last = taken.at(-1);
    if (last === undefined || (encloses(span, last) && sizeOf(last) < sizeOf(span))) taken.push(span);
  }
  return taken.length <= MOST_STEPS ? taken : [...taken.slice(0, MOST_STEPS - 1), ...taken.slice(-1)];
}

/** Nobody grows a selection more often, and each step is written within the one before it. */
const MOST_STEPS = 200;
