/** What belongs to the word at the cursor: the other places of a field or join key, a bracket's partner, a placeholder's entry. */
import { type Snapshot, type SnapshotQuery } from "../analysis/snapshot.ts";
import { fieldKeys } from "../checks/fieldKeys.ts";
import { type Span, spanOf, touches } from "../text/span.ts";
import { type TomlString } from "../toml/model.ts";
import { eqlKeyHighlights, eqlPairHighlights } from "./highlightsEql.ts";
import { kqlPairHighlights } from "./highlightsKql.ts";
import { type Highlight } from "./highlightsModel.ts";
import { placeholderHighlights } from "./highlightsNote.ts";

/** Sorted by place. Undefined where the editor's own search for the same word does as well. */
export function highlightsAt(snapshot: Snapshot, offset: number): readonly Highlight[] | undefined {
  if (!snapshot.isRule()) return undefined;
  for (const query of snapshot.queries()) {
    const inner = query.embedded.host.map.toInner(offset);
    if (inner === undefined) continue;
    const found = inQuery(snapshot, query, inner);
    return found && sorted(found);
  }
  const found = namedFieldHighlights(snapshot, offset) ?? placeholderHighlights(snapshot, offset);
  return found && sorted(found);
}

function inQuery(snapshot: Snapshot, query: SnapshotQuery, inner: number): readonly Highlight[] | undefined {
  const isEql = query.support.id === "eql";
  const keys = isEql ? eqlKeyHighlights(query, inner) : undefined;
  return (
    (keys && inFile(query, keys)) ??
    fieldHighlights(snapshot, query, inner) ??
    inFile(query, (isEql ? eqlPairHighlights : pairHighlights)(query, inner))
  );
}

function pairHighlights(query: SnapshotQuery, inner: number): readonly Highlight[] | undefined {
  return query.support.id === "kuery" ? kqlPairHighlights(query, inner) : undefined;
}

function inFile(
  query: SnapshotQuery,
  highlights: readonly Highlight[] | undefined,
): readonly Highlight[] | undefined {
  return highlights?.map(({ span, kind }) => ({ span: toHost(query, span), kind }));
}

/** Undefined where no field stands. */
function fieldHighlights(
  snapshot: Snapshot,
  { facts }: SnapshotQuery,
  inner: number,
): readonly Highlight[] | undefined {
  const ref = facts.fields.find(({ span }) => touches(span, inner));
  return ref && placesOf(snapshot, ref.name);
}

/** A field wherever a query of the rule reads it, whether optional or not, and where a key of the rule names it. */
function placesOf(snapshot: Snapshot, field: string): readonly Highlight[] {
  const inQueries = snapshot
    .queries()
    .flatMap((query) =>
      query.facts.fields
        .filter(({ name }) => name === field)
        .map(({ span }): Highlight => ({ span: toHost(query, span), kind: "read" })),
    );
  const inKeys = fieldKeys(snapshot.rule())
    .filter(({ host }) => host.value === field)
    .map(({ host }): Highlight => ({ span: contentOf(host), kind: "link" }));
  return [...inQueries, ...inKeys];
}

function namedFieldHighlights(snapshot: Snapshot, offset: number): readonly Highlight[] | undefined {
  const named = fieldKeys(snapshot.rule()).find(({ host }) => touches(host.span, offset));
  return named === undefined || named.host.value === "" ? undefined : placesOf(snapshot, named.host.value);
}

function contentOf({ map, value }: TomlString): Span {
  return map.toHostSpan(spanOf(0, value.length));
}

function toHost({ embedded }: SnapshotQuery, span: Span): Span {
  return embedded.host.map.toHostSpan(span);
}

/** The same place may be found twice, as a key and as a field. */
function sorted(highlights: readonly Highlight[]): readonly Highlight[] {
  const byPlace = new Map<string, Highlight>();
  for (const one of highlights) {
    const key = `${one.span.start}-${one.span.end}`;
    if (byPlace.get(key)?.kind !== "link") byPlace.set(key, one);
  }
  return [...byPlace.values()].sort((a, b) => a.span.start - b.span.start);
}
