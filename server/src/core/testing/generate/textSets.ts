/**
 * Sets of texts as expressions from which letters can be taken one by one (Brzozowski's derivatives): so that a text can
 * be found that is in some sets and not in others.
 */
import {
  type CharacterRange,
  complementOfRanges,
  LAST_CHARACTER,
  type RegexNode,
  unionOfRanges,
} from "../../engine/regexTree.ts";

/** Equal sets that are written in the same way have the same number. */
export type TextSet = number;

type Shape =
  | { readonly kind: "nothing" | "empty" }
  | { readonly kind: "set"; readonly ranges: readonly CharacterRange[] }
  | { readonly kind: "sequence"; readonly head: TextSet; readonly tail: TextSet }
  | { readonly kind: "union" | "intersection"; readonly items: readonly TextSet[] }
  | { readonly kind: "complement"; readonly item: TextSet }
  | {
      readonly kind: "repeat";
      readonly item: TextSet;
      readonly least: number;
      readonly most: number | undefined;
    };

export interface TextSets {
  readonly of: (node: RegexNode) => TextSet;
  readonly intersection: (items: readonly TextSet[]) => TextSet;
  readonly complement: (item: TextSet) => TextSet;
  readonly hasEmpty: (set: TextSet) => boolean;
  /** What may follow the character. */
  readonly after: (set: TextSet, code: number) => TextSet;
  /** No text at all, as far as that is seen at once. */
  readonly isNothing: (set: TextSet) => boolean;
  /** No text of the set is shorter. */
  readonly leastLength: (set: TextSet) => number;
  /** Characters that make a difference at the start: one of each kind. */
  readonly startingCodes: (set: TextSet) => readonly number[];
}

