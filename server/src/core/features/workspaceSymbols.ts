/** Rules by what people remember of them: parts of the name, the id, a technique, a tag. */
import { type WorkspaceIndex } from "../analysis/workspace.ts";
import { type RuleSummary } from "../rule/summary.ts";
import { titleOf } from "./ruleSearch.ts";

export interface WorkspaceSymbol {
  /** Editors look for the query in it once more, so it holds what was found. */
  readonly name: string;
  readonly kind: "rule" | "id" | "technique" | "tag";
  readonly rule: RuleSummary;
}

export interface SymbolQuery {
  readonly query: string;
  /** The name of a technique; undefined for one that is not known. */
  readonly techniqueName: (id: string) => string | undefined;
  readonly limit: number;
}

interface Ranked extends WorkspaceSymbol {
  readonly score: number;
}

/** The best first. Each rule once, by what fits best. */
export function workspaceSymbols(
  index: WorkspaceIndex,
  { query, techniqueName, limit }: SymbolQuery,
): readonly WorkspaceSymbol[] {
  const parts = query
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== "");
  const labels = labelScores(index, parts, techniqueName);
  const found: Ranked[] = [];
  for (const rule of index.rules()) {
    const best = bestOf(rule, parts, labels);
    if (best !== undefined) found.push(best);
  }
  return found.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1)).slice(0, limit);
}

/** Scores of tags and techniques, each of which many rules share. */
interface Labels {
  readonly techniques: ReadonlyMap<string, Label>;
  readonly tags: ReadonlyMap<string, Label>;
}

interface Label {
  readonly text: string;
  readonly score: number;
}

function labelScores(
  index: WorkspaceIndex,
  parts: readonly string[],
  techniqueName: SymbolQuery["techniqueName"],
): Labels {
  const techniques = new Map<string, Label>();
  const tags = new Map<string, Label>();
  const seen = new Set<string>();
  // Without a query every rule is shown once, by its name.
  const add = (labels: Map<string, Label>, key: string, text: string): void => {
    const score = parts.length === 0 ? undefined : scoreOf(text, parts);
    if (score !== undefined) labels.set(key, { text, score });
  };
  for (const rule of index.rules()) {
    for (const id of rule.techniques) {
      if (!seen.has(id)) add(techniques, id, [id, techniqueName(id) ?? ""].join(" ").trimEnd());
      seen.add(id);
    }
    for (const tag of rule.tags) {
      if (!seen.has(tag)) add(tags, tag, tag);
      seen.add(tag);
    }
  }
  return { techniques, tags };
}

/** A name weighs more than an id, an id more than what many rules share. */
const WEIGHT = { rule: 3, id: 2, technique: 1, tag: 0 } as const;
const SHORTEST_ID = 4;

function bestOf(rule: RuleSummary, parts: readonly string[], labels: Labels): Ranked | undefined {
  const title = titleOf(rule);
  const candidates: Ranked[] = [];
  const put = (kind: WorkspaceSymbol["kind"], label: Label | undefined): void => {
    if (label === undefined) return;
    const name = kind === "rule" ? label.text : `${label.text} · ${title}`;
    candidates.push({ name, kind, rule, score: label.score + WEIGHT[kind] });
  };
  const score = scoreOf(title, parts);
  if (score !== undefined) put("rule", { text: title, score });
  put("id", idLabel(rule, parts));
  for (const id of rule.techniques) put("technique", labels.techniques.get(id));
  for (const tag of rule.tags) put("tag", labels.tags.get(tag));
  return candidates.reduce<Ranked | undefined>(
    (best, one) => (best !== undefined && one.score <= best.score ? best : one),
    undefined,
  );
}

function idLabel({ id }: RuleSummary, parts: readonly string[]): Label | undefined {
  const [part = ""] = parts;
  const isStart = parts.length === 1 && SHORTEST_ID <= part.length;
  const value = id?.value;
  if (!isStart || value?.toLowerCase().startsWith(part) !== true) return undefined;
  return { text: value, score: SCORE.start };
}

const SCORE = { whole: 100, start: 60, word: 40, inside: 20, scattered: 5 } as const;

/** The mean over the parts; undefined unless each of them is found. */
function scoreOf(text: string, parts: readonly string[]): number | undefined {
  const lower = text.toLowerCase();
  if (parts.length === 0) return 0;
  if (lower === parts.join(" ")) return SCORE.whole;
  let sum = 0;
  for (const part of parts) {
    const score = partScore(lower, part);
    if (score === undefined) return undefined;
    sum += score;
  }
  return sum / parts.length;
}

function partScore(text: string, part: string): number | undefined {
  const at = text.indexOf(part);
  if (at === 0) return SCORE.start;
  if (0 < at) return isWordStart(text, part) ? SCORE.word : SCORE.inside;
  return isScattered(text, part) ? SCORE.scattered : undefined;
}

function isWordStart(text: string, part: string): boolean {
  for (let at = text.indexOf(part); 0 <= at; at = text.indexOf(part, at + 1)) {
    if (/[^a-z0-9]/.test(text.charAt(at - 1))) return true;
  }
  return false;
}

/** Letters in their order, each right behind the one before it or at the beginning of a word: `susnet` in "suspicious network". */
function isScattered(text: string, part: string): boolean {
  const words = wordStarts(text);
  let states: readonly number[] = words.filter((at) => text.charAt(at) === part.charAt(0));
  for (const letter of part.slice(1)) {
    if (states.length === 0) return false;
    const [first = 0] = states;
    const next = new Set(states.map((at) => at + 1).filter((at) => text.charAt(at) === letter));
    for (const at of words) if (first < at && text.charAt(at) === letter) next.add(at);
    states = [...next].sort((a, b) => a - b);
  }
  return 0 < states.length;
}

function wordStarts(text: string): readonly number[] {
  const found: number[] = [];
  let isInside = false;
  for (let at = 0; at < text.length; at++) {
    const isPart = isWordPart(text.charCodeAt(at));
    if (isPart && !isInside) found.push(at);
    isInside = isPart;
  }
  return found;
}

/** Digits, small letters, and what is beyond ASCII. */
function isWordPart(code: number): boolean {
  return (48 <= code && code <= 57) || (97 <= code && code <= 122) || 127 < code;
}
