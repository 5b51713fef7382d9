/** `threat` and the tags of its tactics as Elastic's build carries them over to a later version of ATT&CK. */
import { type JsonObject, type JsonValue, isList, isObject } from "../engine/event.ts";
import { type AttackConversion, type ConvertedEntry, parentId } from "../knowledge/attack.ts";

/** One entry of `threat` while it grows: techniques that moved come from several entries of the rule. */
interface GrowingEntry {
  readonly tactic: ConvertedEntry;
  readonly techniques: Map<string, GrowingTechnique>;
  /** The rule names the tactic without a technique. */
  isNamedAlone: boolean;
}

interface GrowingTechnique {
  readonly entry: ConvertedEntry;
  subtechniques: readonly ConvertedEntry[];
}

/**
 * Entries of other frameworks come first, as they are. A technique stands under the tactics that the later version lists
 * it under; what that version has no place for is left out. Empty if nothing is left.
 */
export function convertedThreat(
  threat: readonly JsonValue[],
  framework: string,
  conversion: AttackConversion,
): readonly JsonValue[] {
  const others = threat.filter((entry) => !isObject(entry) || entry["framework"] !== framework);
  const byTactic = new Map<string, GrowingEntry>();
  for (const entry of threat.filter(isObject).filter((one) => one["framework"] === framework))
    addEntry(byTactic, entry, conversion);
  const converted = [...byTactic.values()].filter(
    ({ techniques, isNamedAlone }) => isNamedAlone || 0 < techniques.size,
  );
  return [...others, ...converted.map((entry) => writtenEntry(framework, entry))];
}

function addEntry(
  byTactic: Map<string, GrowingEntry>,
  entry: JsonObject,
  conversion: AttackConversion,
): void {
  const tactic = conversion.entry("tactic", idOf(entry["tactic"]));
  const techniques = membersOf(entry, "technique");
  if (techniques.length === 0) {
    if (tactic !== undefined) entryOf(byTactic, tactic).isNamedAlone = true;
    return;
  }
  for (const technique of techniques) {
    const to = conversion.entry("technique", idOf(technique));
    if (to === undefined) continue;
    const below = membersOf(technique, "subtechnique").flatMap(
      (one) => conversion.entry("subtechnique", idOf(one)) ?? [],
    );
    const add = (one: ConvertedEntry, subtechniques: readonly ConvertedEntry[]): void => {
      for (const place of conversion.tacticsOf(one.id, tactic))
        addTechnique(entryOf(byTactic, place), one, subtechniques);
    };
    add(
      to,
      below.filter(({ id }) => isSubtechnique(id)),
    );
    // What became a technique stands beside the one that it belonged to.
    for (const one of below.filter(({ id }) => !isSubtechnique(id))) add(one, []);
  }
}

function isSubtechnique(id: string): boolean {
  return parentId(id) !== undefined;
}

function entryOf(byTactic: Map<string, GrowingEntry>, tactic: ConvertedEntry): GrowingEntry {
  const known = byTactic.get(tactic.id);
  if (known !== undefined) return known;
  const entry: GrowingEntry = { tactic, techniques: new Map(), isNamedAlone: false };
  byTactic.set(tactic.id, entry);
  return entry;
}

/** Two techniques may become one: then their sub-techniques stand in the order of their ids. */
function addTechnique(
  { techniques }: GrowingEntry,
  entry: ConvertedEntry,
  subtechniques: readonly ConvertedEntry[],
): void {
  const known = techniques.get(entry.id);
  if (known === undefined) {
    techniques.set(entry.id, { entry, subtechniques });
    return;
  }
  const ids = new Set(known.subtechniques.map(({ id }) => id));
  const all = [...known.subtechniques, ...subtechniques.filter(({ id }) => !ids.has(id))];
  known.subtechniques = all.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Unlike in a rule that is not carried over, a tactic without techniques has no list of them. */
function writtenEntry(framework: string, { tactic, techniques }: GrowingEntry): JsonObject {
  const written = [...techniques.values()].map(({ entry, subtechniques }): JsonObject => ({
    ...entry,
    ...(subtechniques.length === 0 ? {} : { subtechnique: subtechniques.map((one) => ({ ...one })) }),
  }));
  return { framework, tactic: { ...tactic }, ...(written.length === 0 ? {} : { technique: written }) };
}

function idOf(value: JsonValue | undefined): string {
  const id = isObject(value) ? value["id"] : undefined;
  return typeof id === "string" ? id : "";
}

function membersOf(table: JsonObject, name: string): readonly JsonObject[] {
  const list = table[name];
  return isList(list) ? list.filter(isObject) : [];
}

const TACTIC = "Tactic: ";

/** Tags of tactics that are gone are left out; those of new ones are added at the end, by name. */
export function convertedTags(
  tags: readonly JsonValue[],
  before: readonly JsonValue[],
  after: readonly JsonValue[],
): readonly JsonValue[] {
  const [old, next] = [tacticNames(before), tacticNames(after)];
  const isGone = (tag: JsonValue): boolean =>
    typeof tag === "string" &&
    tag.startsWith(TACTIC) &&
    old.has(tag.slice(TACTIC.length)) &&
    !next.has(tag.slice(TACTIC.length));
  const kept = tags.filter((tag) => !isGone(tag));
  const added = [...next].sort().map((name) => `${TACTIC}${name}`);
  return [...kept, ...added.filter((tag) => !kept.includes(tag))];
}

function tacticNames(threat: readonly JsonValue[]): ReadonlySet<string> {
  return new Set(
    threat.filter(isObject).flatMap((entry) => {
      const tactic = entry["tactic"];
      const name = isObject(tactic) ? tactic["name"] : undefined;
      return typeof name === "string" && name !== "" ? [name] : [];
    }),
  );
}
