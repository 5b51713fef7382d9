/**
 * Runs a regular expression over texts, one step for each character: which nodes of its program are reached after a
 * text is found out once, and kept for all texts that lead there.
 */
import { foldCharacter } from "./fold.ts";
import { type Folding } from "./pattern.ts";
import { ACCEPT, ACCEPT_ANY, classAt, NOWHERE, type RegexProgram } from "./regexProgram.ts";
import { type TextTest } from "./wildcard.ts";
import { spend, type Work } from "./work.ts";

interface State {
  /** Those that are reached and have a set, in ascending order. */
  readonly nodes: Int32Array;
  readonly isAccepting: boolean;
  /** Whatever comes, it stays as it is. */
  readonly isFinal: boolean;
  /** By the class of the next character, as far as it is known. */
  readonly next: (State | undefined)[];
  /** The next one with the same hash. */
  readonly sameHash: State | undefined;
}

/** Does the whole text match? The program must be of a tree that was read with the same folding. */
export function automatonTest(program: RegexProgram, folding: Folding, work: Work): TextTest {
  const { sets, next, other, classStarts, nodeCount } = program;
  const classOf = classReader(classStarts, folding);
  /** The classes of characters, 256 to a page. */
  const pages: (Int32Array | undefined)[] = [];
  const reached = new Int32Array(nodeCount);
  /** In which run each node was reached last. */
  const seen = new Float64Array(nodeCount);
  const pending: number[] = [];
  let run = 0;
  let states = new Map<number, State>();
  let held = 0;
  let start: State | undefined;

  function test(text: string): boolean {
    if (!spend(work, text.length >> 2)) return false;
    let state = (start ??= startState());
    for (let at = 0; at < text.length && !state.isFinal; at++) {
      const unit = text.charCodeAt(at);
      const code = unit < 0xd800 || 0xdfff < unit ? unit : (text.codePointAt(at) ?? unit);
      if (0xffff < code) at++;
      const page = pages[code >>> 8] ?? addPage(code >>> 8);
      const classIndex = page[code & 0xff] ?? 0;
      const known = state.next[classIndex];
      state = known ?? after(state, classIndex);
      if (known === undefined && work.left < 0) return false;
    }
    return state.isAccepting;
  }

  function addPage(index: number): Int32Array {
    spend(work, UNITS_PER_PAGE);
    const page = Int32Array.from({ length: 0x100 }, (_class, i) => classOf(index * 0x100 + i));
    pages[index] = page;
    return page;
  }

  function startState(): State {
    run++;
    return stateOf(follow(program.start, 0));
  }

  function after(state: State, classIndex: number): State {
    run++;
    let count = 0;
    for (const node of state.nodes) {
      if (includes(sets[node], classIndex)) count = follow(next[node] ?? NOWHERE, count);
    }
    spend(work, state.nodes.length);
    const isFull = MOST_HELD < held;
    if (isFull) forget();
    const found = stateOf(count);
    if (!isFull) state.next[classIndex] = found;
    return found;
  }

  /** Adds what is reached from a node without a further character; returns how many there are now. */
  function follow(from: number, count: number): number {
    let steps = 0;
    pending.push(from);
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      steps++;
      if (node === NOWHERE || seen[node] === run) continue;
      seen[node] = run;
      if (node === ACCEPT || node === ACCEPT_ANY) continue;
      if (sets[node] !== undefined) reached[count++] = node;
      else pending.push(other[node] ?? NOWHERE, next[node] ?? NOWHERE);
    }
    spend(work, steps);
    return count;
  }

  function stateOf(count: number): State {
    if (seen[ACCEPT_ANY] === run) return ACCEPTED;
    const isAccepting = seen[ACCEPT] === run;
    if (count === 0 && !isAccepting) return REFUSED;
    sort(count);
    const hash = hashOf(reached, count);
    const first = states.get(hash);
    for (let state = first; state !== undefined; state = state.sameHash) {
      if (state.isAccepting === isAccepting && areSame(state.nodes, reached, count)) return state;
    }
    spend(work, UNITS_PER_STATE + 2 * count + (classStarts.length >> 3));
    held += SIZE_OF_STATE + count + classStarts.length;
    const nodes = reached.slice(0, count);
    const state: State = { nodes, isAccepting, isFinal: false, next: noneOf(classStarts), sameHash: first };
    states.set(hash, state);
    return state;
  }

  function sort(count: number): void {
    for (let i = 1; i < count; i++) {
      if ((reached[i - 1] ?? 0) <= (reached[i] ?? 0)) continue;
      spend(work, count * UNITS_PER_SORTED);
      reached.subarray(0, count).sort();
      return;
    }
  }

  function forget(): void {
    states = new Map();
    held = 0;
    start = undefined;
  }

  return test;
}

const UNITS_PER_PAGE = 1000;
const UNITS_PER_SORTED = 12;
const UNITS_PER_STATE = 100;
const SIZE_OF_STATE = 20;
/** Numbers and references that are kept before all is found out anew. */
const MOST_HELD = 500_000;

const REFUSED: State = {
  nodes: new Int32Array(),
  isAccepting: false,
  isFinal: true,
  next: [],
  sameHash: undefined,
};
const ACCEPTED: State = { ...REFUSED, isAccepting: true };

function classReader(classStarts: Int32Array, folding: Folding): (code: number) => number {
  switch (folding) {
    case "exact":
      return (code) => classAt(classStarts, code);
    case "ascii":
      return (code) => classAt(classStarts, 0x41 <= code && code <= 0x5a ? code + 0x20 : code);
    case "unicode":
      return (code) => classAt(classStarts, foldCharacter(String.fromCodePoint(code)).codePointAt(0) ?? code);
  }
}

function noneOf(classStarts: Int32Array): (State | undefined)[] {
  return new Array<State | undefined>(classStarts.length).fill(undefined);
}

/** Is the class in one of the pairs of a first and a last one, which stand in order? */
function includes(pairs: Int32Array | undefined, classIndex: number): boolean {
  if (pairs === undefined) return false;
  let low = 0;
  let high = pairs.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pairs[2 * middle + 1] ?? 0) < classIndex) low = middle + 1;
    else high = middle;
  }
  return 2 * low < pairs.length && (pairs[2 * low] ?? 0) <= classIndex;
}

function hashOf(numbers: Int32Array, count: number): number {
  let hash = count;
  for (let i = 0; i < count; i++) hash = Math.imul(hash ^ (numbers[i] ?? 0), 0x01000193);
  return hash;
}

function areSame(known: Int32Array, numbers: Int32Array, count: number): boolean {
  if (known.length !== count) return false;
  for (let i = 0; i < count; i++) if (known[i] !== numbers[i]) return false;
  return true;
}
