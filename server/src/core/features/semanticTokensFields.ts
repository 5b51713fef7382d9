/** What is known of the fields of one query: the verdict at each of them, worked out once for each name. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { type FieldAnswer, type PartIndex } from "../knowledge/scope.ts";
import { type QueryFacts } from "../query/facts.ts";
import { touches } from "../text/span.ts";

/** The answer for a name that stands at an offset of the query; undefined where it was not looked up. */
export type AnswerAt = (name: string, offset: number) => FieldAnswer | undefined;

/**
 * More names than rules have. A name that nobody knows is compared with all that are known; where a quote is missing,
 * every word of a long list may be taken for one.
 */
const MOST_NAMES = 200;

/** Looks up the fields of a query, and yields after each name. */
export function* fieldAnswers({
  facts,
  scope,
}: Pick<SnapshotQuery, "facts" | "scope">): Generator<undefined, AnswerAt> {
  const found = scope();
  const answers = new Map<string, FieldAnswer>();
  const keyOf = (name: string, offset: number): string => `${partAt(facts, offset)} ${name}`;
  for (const { name, span } of found === undefined ? [] : facts.fields) {
    const key = keyOf(name, span.start);
    if (answers.has(key)) continue;
    if (MOST_NAMES <= answers.size) break;
    const answer = found?.answer(name, partAt(facts, span.start));
    if (answer !== undefined) answers.set(key, answer);
    yield;
  }
  return (name, offset) => answers.get(keyOf(name, offset));
}

/** Keys before the first step of a sequence belong to all of it. */
export function partAt({ parts }: QueryFacts, offset: number): PartIndex {
  if (parts.length < 2) return 0;
  const index = parts.findIndex(({ span }) => touches(span, offset));
  return index < 0 ? "whole" : index;
}
