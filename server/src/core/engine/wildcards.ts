/** Many patterns at once: each is asked only where a part of it that has no wildcards is found in the text. */
import { compileWildcard, type TextTest } from "./wildcard.ts";
import { spend, type Work } from "./work.ts";

/** What comes next after each code unit; `ends` are the patterns to ask where the text went this far. */
interface Trie {
  readonly next: Map<number, Trie>;
  readonly ends: Pattern[];
}

interface Pattern {
  readonly test: TextTest;
  /** The number of the question in which it was asked last: twice would be in vain. */
  asked: number;
}

/** Questions are numbered. */
interface Question {
  readonly work: Work;
  number: number;
}

/** Up to so many, asking one after the other is faster. */
const FEW = 4;

export function compileWildcards(texts: readonly string[], work: Work): TextTest {
  const all = [...new Set(texts)];
  const [first] = all;
  if (all.length <= FEW) {
    const tests = all.map((text) => compileWildcard(text, work));
    if (first !== undefined && tests.length === 1) return compileWildcard(first, work);
    return (text) => tests.some((test) => test(text));
  }
  const [starts, ends, inner]: [Entry[], Entry[], Entry[]] = [[], [], []];
  const others: Pattern[] = [];
  for (const text of all) {
    const pattern: Pattern = { test: compileWildcard(text, work), asked: 0 };
    const parts = text.split(/[*?]/);
    const [start = "", end = ""] = [parts[0], parts.at(-1)];
    const longest = parts.reduce((most, part) => (most.length < part.length ? part : most), "");
    if (end !== "" && start.length <= end.length) ends.push({ path: reversed(end), pattern });
    else if (start !== "") starts.push({ path: start, pattern });
    else if (longest !== "") inner.push({ path: longest, pattern });
    else others.push(pattern);
  }
  return searchFor(work, trieOf(starts), trieOf(ends), trieOf(inner), others);
}

function searchFor(work: Work, starts: Trie, ends: Trie, inner: Trie, others: readonly Pattern[]): TextTest {
  const hasInner = 0 < inner.next.size;
  const isFirst = firstUnits(inner);
  const question: Question = { work, number: 0 };
  return (text) => {
    question.number++;
    if (matchesBackward(question, ends, text) || matchesForward(question, starts, text, 0)) return true;
    if (some(question, others, text)) return true;
    if (!hasInner) return false;
    for (let at = 0; at < text.length; at++) {
      if (isFirst[text.charCodeAt(at) & FIRST_MASK] !== 1) continue;
      if (matchesForward(question, inner, text, at)) return true;
      if (work.left < 0) return false;
    }
    return false;
  };
}

function some({ work, number }: Question, patterns: readonly Pattern[], text: string): boolean {
  for (const pattern of patterns) {
    if (pattern.asked === number) continue;
    pattern.asked = number;
    if (!spend(work, UNITS_PER_PATTERN)) return false;
    if (pattern.test(text)) return true;
  }
  return false;
}

const UNITS_PER_PATTERN = 5;
const UNITS_PER_STEP = 3;

interface Entry {
  readonly path: string;
  readonly pattern: Pattern;
}

function reversed(text: string): string {
  return text.split("").reverse().join("");
}

/** Where a path is told from all others it goes no further: asking is cheaper than a trie of all texts. */
function trieOf(all: readonly Entry[]): Trie {
  const root: Trie = { next: new Map(), ends: [] };
  const pending = [{ node: root, entries: all, depth: 0 }];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const { node, entries, depth } = at;
    const isDeepEnough = entries.length === 1 ? ENOUGH <= depth : DEEPEST <= depth;
    const groups = new Map<number, Entry[]>();
    for (const entry of entries) {
      const { path, pattern } = entry;
      const unit = path.charCodeAt(depth);
      if (isDeepEnough || path.length === depth) node.ends.push(pattern);
      else if (groups.get(unit)?.push(entry) === undefined) groups.set(unit, [entry]);
    }
    for (const [unit, group] of groups) {
      const child: Trie = { next: new Map(), ends: [] };
      node.next.set(unit, child);
      pending.push({ node: child, entries: group, depth: depth + 1 });
    }
  }
  return root;
}

/** So many characters are seldom found by chance. */
const ENOUGH = 4;
/** And so many hardly ever, even where several patterns begin with them. */
const DEEPEST = 32;

const FIRST_MASK = 0xff;

/** A quick look at whether a part may begin with a code unit: units that differ by a multiple of 256 share a place. */
function firstUnits({ next }: Trie): Uint8Array {
  const table = new Uint8Array(FIRST_MASK + 1);
  for (const unit of next.keys()) table[unit & FIRST_MASK] = 1;
  return table;
}

function matchesForward(question: Question, trie: Trie, text: string, from: number): boolean {
  let node = trie.next.get(text.charCodeAt(from));
  let at = from + 1;
  for (; node !== undefined; at++) {
    if (node.ends.length !== 0 && some(question, node.ends, text)) return true;
    node = node.next.get(text.charCodeAt(at));
  }
  spend(question.work, (at - from) * UNITS_PER_STEP);
  return false;
}

function matchesBackward(question: Question, trie: Trie, text: string): boolean {
  let node = trie.next.get(text.charCodeAt(text.length - 1));
  let at = text.length - 2;
  for (; node !== undefined; at--) {
    if (node.ends.length !== 0 && some(question, node.ends, text)) return true;
    node = node.next.get(text.charCodeAt(at));
  }
  spend(question.work, (text.length - at) * UNITS_PER_STEP);
  return false;
}
