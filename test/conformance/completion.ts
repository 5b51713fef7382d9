/** Fields of public rules, completed after their first characters as if their authors were writing them now. */
import { completionsAt } from "../../server/src/core/features/completion.ts";
import { fieldPools } from "../../server/src/core/features/completionFields.ts";
import { type Knowledge } from "../../server/src/core/knowledge/knowledge.ts";
import { completionSources } from "../support/complete.ts";
import { ELASTIC, knowledge, snapshot } from "../support/analyse.ts";
import { knowledgeOfCheckout } from "../support/checkoutSchemas.ts";
import { corpusRules } from "../support/corpus.ts";
import { seededRandom } from "../support/random.ts";
import { type ConformanceInput, type SuiteFailure, type SuiteOutcome } from "./suite.ts";

const PLACES = 1000;
const TYPED = 4;
const SHOWN = 10;
const SEED = 20_260_801;

interface Place {
  readonly file: string;
  readonly field: string;
  /** The rule with its query cut off after the first characters of the field. */
  readonly text: string;
  readonly offset: number;
  /** Fields that the whole rule reads: it is no witness for itself. */
  readonly own: ReadonlySet<string>;
}

/** Once as the author of a rule in a checkout, with its schemas and its other rules beside what is packaged; once without. */
export function* completionSuites({ rules: folder, schemas }: ConformanceInput): Generator<SuiteOutcome> {
  if (folder === undefined) return;
  const { places, counts } = placesIn(folder);
  const chosen = chosenOf(places);
  const known = schemas === undefined ? knowledge : knowledgeOfCheckout(schemas);
  let own: ReadonlySet<string> = new Set();
  const { useCount: packaged } = completionSources();
  const useCount = (field: string): number =>
    packaged(field) + (counts.get(field) ?? 0) - (own.has(field) ? 1 : 0);
  const enter = (place: Place): void => void (own = place.own);
  yield suite("completion/fields", chosen, { known, sources: { pools: fieldPools(), useCount }, enter });
  yield suite("completion/fields-embedded", chosen, { known: knowledge, sources: {}, enter });
}

function placesIn(folder: string): {
  readonly places: readonly Place[];
  readonly counts: ReadonlyMap<string, number>;
} {
  const counts = new Map<string, number>();
  const places = corpusRules(folder).flatMap(({ path: file, text }) => {
    const queries = snapshot(text).queries();
    const own = new Set(queries.flatMap(({ facts }) => facts.fields.map(({ name }) => name)));
    for (const field of own) counts.set(field, (counts.get(field) ?? 0) + 1);
    return queries.flatMap(({ support, facts, embedded }): readonly Place[] => {
      if (support.expects === undefined) return [];
      const { map, value } = embedded.host;
      const end = map.toHost(value.length, "end");
      return facts.fields.flatMap(({ name, span }) => {
        if (name.length <= TYPED || name.includes("*") || value.slice(span.start, span.end) !== name)
          return [];
        const offset = map.toHost(span.start + TYPED, "end");
        return [{ file, field: name, text: text.slice(0, offset) + text.slice(end), offset, own }];
      });
    });
  });
  return { places, counts };
}

/** The same places in every run. */
function chosenOf(places: readonly Place[]): readonly Place[] {
  const random = seededRandom(SEED);
  const left = [...places];
  return Array.from({ length: Math.min(PLACES, left.length) }, () =>
    left.splice(random.below(left.length), 1),
  ).flat();
}

interface Setting {
  readonly known: Knowledge;
  readonly sources: Parameters<typeof completionSources>[0];
  /** Called before each place. */
  readonly enter: (place: Place) => void;
}

function suite(name: string, places: readonly Place[], { known, sources, enter }: Setting): SuiteOutcome {
  const failures: SuiteFailure[] = [];
  places.forEach((place, index) => {
    const { text, offset, field, file } = place;
    enter(place);
    const { items } = completionsAt(
      snapshot(text, ELASTIC, known),
      offset,
      completionSources(sources),
      "asked",
    );
    const rank = items.filter(({ kind }) => kind === "field").findIndex(({ label }) => label === field);
    if (rank < 0 || SHOWN <= rank)
      failures.push({
        index,
        name: `${field} in ${file}`,
        expected: `among the first ${SHOWN}`,
        got: rank < 0 ? "not offered" : `number ${rank + 1}`,
      });
  });
  const share = ((places.length - failures.length) / Math.max(places.length, 1)) * 100;
  const notes = [
    `${share.toFixed(1)} % of ${places.length} fields are among the first ${SHOWN} after ${TYPED} characters`,
  ];
  return { suite: name, passed: places.length - failures.length, failures, known: 0, skipped: 0, notes };
}
