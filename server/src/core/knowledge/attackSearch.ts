/** Finds tactics and techniques by id, name or keyword, for completion. */
import { closestWord } from "../base/closest.ts";
import {
  type AttackCatalog,
  type Tactic,
  type Technique,
  attackUrl,
  currentTechnique,
  isOutdated,
} from "./attack.ts";

export type ThreatKind = "tactic" | "technique" | "sub-technique";

export interface ThreatQuery {
  /** As typed: an id or the beginning of one, words of a name, a keyword. Empty: everything. */
  readonly text: string;
  readonly kinds: readonly ThreatKind[];
  /** The id of the tactic whose techniques come first. */
  readonly tactic?: string | undefined;
  /** Only sub-techniques of this technique. */
  readonly parent?: string | undefined;
  readonly limit: number;
}

/** What is written into a rule. */
export interface ThreatInsert {
  readonly id: string;
  readonly name: string;
  readonly reference: string;
}

export interface ThreatSuggestion {
  readonly threat: Tactic | Technique;
  readonly insert: ThreatInsert;
  /** The outdated technique whose id was typed, and which this one took the place of. */
  readonly insteadOf: Technique | undefined;
}

/** The tables that name a technique under one of its tactics. */
export interface ThreatBlock {
  readonly tactic: ThreatInsert;
  readonly technique: ThreatInsert | undefined;
  readonly subtechnique: ThreatInsert | undefined;
}

export type ThreatSearch = (query: ThreatQuery) => readonly ThreatSuggestion[];

/** Nobody types more than this; a cursor in a long text must not cost more for it. */
const LONGEST_TEXT = 100;

/** Prepares a catalog once; every search then looks at all of its entries, best first. */
export function threatSearch(catalog: AttackCatalog): ThreatSearch {
  const entries = [...catalog.tactics, ...catalog.techniques].map((threat) => entryOf(threat, catalog));
  const current = entries.filter(({ threat }) => threat.kind === "tactic" || !isOutdated(threat));
  const outdated = entries.filter(({ threat }) => threat.kind === "technique" && isOutdated(threat));
  const vocabulary = new Set(current.flatMap(({ name }) => name.trim().split(" ")));
  return (asking) => {
    const query = { ...asking, text: asking.text.slice(0, LONGEST_TEXT) };
    const asked = current.filter((entry) => isAsked(entry, query));
    const words = wordsOf(query.text);
    const found = ranked(asked, query, words);
    const successors = successorsOf(outdated, query, catalog);
    const close = found.length + successors.length === 0 ? corrected(words, vocabulary) : undefined;
    const others = close === undefined ? found : ranked(asked, { ...query, text: close.join(" ") }, close);
    return [...successors, ...others.map(({ threat }) => suggestion(threat, undefined))].slice(
      0,
      query.limit,
    );
  };
}

/** A block for each tactic that a technique belongs to; for a tactic, the one without a technique. */
export function threatBlocks(catalog: AttackCatalog, threat: Tactic | Technique): readonly ThreatBlock[] {
  if (threat.kind === "tactic") {
    return [{ tactic: threatInsert(threat), technique: undefined, subtechnique: undefined }];
  }
  const above = threat.parent === undefined ? undefined : catalog.technique(threat.parent);
  return threat.tactics.flatMap((id) => {
    const tactic = catalog.tactic(id);
    if (tactic === undefined || (threat.parent !== undefined && above === undefined)) return [];
    return [
      {
        tactic: threatInsert(tactic),
        technique: threatInsert(above ?? threat),
        subtechnique: above === undefined ? undefined : threatInsert(threat),
      },
    ];
  });
}

export function threatInsert({ id, name }: { readonly id: string; readonly name: string }): ThreatInsert {
  return { id, name, reference: attackUrl(id) };
}

/** Texts of words, each word with a blank before it, so that ` word` finds the beginning of a word. */
interface Entry {
  readonly threat: Tactic | Technique;
  readonly kind: ThreatKind;
  readonly id: string;
  readonly name: string;
  /** The entry's own name and that of the technique above it. */
  readonly names: string;
  readonly keywords: string;
}

