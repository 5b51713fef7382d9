/** All changes that an author may ask for at a place of a rule without anything being wrong there. */
import { type Snapshot } from "../../analysis/snapshot.ts";
import { type Span } from "../../text/span.ts";
import { chainRefactorings } from "./chains.ts";
import { conditionsOf } from "./conditions.ts";
import { queryListRefactorings } from "./queryLists.ts";
import { quoteRefactorings } from "./quotes.ts";
import { innerRange, type Refactoring, type RefactoringSources, soundQueriesAt } from "./refactoring.ts";
import { ruleTypeRefactorings } from "./ruleType.ts";
import { sampleExclusions } from "./sampleExclusion.ts";
import { sharedConditionRefactorings } from "./sharedConditions.ts";
import { splitRefactorings } from "./splitRule.ts";
import { tomlListRefactorings } from "./tomlLists.ts";

/** The nearest to the query's meaning first. Each reads the new query back: yields between them. */
export function* refactoringsAt(
  snapshot: Snapshot,
  range: Span,
  sources: RefactoringSources,
): Generator<undefined, readonly Refactoring[]> {
  if (!snapshot.isRule()) return [];
  const found: Refactoring[] = [];
  for (const query of soundQueriesAt(snapshot, range)) {
    yield;
    const view = conditionsOf(query);
    const inner = innerRange(query, range);
    if (view === undefined || inner === undefined) continue;
    for (const refactorings of [
      () => chainRefactorings(query, view, inner),
      () => queryListRefactorings(query, view, inner),
      () => sharedConditionRefactorings(query, view, inner),
      () => sampleExclusions(query, view, inner, sources),
      () => splitRefactorings(snapshot, query, view, inner, sources),
    ]) {
      yield;
      found.push(...refactorings());
    }
  }
  found.push(...(yield* ruleTypeRefactorings(snapshot, range, sources)));
  yield;
  return [...found, ...tomlListRefactorings(snapshot, range), ...quoteRefactorings(snapshot, range)];
}
