/** Small notes between the words of a rule: what a reader would have to look up or work out. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type Span } from "../text/span.ts";
import { caseHints, typeHints } from "./inlayHintsQuery.ts";
import { type InlayHint, type InlayHintKind } from "./inlayHintsModel.ts";
import { lookBackHints } from "./inlayHintsSchedule.ts";
import { threatHints } from "./inlayHintsThreat.ts";
import { fieldAnswers } from "./semanticTokensFields.ts";

/** Sorted by place. Yields while fields are looked up. */
export function* inlayHints(
  snapshot: Snapshot,
  part: Span,
  kinds: ReadonlySet<InlayHintKind>,
): Generator<undefined, readonly InlayHint[]> {
  if (!snapshot.isRule() || kinds.size === 0) return [];
  const queries = snapshot.queries().filter(({ embedded }) => overlaps(embedded.host.span, part));
  const hints: InlayHint[] = [];
  if (kinds.has("fieldTypes") || kinds.has("caseSensitivity")) {
    for (const query of queries) {
      const answerAt = yield* fieldAnswers(query);
      if (kinds.has("fieldTypes")) hints.push(...typeHints(query, answerAt));
      if (kinds.has("caseSensitivity")) hints.push(...caseHints(query, answerAt));
      yield;
    }
  }
  if (kinds.has("lookBack")) hints.push(...lookBackHints(snapshot));
  hints.push(...threatHints(snapshot, queries, kinds));
  return hints
    .filter(({ offset }) => part.start <= offset && offset <= part.end)
    .sort((a, b) => a.offset - b.offset);
}

function overlaps(one: Span, other: Span): boolean {
  return one.start <= other.end && other.start <= one.end;
}
