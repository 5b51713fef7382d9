/** What is known of the fields of one query: the verdict at each of them, worked out once for each name. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { type FieldAnswer, type PartIndex } from "../knowledge/scope.ts";
import { type QueryFacts } from "../query/facts.ts";
import { touches } from "../text/span.ts";

/** The answer for a name that stands at an offset of the query; undefined while no catalog is loaded. */
export type AnswerAt = (name: string, offset: number) => FieldAnswer | undefined;

export function fieldAnswers({ facts, scope }: Pick<SnapshotQuery, "facts" | "scope">): AnswerAt {
  const found = scope();
  const answers = new Map<string, FieldAnswer>();
  return (name, offset) => {
    if (found === undefined) return undefined;
    const part = partAt(facts, offset);
    const key = `${part} ${name}`;
    const answer = answers.get(key) ?? found.answer(name, part);
    answers.set(key, answer);
    return answer;
  };
}

/** Keys before the first step of a sequence belong to all of it. */
export function partAt({ parts }: QueryFacts, offset: number): PartIndex {
  if (parts.length < 2) return 0;
  const index = parts.findIndex(({ span }) => touches(span, offset));
  return index < 0 ? "whole" : index;
}
