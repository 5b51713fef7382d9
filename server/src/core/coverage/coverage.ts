/** Which tactics and techniques of ATT&CK the rules of a workspace cover, and the rules by status, integration and data source. */
import { type AttackCatalog, isOutdated } from "../knowledge/attack.ts";
import { type RuleSummary } from "../rule/summary.ts";

/** Rules are named by their index in `rules`. */
export interface Coverage {
  /** Of ATT&CK, such as "18.1". */
  readonly version: string;
  readonly rules: readonly RuleSummary[];
  /** In the order of the matrix, with what the catalog does not know last. */
  readonly tactics: readonly CoveredTactic[];
  readonly groupings: readonly Grouping[];
}

export interface CoveredTactic {
  readonly id: string;
  readonly name: string;
  /** Those of its techniques included. */
  readonly rules: readonly number[];
  readonly techniques: readonly CoveredTechnique[];
}

export interface CoveredTechnique {
  readonly id: string;
  readonly name: string;
  /** Those of its sub-techniques included. */
  readonly rules: readonly number[];
  readonly subtechniques: readonly CoveredTechnique[];
}

export interface Grouping {
  readonly kind: "status" | "integration" | "source";
  readonly groups: readonly { readonly name: string; readonly rules: readonly number[] }[];
}

export function coverageOf(summaries: Iterable<RuleSummary>, attack: AttackCatalog): Coverage {
  const rules = [...summaries].sort((a, b) => compare(nameOf(a), nameOf(b)));
  const places = placesOf(rules);
  const known = attack.tactics.map(({ id }) => id);
  const strange = [...places.tactics.keys()].filter((id) => !known.includes(id)).sort();
  const techniques = techniquesByTactic(attack);
  const tactics = [...known, ...strange].map((id) => ({
    id,
    name: attack.tactic(id)?.name ?? id,
    rules: ordered(places.tactics.get(id)),
    techniques: techniquesOf(id, techniques.get(id) ?? [], places, attack),
  }));
  return { version: attack.version, rules, tactics, groupings: groupingsOf(rules) };
}

/** Whether two states of a rule are shown alike: what moves in its text, and what its queries ask, does not count. */
export function coversSame(before: RuleSummary | undefined, after: RuleSummary | undefined): boolean {
  return JSON.stringify(before && shownOf(before)) === JSON.stringify(after && shownOf(after));
}

function shownOf(rule: RuleSummary): unknown {
  const { id, maturity, severity, type, threats, integrations, tags } = rule;
  return [nameOf(rule), id?.value, maturity, severity, type, threats, integrations, sourcesIn(tags)];
}

export function nameOf({ name, path }: RuleSummary): string {
  return name?.value ?? path;
}

interface Places {
  readonly tactics: ReadonlyMap<string, ReadonlySet<number>>;
  /** By tactic and technique. */
  readonly techniques: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<number>>>;
}

/** Deprecated rules find nothing any more. */
function placesOf(rules: readonly RuleSummary[]): Places {
  const tactics = new Map<string, Set<number>>();
  const techniques = new Map<string, Map<string, Set<number>>>();
  for (const [index, { threats, maturity }] of rules.entries()) {
    if (maturity === "deprecated") continue;
    for (const { tactic, technique } of threats) {
      added(tactics, tactic, index);
      if (technique === undefined) continue;
      const own = techniques.get(tactic) ?? new Map<string, Set<number>>();
      techniques.set(tactic, own);
      added(own, technique, index);
    }
  }
  return { tactics, techniques };
}

function added(sets: Map<string, Set<number>>, key: string, index: number): void {
  const set = sets.get(key) ?? new Set();
  set.add(index);
  sets.set(key, set);
}

/** Current techniques without sub-techniques, by id. */
function techniquesByTactic(attack: AttackCatalog): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>();
  for (const technique of attack.techniques) {
    if (technique.parent !== undefined || isOutdated(technique)) continue;
    for (const tactic of technique.tactics) {
      const own = ids.get(tactic) ?? [];
      ids.set(tactic, own);
      own.push(technique.id);
    }
  }
  return ids;
}

/** Those of the catalog, and whatever else rules name under the tactic. */
function techniquesOf(
  tactic: string,
  known: readonly string[],
  { techniques }: Places,
  attack: AttackCatalog,
): readonly CoveredTechnique[] {
  const covered = techniques.get(tactic) ?? new Map<string, ReadonlySet<number>>();
  const named = [...covered.keys()].map(techniqueAbove);
  const ids = [...new Set([...known, ...named])];
  const nameIn = (id: string): string => attack.technique(id)?.name ?? id;
  return ids
    .map((id) => {
      const own = [...covered.keys()].filter((one) => one !== id && techniqueAbove(one) === id);
      const below = [...new Set([...attack.subtechniquesOf(id).map((one) => one.id), ...own])].sort();
      const subtechniques = below.map((one) => ({
        id: one,
        name: nameIn(one),
        rules: ordered(covered.get(one)),
        subtechniques: [],
      }));
      const all = new Set([...(covered.get(id) ?? []), ...subtechniques.flatMap(({ rules }) => rules)]);
      return { id, name: nameIn(id), rules: ordered(all), subtechniques };
    })
    .sort((a, b) => compare(a.name, b.name));
}

function techniqueAbove(id: string): string {
  return id.split(".")[0] ?? id;
}

function groupingsOf(rules: readonly RuleSummary[]): readonly Grouping[] {
  const or = (values: readonly string[], none: string): readonly string[] =>
    values.length === 0 ? [none] : values;
  return [
    { kind: "status", groups: grouped(rules, ({ maturity }) => [maturity ?? "no status"]) },
    {
      kind: "integration",
      groups: grouped(rules, ({ integrations }) => or(integrations, "no integration")),
    },
    { kind: "source", groups: grouped(rules, ({ tags }) => or(sourcesIn(tags), "no data source")) },
  ];
}

const SOURCE = "Data Source: ";

function sourcesIn(tags: readonly string[]): readonly string[] {
  return tags.filter((tag) => tag.startsWith(SOURCE)).map((tag) => tag.slice(SOURCE.length));
}

function grouped(
  rules: readonly RuleSummary[],
  namesOf: (rule: RuleSummary) => readonly string[],
): Grouping["groups"] {
  const groups = new Map<string, Set<number>>();
  for (const [index, rule] of rules.entries()) {
    for (const name of namesOf(rule)) added(groups, name, index);
  }
  const names = [...groups.keys()].sort(compare);
  return names.map((name) => ({ name, rules: ordered(groups.get(name)) }));
}

function ordered(indexes: ReadonlySet<number> | undefined): readonly number[] {
  return [...(indexes ?? [])].sort((a, b) => a - b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