function entryOf(threat: Tactic | Technique, catalog: AttackCatalog): Entry {
  const parent = threat.kind === "technique" ? threat.parent : undefined;
  const above = parent === undefined ? undefined : catalog.technique(parent);
  const name = spaced(threat.name);
  const names = `${name}${spaced(above?.name ?? "")}`;
  return {
    threat,
    kind: threat.kind === "tactic" ? "tactic" : parent === undefined ? "technique" : "sub-technique",
    id: threat.id.toLowerCase(),
    name,
    names,
    keywords: `${names}${spaced(threat.description)}`,
  };
}

function spaced(text: string): string {
  return wordsOf(text)
    .map((word) => ` ${word}`)
    .join("");
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

function isAsked({ kind, threat }: Entry, { kinds, parent }: ThreatQuery): boolean {
  if (!kinds.includes(kind)) return false;
  return parent === undefined || (threat.kind === "technique" && threat.parent === parent);
}

function ranked(asked: readonly Entry[], query: ThreatQuery, words: readonly string[]): readonly Entry[] {
  const id = idText(query.text);
  const scored = asked.flatMap((entry) => {
    const rank = rankOf(entry, id, words);
    return rank === undefined ? [] : [{ entry, rank, isElsewhere: isElsewhere(entry, query.tactic) }];
  });
  return scored
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        Number(a.isElsewhere) - Number(b.isElsewhere) ||
        // Of matches of the own name, the shorter name is the closer one. Others keep the order of ids.
        (BY_OWN_NAME.includes(a.rank) ? a.entry.name.length - b.entry.name.length : 0) ||
        (a.entry.id < b.entry.id ? -1 : 1),
    )
    .map(({ entry }) => entry);
}

function isElsewhere({ threat }: Entry, tactic: string | undefined): boolean {
  return tactic !== undefined && threat.kind === "technique" && !threat.tactics.includes(tactic);
}

/** `T1059/001`, `t1059.001` and `1059.001` are one id. */
function idText(text: string): string {
  const id = text.trim().toLowerCase().replace(/\//g, ".");
  return /^\d/.test(id) ? `t${id}` : id;
}

/** How an entry fits, the best first. */
const RANK = {
  id: 0,
  name: 1,
  startOfName: 2,
  wordsOfName: 3,
  wordsOfNames: 4,
  insideName: 5,
  startOfId: 6,
  keywords: 7,
} as const;

const BY_OWN_NAME: readonly number[] = [RANK.startOfName, RANK.wordsOfName, RANK.insideName];

/** Undefined if nothing fits. Without a text, everything fits alike. */
function rankOf(entry: Entry, id: string, words: readonly string[]): number | undefined {
  if (entry.id === id) return RANK.id;
  if (entry.id.startsWith(id)) return RANK.startOfId;
  const phrase = ` ${words.join(" ")}`;
  if (entry.name === phrase) return RANK.name;
  if (entry.name.startsWith(phrase)) return RANK.startOfName;
  if (words.every((word) => entry.name.includes(` ${word}`))) return RANK.wordsOfName;
  if (words.every((word) => entry.names.includes(` ${word}`))) return RANK.wordsOfNames;
  if (words.every((word) => entry.name.includes(word))) return RANK.insideName;
  return words.every((word) => entry.keywords.includes(` ${word}`)) ? RANK.keywords : undefined;
}

/** Whoever types the id of an outdated technique is offered the one that took its place. */
function successorsOf(
  outdated: readonly Entry[],
  query: ThreatQuery,
  catalog: AttackCatalog,
): readonly ThreatSuggestion[] {
  const id = idText(query.text);
  const typed = outdated.find((entry) => entry.id === id)?.threat;
  if (typed?.kind !== "technique") return [];
  const successor = currentTechnique(catalog, typed);
  if (isOutdated(successor) || !isAsked(entryOf(successor, catalog), query)) return [];
  return [suggestion(successor, typed)];
}

/** Each word that begins no word of a name, as the word of a name that was probably meant. */
function corrected(words: readonly string[], vocabulary: ReadonlySet<string>): readonly string[] | undefined {
  const meant = words.map((word) => (word.length < 4 ? word : (closestWord(word, vocabulary) ?? word)));
  return meant.some((word, i) => word !== words[i]) ? meant : undefined;
}

function suggestion(threat: Tactic | Technique, insteadOf: Technique | undefined): ThreatSuggestion {
  return { threat, insert: threatInsert(threat), insteadOf };
}
