/** Sample events for every EQL and KQL rule of the public ones: they alert, and those that were made to miss nearly do. */
import { type QueryLanguage } from "../../server/src/core/query/language.ts";
import { readRule } from "../../server/src/core/rule/read.ts";
import { type RuleDocument } from "../../server/src/core/rule/model.ts";
import { generateSamples } from "../../server/src/core/testing/generate.ts";
import { readToml } from "../../server/src/core/toml/read.ts";
import { type CorpusRule, corpusRules } from "../support/corpus.ts";
import { exhausted } from "../engine/exhausted.ts";
import { ecsTypes } from "../testing/ecsTypes.ts";
import { type ConformanceInput, type SuiteFailure, type SuiteOutcome } from "./suite.ts";

export function* generateSuites({ rules: folder }: ConformanceInput): Generator<SuiteOutcome> {
  if (folder === undefined) return;
  const rules = corpusRules(folder);
  yield* languageSuites(rules, "eql", "generate/eql", "generate/near-misses");
  yield* languageSuites(rules, "kuery", "generate/kql", "generate/kql-near-misses");
}

function* languageSuites(
  rules: readonly CorpusRule[],
  language: QueryLanguage,
  suite: string,
  missSuite: string,
): Generator<SuiteOutcome> {
  const failures: SuiteFailure[] = [];
  const refusals: SuiteFailure[] = [];
  const times: number[] = [];
  let ruleCount = 0;
  let nearMissCount = 0;
  for (const { path, text } of rules) {
    const rule = readRule(readToml(text));
    if (!isIn(rule, language)) continue;
    ruleCount++;
    const started = performance.now();
    const generated = exhausted(generateSamples(rule, { types: ecsTypes }));
    times.push(performance.now() - started);
    if (!generated.ok) {
      failures.push({
        index: ruleCount,
        name: path,
        expected: "events that alert",
        got: generated.error.reason,
      });
      continue;
    }
    const { nearMisses, notMade: missing } = generated.value;
    nearMissCount += nearMisses.length;
    for (const { name, reason } of missing) {
      refusals.push({ index: ruleCount, name: `${path} ${name}`, expected: "a near miss", got: reason });
    }
  }
  yield {
    suite: missSuite,
    passed: nearMissCount,
    failures: refusals,
    known: 0,
    skipped: 0,
    notes: [`${share(nearMissCount, nearMissCount + refusals.length)} are made and do not alert`],
  };
  const sorted = times.toSorted((a, b) => a - b);
  yield {
    suite,
    passed: ruleCount - failures.length,
    failures,
    known: 0,
    skipped: 0,
    notes: [`${median(sorted)} ms a rule in the median, ${(sorted.at(-1) ?? 0).toFixed(0)} ms at most`],
  };
}

function isIn({ queries }: RuleDocument, language: QueryLanguage): boolean {
  return queries.find(({ role }) => role === "query")?.language === language;
}

function share(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}

function median(sorted: readonly number[]): string {
  return (sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(1);
}
