import { type AnalyzedQuery, type Finding } from "./check.ts";

/** What the language's verifier says of one class of mistakes. */
export function problemsOfKind(query: AnalyzedQuery, kind: string): readonly Finding[] {
  return query.problems().filter((problem) => problem.kind === kind);
}
