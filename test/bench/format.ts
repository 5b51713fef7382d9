/** How long it takes to format a rule, from its text to edits that are proved to change no value. */
import { queryCache } from "../../server/src/core/analysis/cache.ts";
import { snapshotOf } from "../../server/src/core/analysis/snapshot.ts";
import { DEFAULT_FORMAT, type FormatOptions } from "../../server/src/core/format/options.ts";
import { formatRule, ruleFormat } from "../../server/src/core/features/formatRule.ts";
import { NO_KNOWLEDGE } from "../../server/src/core/knowledge/knowledge.ts";
import { CUSTOM } from "../support/analyse.ts";
import { type CorpusRule } from "../support/corpus.ts";

const ROUNDS = 7;
const LENGTHS = { least: 12_000, most: 16_000 };

export interface FormatFigures {
  readonly ruleCount: number;
  /** Milliseconds of each rule, in order: as it stands, with a change on every line, and with all that can be chosen. */
  readonly tidy: readonly number[];
  readonly untidy: readonly number[];
  readonly chosen: readonly number[];
}

/** Over the rules of about 14 kB. */
export function formatFigures(rules: readonly CorpusRule[]): FormatFigures {
  const texts = rules
    .map(({ text }) => text)
    .filter(({ length }) => LENGTHS.least <= length && length <= LENGTHS.most);
  const loose = texts.map(untidied);
  return {
    ruleCount: texts.length,
    tidy: timesOf(texts, {}),
    untidy: timesOf(loose, {}),
    chosen: timesOf(loose, { lists: "fit", queries: "always", keyOrder: "house" }),
  };
}

/** Every key and every item has something about it that changes. */
function untidied(text: string): string {
  return text.replace(/^(\w+) = /gm, "  $1=").replace(/^ {4}(".*",)$/gm, "  $1");
}

/** The median of each text, nothing of it kept. */
function timesOf(texts: readonly string[], options: Partial<FormatOptions>): readonly number[] {
  const format = ruleFormat({ ...DEFAULT_FORMAT, ...options });
  const medians = texts.map((text) => {
    const times = Array.from({ length: ROUNDS }, () => {
      const started = performance.now();
      const snapshot = snapshotOf({ text, knowledge: NO_KNOWLEDGE, config: CUSTOM, cache: queryCache() });
      const formatting = formatRule(snapshot, format);
      if (formatting.kind !== "formatted") throw new Error(`not formatted: ${text.slice(0, 200)}`);
      return performance.now() - started;
    });
    return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN;
  });
  return medians.sort((a, b) => a - b);
}
