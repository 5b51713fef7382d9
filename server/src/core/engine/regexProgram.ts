/** A regular expression as a graph, in size proportional to what it repeats and holds. */
import { LAST_CHARACTER, type RegexNode } from "./regexTree.ts";

/**
 * Nodes are numbers. One with a set goes on to `next` over each character of the set. One without goes on to `next`
 * and to `other` at once.
 */
export interface RegexProgram {
  readonly start: number;
  readonly nodeCount: number;
  /** The classes of a node's characters, as pairs of the first and the last one. */
  readonly sets: readonly (Int32Array | undefined)[];
  readonly next: Int32Array;
  readonly other: Int32Array;
  /** Where each class begins: its characters stand in the same sets. */
  readonly classStarts: Int32Array;
}

/** The end of the expression. */
export const ACCEPT = 0;
/** From here on every text is accepted. */
export const ACCEPT_ANY = 1;
export const NOWHERE = -1;

/** How many nodes the program of an expression has, at most. */
export function programSize(node: RegexNode): number {
  switch (node.kind) {
    case "set":
      return 1;
    case "repeat":
      return (1 + programSize(node.item)) * Math.max(1, node.most ?? node.least + 1);
    case "complement":
      return programSize(node.item);
    default:
      return node.items.reduce((sum, item) => sum + programSize(item), node.items.length);
  }
}

/** The tree holds no `complement` and no `intersection`. */
export function programOf(tree: RegexNode): RegexProgram {
  const classStarts = classStartsOf(tree);
  const known = new Map<RegexNode, Int32Array>();
  const sets: (Int32Array | undefined)[] = [undefined, undefined];
  const next = [NOWHERE, NOWHERE];
  const other = [NOWHERE, NOWHERE];

  function add(set: Int32Array | undefined, to: number, orTo: number): number {
    sets.push(set);
    next.push(to);
    other.push(orTo);
    return sets.length - 1;
  }

  /** Where the node begins if `to` comes after it. */
  function enter(node: RegexNode, to: number): number {
    switch (node.kind) {
      case "set":
        return add(classesOf(node), to, NOWHERE);
      case "union":
        return node.items
          .map((item) => enter(item, to))
          .reduceRight((rest, one) => add(undefined, one, rest));
      case "repeat":
        return enterRepeat(node, to);
      case "complement":
        return enter(node.item, to);
      default:
        return node.items.reduceRight((rest, item) => enter(item, rest), to);
    }
  }

  function enterRepeat({ item, least, most }: RegexNode & { kind: "repeat" }, to: number): number {
    let start = most === undefined ? enterLoop(item, to) : to;
    for (let i = least; most !== undefined && i < most; i++) start = add(undefined, enter(item, start), to);
    for (let i = 0; i < least; i++) start = enter(item, start);
    return start;
  }

  function enterLoop(item: RegexNode, to: number): number {
    if (to === ACCEPT && isAny(item)) return ACCEPT_ANY;
    const loop = add(undefined, NOWHERE, to);
    next[loop] = enter(item, loop);
    return loop;
  }

  function classesOf(set: RegexNode & { kind: "set" }): Int32Array {
    const found =
      known.get(set) ??
      Int32Array.from(set.ranges.flatMap((range) => range.map((code) => classAt(classStarts, code))));
    known.set(set, found);
    return found;
  }

  const start = enter(tree, ACCEPT);
  const [nextOf, otherOf] = [Int32Array.from(next), Int32Array.from(other)];
  return { start, nodeCount: sets.length, sets, next: nextOf, other: otherOf, classStarts };
}

function isAny(node: RegexNode): boolean {
  const [range] = node.kind === "set" ? node.ranges : [];
  return range !== undefined && range[0] === 0 && range[1] === LAST_CHARACTER;
}

function classStartsOf(tree: RegexNode): Int32Array {
  const starts = new Set([0]);
  const pending: RegexNode[] = [tree];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === "set") {
      for (const [first, last] of node.ranges) starts.add(first).add(last + 1);
    } else if (node.kind === "repeat" || node.kind === "complement") pending.push(node.item);
    else pending.push(...node.items);
  }
  return Int32Array.from(starts).sort();
}

/** The class of a character. */
export function classAt(classStarts: Int32Array, code: number): number {
  let low = 0;
  let high = classStarts.length;
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if ((classStarts[middle] ?? 0) <= code) low = middle;
    else high = middle;
  }
  return low;
}
