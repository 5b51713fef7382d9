/** How often rules read a field, for ranking: the rules of the workspace, and what is measured over many others. */
import { type UseCount } from "../core/features/completionFields.ts";
import { type WorkspaceIndex } from "../core/analysis/workspace.ts";
import { type FieldPopularity } from "../core/knowledge/popularFields.ts";

export interface FieldUses {
  /** The same function until the uses are counted again. */
  readonly useCount: UseCount;
  /** Fields that other rules of the workspace read. */
  fieldsBeside(path: string): readonly string[];
}

/** Counting goes over all rules, and what was ranked by the old counts must be ranked again: not for each keystroke. */
const COUNTED_FOR_MILLISECONDS = 10_000;
/** Popularity is told of so many rules. */
const POPULARITY_BASE = 1000;
/** In a workspace of few rules a single one says little. */
const FEWEST_RULES = 50;

interface Counted {
  readonly index: WorkspaceIndex;
  readonly at: number;
  readonly uses: FieldUses;
}

export class FieldUseCounts {
  readonly #popularity: FieldPopularity;
  readonly #byRoot = new Map<string, Counted>();
  readonly #without: FieldUses;

  constructor(popularity: FieldPopularity) {
    this.#popularity = popularity;
    this.#without = { useCount: popularity, fieldsBeside: () => [] };
  }

  /** `now` in milliseconds, of any clock. */
  of(root: string | undefined, index: WorkspaceIndex | undefined, now: number): FieldUses {
    if (root === undefined || index === undefined) return this.#without;
    const known = this.#byRoot.get(root);
    const isRecent = known !== undefined && now - known.at < COUNTED_FOR_MILLISECONDS;
    if (known !== undefined && (known.index === index || isRecent)) return known.uses;
    const uses = usesOf(index, this.#popularity);
    this.#byRoot.set(root, { index, at: now, uses });
    return uses;
  }
}

function usesOf(index: WorkspaceIndex, popularity: FieldPopularity): FieldUses {
  const { fields } = index.uses();
  const share = POPULARITY_BASE / Math.max(index.ruleCount, FEWEST_RULES);
  return {
    useCount: (name) => popularity(name) + share * (fields.get(name) ?? 0),
    fieldsBeside(path) {
      // A name that is being typed stands in this rule alone, and is no field yet.
      const own = index.rule(path)?.fields ?? {};
      return [...fields].flatMap(([name, count]) => (Object.hasOwn(own, name) && count < 2 ? [] : [name]));
    },
  };
}
