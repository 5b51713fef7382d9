/** How long a completion takes at places all over the rules: from the text that was typed to the list, nothing of it kept. */
import { ELASTIC, knowledge } from "../support/analyse.ts";
import { completionSources } from "../support/complete.ts";
import { type CorpusRule } from "../support/corpus.ts";
import { seededRandom } from "../support/random.ts";
import { queryCache } from "../../server/src/core/analysis/cache.ts";
import { snapshotOf } from "../../server/src/core/analysis/snapshot.ts";
import { completionsAt } from "../../server/src/core/features/completion.ts";

const PLACES = 1000;
const SEED = 7;

export interface CompletionFigures {
  readonly median: number;
  readonly slowestTwentieth: number;
}

/** Half of the places are in queries, behind the first characters of a field; the others anywhere. */
export function completionFigures(rules: readonly CorpusRule[]): CompletionFigures {
  const random = seededRandom(SEED);
  const sources = completionSources();
  const cache = queryCache();
  const times: number[] = [];
  for (let i = 0; i < PLACES; i++) {
    const { text } = rules[random.below(rules.length)] ?? { text: "" };
    const offset =
      (i % 2 === 0 ? fieldPlace(text, random.below) : undefined) ?? random.below(text.length + 1);
    const started = performance.now();
    // As after a keystroke: the file is new, what is known of fields is not.
    const snapshot = snapshotOf({ text, knowledge, config: ELASTIC, cache });
    completionsAt(snapshot, offset, sources, "asked");
    times.push(performance.now() - started);
  }
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? NaN;
  return { median: at(0.5), slowestTwentieth: at(0.95) };
}

function fieldPlace(text: string, below: (limit: number) => number): number | undefined {
  const [query] = snapshotOf({ text, knowledge, config: ELASTIC, cache: queryCache() }).queries();
  const fields = query?.facts.fields ?? [];
  const field = fields[below(Math.max(fields.length, 1))];
  return field && query?.embedded.host.map.toHost(field.span.start + Math.min(4, field.name.length), "end");
}