/** The numbers of one call mean nothing to those of another. */
export function textSets(): TextSets {
  const shapes: Shape[] = [];
  const known = new Map<string, TextSet>();
  const derived = new Map<string, TextSet>();
  const lengths = new Map<TextSet, number>();

  function intern(key: string, shape: Shape): TextSet {
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, shapes.length);
    return shapes.push(shape) - 1;
  }

  const nothing = intern("nothing", { kind: "nothing" });
  const empty = intern("empty", { kind: "empty" });
  const shapeOf = (set: TextSet): Shape => shapes[set] ?? { kind: "nothing" };

  function characters(ranges: readonly CharacterRange[]): TextSet {
    return ranges.length === 0 ? nothing : intern(`set ${ranges.join(" ")}`, { kind: "set", ranges });
  }

  function sequence(head: TextSet, tail: TextSet): TextSet {
    if (head === nothing || tail === nothing) return nothing;
    if (head === empty) return tail;
    if (tail === empty) return head;
    const shape = shapeOf(head);
    if (shape.kind === "sequence") return sequence(shape.head, sequence(shape.tail, tail));
    return intern(`sequence ${head} ${tail}`, { kind: "sequence", head, tail });
  }

  function joined(kind: "union" | "intersection", items: readonly TextSet[]): TextSet {
    const flat = items.flatMap((item) => {
      const shape = shapeOf(item);
      return shape.kind === kind ? shape.items : [item];
    });
    const [neutral, decisive] = kind === "union" ? [nothing, everything()] : [everything(), nothing];
    const distinct = [...new Set(flat)].filter((item) => item !== neutral).toSorted((a, b) => a - b);
    if (distinct.includes(decisive)) return decisive;
    const [only] = distinct;
    if (only === undefined) return neutral;
    return distinct.length === 1 ? only : intern(`${kind} ${distinct.join(" ")}`, { kind, items: distinct });
  }

  function everything(): TextSet {
    return repeat(characters([[0, LAST_CHARACTER]]), 0, undefined);
  }

  function complement(item: TextSet): TextSet {
    const shape = shapeOf(item);
    if (shape.kind === "complement") return shape.item;
    if (item === nothing) return everything();
    return item === everything() ? nothing : intern(`complement ${item}`, { kind: "complement", item });
  }

  function repeat(item: TextSet, least: number, most: number | undefined): TextSet {
    if (most === 0 || item === empty) return empty;
    if (item === nothing) return least === 0 ? empty : nothing;
    if (least === 1 && most === 1) return item;
    return intern(`repeat ${item} ${least} ${most ?? ""}`, { kind: "repeat", item, least, most });
  }

  function of(node: RegexNode): TextSet {
    switch (node.kind) {
      case "set":
        return characters(unionOfRanges(node.ranges));
      case "sequence":
        return node.items.map(of).reduceRight((tail, head) => sequence(head, tail), empty);
      case "complement":
        return complement(of(node.item));
      case "repeat":
        return repeat(of(node.item), node.least, node.most);
      default:
        return joined(node.kind, node.items.map(of));
    }
  }

  function hasEmpty(set: TextSet): boolean {
    const shape = shapeOf(set);
    switch (shape.kind) {
      case "nothing":
      case "set":
        return false;
      case "empty":
        return true;
      case "sequence":
        return hasEmpty(shape.head) && hasEmpty(shape.tail);
      case "union":
        return shape.items.some(hasEmpty);
      case "intersection":
        return shape.items.every(hasEmpty);
      case "complement":
        return !hasEmpty(shape.item);
      case "repeat":
        return shape.least === 0 || hasEmpty(shape.item);
    }
  }

  function after(set: TextSet, code: number): TextSet {
    const key = `${set} ${code}`;
    const found = derived.get(key) ?? afterNew(shapeOf(set), code);
    derived.set(key, found);
    return found;
  }

  function afterNew(shape: Shape, code: number): TextSet {
    switch (shape.kind) {
      case "nothing":
      case "empty":
        return nothing;
      case "set":
        return shape.ranges.some(([first, last]) => first <= code && code <= last) ? empty : nothing;
      case "sequence": {
        const inHead = sequence(after(shape.head, code), shape.tail);
        return hasEmpty(shape.head) ? joined("union", [inHead, after(shape.tail, code)]) : inHead;
      }
      case "union":
      case "intersection":
        return joined(
          shape.kind,
          shape.items.map((item) => after(item, code)),
        );
      case "complement":
        return complement(after(shape.item, code));
      case "repeat": {
        const most = shape.most === undefined ? undefined : shape.most - 1;
        return sequence(after(shape.item, code), repeat(shape.item, Math.max(0, shape.least - 1), most));
      }
    }
  }

  function leastLength(set: TextSet): number {
    const length = lengths.get(set) ?? newLeastLength(shapeOf(set));
    lengths.set(set, length);
    return length;
  }

  function newLeastLength(shape: Shape): number {
    switch (shape.kind) {
      case "nothing":
        return Infinity;
      case "empty":
      case "complement":
        return 0;
      case "set":
        return 1;
      case "sequence":
        return leastLength(shape.head) + leastLength(shape.tail);
      case "union":
        return shape.items.reduce((least, item) => Math.min(least, leastLength(item)), Infinity);
      case "intersection":
        return shape.items.reduce((most, item) => Math.max(most, leastLength(item)), 0);
      case "repeat":
        return shape.least === 0 ? 0 : shape.least * leastLength(shape.item);
    }
  }

  function startingCodes(set: TextSet): readonly number[] {
    const ranges: CharacterRange[] = [];
    collectStarts(set, ranges);
    return oneOfEachKind(ranges);
  }

  function collectStarts(set: TextSet, into: CharacterRange[]): void {
    const shape = shapeOf(set);
    switch (shape.kind) {
      case "set":
        into.push(...shape.ranges);
        return;
      case "sequence":
        collectStarts(shape.head, into);
        if (hasEmpty(shape.head)) collectStarts(shape.tail, into);
        return;
      case "union":
      case "intersection":
        for (const item of shape.items) collectStarts(item, into);
        return;
      case "complement":
        into.push([0, LAST_CHARACTER]);
        collectStarts(shape.item, into);
        return;
      case "repeat":
        collectStarts(shape.item, into);
        return;
      default:
        return;
    }
  }

  return {
    of,
    intersection: (items) => joined("intersection", items),
    complement,
    hasEmpty,
    after,
    isNothing: (set) => set === nothing,
    leastLength,
    startingCodes,
  };
}

/** Readable characters come first. */
const PREFERRED = [..."abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./\\: "].map(
  (character) => character.charCodeAt(0),
);

/** Where ranges overlap, their characters fall into kinds; of each kind the most readable one, and one of no range. */
function oneOfEachKind(ranges: readonly CharacterRange[]): readonly number[] {
  const bounds = new Set<number>();
  for (const [first, last] of ranges) {
    bounds.add(first);
    bounds.add(last + 1);
  }
  const covered = unionOfRanges(ranges);
  const starts = [...bounds].toSorted((a, b) => a - b);
  const chosen: number[] = [];
  for (const [i, start] of starts.entries()) {
    const end = (starts[i + 1] ?? start + 1) - 1;
    if (!covered.some(([first, last]) => first <= start && start <= last)) continue;
    chosen.push(PREFERRED.find((code) => start <= code && code <= end) ?? start);
  }
  const [outside] = complementOfRanges(covered);
  const isAllCovered = outside === undefined;
  if (!isAllCovered) {
    const other = PREFERRED.find((code) => !covered.some(([first, last]) => first <= code && code <= last));
    if (other !== undefined) chosen.push(other);
  }
  return chosen.toSorted((a, b) => rankOf(a) - rankOf(b));
}

function rankOf(code: number): number {
  const rank = PREFERRED.indexOf(code);
  return rank === -1 ? PREFERRED.length + code : rank;
}
