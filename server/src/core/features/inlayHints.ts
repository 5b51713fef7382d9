/** Small notes between the words of a rule: what a reader would have to look up or work out. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type Span } from "../text/span.ts";
import { caseHints, typeHints } from "./inlayHintsQuery.ts";
import { type InlayHint, type InlayHintKind } from "./inlayHintsModel.ts";
import { lookBackHints } from "./inlayHintsSchedule.ts";
import { threatHints } from "./inlayHintsThreat.ts";

/** Sorted by place. */
export function inlayHints(
  snapshot: Snapshot,
  part: Span,
  kinds: ReadonlySet<InlayHintKind>,
): readonly InlayHint[] {
  if (!snapshot.isRule() || kinds.size === 0) return [];
  const queries = snapshot.queries().filter(({ embedded }) => overlaps(embedded.host.span, part));
  const hints = [
    ...(kinds.has("fieldTypes") ? queries.flatMap(typeHints) : []),
    ...(kinds.has("caseSensitivity") ? queries.flatMap(caseHints) : []),
    ...(kinds.has("lookBack") ? lookBackHints(snapshot) : []),
    ...threatHints(snapshot, queries, kinds),
  ];
  return hints
    .filter(({ offset }) => part.start <= offset && offset <= part.end)
    .sort((a, b) => a.offset - b.offset);
}

function overlaps(one: Span, other: Span): boolean {
  return one.start <= other.end && other.start <= one.end;
}
