/** What the views cost: coverage over 2,000 rules whose summaries are at hand, and what Kibana receives of one rule. */
import { queryCache } from "../../server/src/core/analysis/cache.ts";
import { summaryOfText } from "../../server/src/core/analysis/summaries.ts";
import { coverageOf } from "../../server/src/core/coverage/coverage.ts";
import { navigatorLayer } from "../../server/src/core/coverage/navigator.ts";
import { coverageSvg } from "../../server/src/core/coverage/svg.ts";
import { coverageJson } from "../../server/src/core/coverage/table.ts";
import { NO_FACTS, apiRule } from "../../server/src/core/kibana/apiRule.ts";
import { type RuleSummary } from "../../server/src/core/rule/summary.ts";
import { knowledge, snapshot } from "../support/analyse.ts";
import { type CorpusRule } from "../support/corpus.ts";

export interface ViewsFigures {
  readonly ruleCount: number;
  /** In milliseconds, one a round. */
  readonly coverage: readonly number[];
  readonly exports: readonly number[];
  /** One a rule. */
  readonly kibana: readonly number[];
}

const RULES = 2000;
const ROUNDS = 9;

export function viewsFigures(rules: readonly CorpusRule[]): ViewsFigures {
  const { attack } = knowledge;
  if (attack === undefined) throw new Error("There is no data of ATT&CK");
  const cache = queryCache(1);
  const read = rules.flatMap(({ path, text }) => summaryOfText(path, text, cache) ?? []);
  // Fewer rules are repeated under other names.
  const summaries = Array.from({ length: RULES }, (_, i): readonly RuleSummary[] => {
    const summary = read[i % read.length];
    return summary === undefined ? [] : [{ ...summary, path: `${i}/${summary.path}` }];
  }).flat();
  const coverage = rounds(() => void coverageJson(coverageOf(summaries, attack)));
  const whole = coverageOf(summaries, attack);
  return {
    ruleCount: summaries.length,
    coverage,
    exports: rounds(() => void [navigatorLayer(whole), coverageSvg(whole)]),
    kibana: rules.map(({ text }) => timed(() => void apiRule(snapshot(text), NO_FACTS))),
  };
}

function rounds(work: () => void): readonly number[] {
  work();
  return Array.from({ length: ROUNDS }, () => timed(work));
}

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
