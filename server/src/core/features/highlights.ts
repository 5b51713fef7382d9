/** What belongs to the word at the cursor: the other places of a field or join key, a bracket's partner, a placeholder's entry. */
import { type Snapshot, type SnapshotQuery } from "../analysis/snapshot.ts";
import { type Span, touches } from "../text/span.ts";
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
  const placeholders = placeholderHighlights(snapshot, offset);
  return placeholders && sorted(placeholders);
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

/** A field wherever a query of the rule names it, whether optional or not. */
function fieldHighlights(
  snapshot: Snapshot,
  query: SnapshotQuery,
  inner: number,
): readonly Highlight[] | undefined {
  const ref = query.facts.fields.find(({ span }) => touches(span, inner));
  if (ref === undefined) return undefined;
  return snapshot
    .queries()
    .flatMap((other) =>
      other.facts.fields
        .filter(({ name }) => name === ref.name)
        .map(({ span }): Highlight => ({ span: toHost(other, span), kind: "read" })),
    );
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
