/** Finds a text that is in all of some sets and in none of others; the shortest one, and of those a readable one. */
import { type RegexNode } from "../../engine/regexTree.ts";
import { type TextSet, textSets } from "./textSets.ts";

/** So many letters are tried at most, each counted for every alternative that it is tried on. */
const MOST_WORK = 1_000_000;
const LONGEST = 4000;

interface Candidate {
  readonly set: TextSet;
  readonly before: Candidate | undefined;
  readonly code: number;
  readonly length: number;
}

/** Undefined if there is none, or none was found in time. */
export function witness(wanted: readonly RegexNode[], unwanted: readonly RegexNode[]): string | undefined {
  const sets = textSets();
  const all = [...wanted.map(sets.of), ...unwanted.map((node) => sets.complement(sets.of(node)))];
  const start = sets.intersection(all);
  const seen = new Set<TextSet>([start]);
  // By the length that a text has at least that goes this way.
  const queues = new Map<number, Candidate[]>();
  const push = (candidate: Candidate): void => {
    const least = candidate.length + sets.leastLength(candidate.set);
    if (LONGEST < least) return;
    const queue = queues.get(least);
    if (queue === undefined) queues.set(least, [candidate]);
    else queue.push(candidate);
  };
  push({ set: start, before: undefined, code: 0, length: 0 });
  const weight = [...wanted, ...unwanted].reduce((sum, node) => sum + alternativeCount(node), 0);
  let work = 0;
  let least = 0;
  while (least <= LONGEST && work < MOST_WORK) {
    const queue = queues.get(least);
    // Of texts of one length the one that has come furthest goes on.
    const next = queue?.pop();
    if (next === undefined) {
      least++;
      continue;
    }
    if (sets.hasEmpty(next.set)) return textOf(next);
    const ways: Candidate[] = [];
    for (const code of sets.startingCodes(next.set)) {
      work += weight;
      const set = sets.after(next.set, code);
      if (sets.isNothing(set) || seen.has(set)) continue;
      seen.add(set);
      ways.push({ set, before: next, code, length: next.length + 1 });
    }
    // The last one goes on first.
    for (const way of ways.reverse()) push(way);
  }
  return undefined;
}

function alternativeCount(node: RegexNode): number {
  switch (node.kind) {
    case "union":
    case "intersection":
      return node.items.reduce((sum, item) => sum + alternativeCount(item), 0);
    case "complement":
    case "repeat":
      return alternativeCount(node.item);
    default:
      return 1;
  }
}

function textOf(last: Candidate): string {
  const codes: number[] = [];
  for (let one = last; one.before !== undefined; one = one.before) codes.push(one.code);
  return String.fromCodePoint(...codes.reverse());
}
