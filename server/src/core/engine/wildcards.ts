/** Many patterns at once: each is asked only where a part of it that has no wildcards is found in the text. */
import { compileWildcard, type TextTest } from "./wildcard.ts";

/** What comes next after each code unit; `tests` are of patterns whose part ends here. */
interface Trie {
  readonly next: Map<number, Trie>;
  readonly tests: TextTest[];
}

/** Up to so many, asking one after the other is faster. */
const FEW = 4;

export function compileWildcards(patterns: readonly string[]): TextTest {
  const all = [...new Set(patterns)];
  const [first] = all;
  if (all.length <= FEW) {
    const tests = all.map(compileWildcard);
    return first !== undefined && tests.length === 1 ? compileWildcard(first) : (text) => some(tests, text);
  }
  const [starts, ends, inner] = [emptyTrie(), emptyTrie(), emptyTrie()];
  const others: TextTest[] = [];
  for (const pattern of all) {
    const test = compileWildcard(pattern);
    const parts = pattern.split(/[*?]/);
    const [start = "", end = ""] = [parts[0], parts.at(-1)];
    const longest = parts.reduce((most, part) => (most.length < part.length ? part : most), "");
    if (end !== "" && start.length <= end.length) add(ends, [...units(end)].reverse(), test);
    else if (start !== "") add(starts, units(start), test);
    else if (longest !== "") add(inner, units(longest), test);
    else others.push(test);
  }
  const hasInner = 0 < inner.next.size;
  const isFirst = firstUnits(inner);
  return (text) => {
    if (matchesBackward(ends, text) || matchesForward(starts, text, 0) || some(others, text)) return true;
    if (!hasInner) return false;
    for (let at = 0; at < text.length; at++) {
      if (isFirst[text.charCodeAt(at) & FIRST_MASK] === 1 && matchesForward(inner, text, at)) return true;
    }
    return false;
  };
}

function some(tests: readonly TextTest[], text: string): boolean {
  for (const test of tests) if (test(text)) return true;
  return false;
}

function emptyTrie(): Trie {
  return { next: new Map(), tests: [] };
}

function units(text: string): readonly number[] {
  return Array.from({ length: text.length }, (_unit, i) => text.charCodeAt(i));
}

function add(trie: Trie, path: readonly number[], test: TextTest): void {
  let node = trie;
  for (const unit of path) {
    let next = node.next.get(unit);
    if (next === undefined) {
      next = emptyTrie();
      node.next.set(unit, next);
    }
    node = next;
  }
  node.tests.push(test);
}

const FIRST_MASK = 0xff;

/** A quick look at whether a part may begin with a code unit: units that differ by a multiple of 256 share a place. */
function firstUnits({ next }: Trie): Uint8Array {
  const table = new Uint8Array(FIRST_MASK + 1);
  for (const unit of next.keys()) table[unit & FIRST_MASK] = 1;
  return table;
}

function matchesForward(trie: Trie, text: string, from: number): boolean {
  let node = trie.next.get(text.charCodeAt(from));
  for (let at = from + 1; node !== undefined; at++) {
    if (some(node.tests, text)) return true;
    node = node.next.get(text.charCodeAt(at));
  }
  return false;
}

function matchesBackward(trie: Trie, text: string): boolean {
  let node = trie.next.get(text.charCodeAt(text.length - 1));
  for (let at = text.length - 2; node !== undefined; at--) {
    if (some(node.tests, text)) return true;
    node = node.next.get(text.charCodeAt(at));
  }
  return false;
}
