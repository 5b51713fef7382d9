/** What it takes to show a query by meaning, from the text that was typed: nothing is kept but what is known of fields. */
import { ELASTIC, knowledge } from "../support/analyse.ts";
import { type CorpusRule } from "../support/corpus.ts";
import { finished } from "../support/finished.ts";
import { seededRandom } from "../support/random.ts";
import { queryCache } from "../../server/src/core/analysis/cache.ts";
import { type Snapshot, snapshotOf } from "../../server/src/core/analysis/snapshot.ts";
import { highlightsAt } from "../../server/src/core/features/highlights.ts";
import { inlayHints } from "../../server/src/core/features/inlayHints.ts";
import { INLAY_HINT_KINDS } from "../../server/src/core/features/inlayHintsModel.ts";
import { selectionsAt } from "../../server/src/core/features/selectionRanges.ts";
import { semanticTokens } from "../../server/src/core/features/semanticTokens.ts";
import { signatureAt } from "../../server/src/core/features/signatureHelp.ts";
import { spanOf } from "../../server/src/core/text/span.ts";

const SEED = 11;
const ROUNDS = 9;
const PLACES = 500;
const SMALLEST = 13_000;
const LARGEST = 15_000;
const KINDS = new Set(INLAY_HINT_KINDS);

export interface EditingFigures {
  /** Rules of about 14 kB. */
  readonly ruleCount: number;
  readonly tokens: readonly number[];
  /** Of the rule with the longest query. */
  readonly longestTokens: number;
  readonly longestLength: number;
  /** Signature, selection, highlights and notes at one place. */
  readonly places: readonly number[];
}

export function editingFigures(rules: readonly CorpusRule[]): EditingFigures {
  const cache = queryCache();
  const analysed = (text: string): Snapshot => snapshotOf({ text, knowledge, config: ELASTIC, cache });
  const measure = (text: string): number => {
    const at = queryStart(analysed(text));
    const times = Array.from({ length: ROUNDS }, (_, round) => {
      // Blanks make it a query that was never read.
      const typed = `${text.slice(0, at)}${" ".repeat(round + 1)}${text.slice(at)}`;
      const started = performance.now();
      finished(semanticTokens(analysed(typed)));
      return performance.now() - started;
    });
    return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN;
  };
  const queried = rules.filter(({ text }) => 0 < analysed(text).queries().length);
  const middling = queried.filter(({ text }) => SMALLEST <= text.length && text.length <= LARGEST);
  const longest = queried.reduce((most, rule) => (queryLength(most) < queryLength(rule) ? rule : most));
  function queryLength({ text }: CorpusRule): number {
    return analysed(text).queries()[0]?.parse.text.length ?? 0;
  }
  return {
    ruleCount: middling.length,
    tokens: middling.map(({ text }) => measure(text)),
    longestTokens: measure(longest.text),
    longestLength: queryLength(longest),
    places: placeTimes(queried, analysed),
  };
}

function queryStart(snapshot: Snapshot): number {
  return snapshot.queries()[0]?.embedded.host.map.toHost(0, "start") ?? 0;
}

function placeTimes(rules: readonly CorpusRule[], analysed: (text: string) => Snapshot): readonly number[] {
  const random = seededRandom(SEED);
  return Array.from({ length: PLACES }, () => {
    const { text = "" } = rules[random.below(rules.length)] ?? {};
    const offset = random.below(text.length + 1);
    const started = performance.now();
    const snapshot = analysed(text);
    signatureAt(snapshot, offset);
    selectionsAt(snapshot, offset);
    highlightsAt(snapshot, offset);
    finished(inlayHints(snapshot, spanOf(0, text.length), KINDS));
    return performance.now() - started;
  });
}
