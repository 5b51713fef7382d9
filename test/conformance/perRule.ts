/** A suite with one case for each rule of a checkout. */
import { type CorpusRule } from "../support/corpus.ts";
import { type SuiteFailure, type SuiteOutcome } from "./suite.ts";

export function perRule(
  suite: string,
  rules: readonly CorpusRule[],
  problemOf: (rule: CorpusRule) => string | undefined,
  notes: readonly string[] = [],
): SuiteOutcome {
  const failures: SuiteFailure[] = [];
  rules.forEach((rule, index) => {
    const problem = problemOf(rule);
    if (problem !== undefined)
      failures.push({ index, name: rule.path, expected: "no problem", got: problem });
  });
  return { suite, passed: rules.length - failures.length, failures, known: 0, skipped: 0, notes };
}
