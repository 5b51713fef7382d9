/** A regular expression of Lucene as a tree. */

/** Code points from the first to the last, both included. */
export type CharacterRange = readonly [first: number, last: number];

export type RegexNode =
  | { readonly kind: "set"; readonly ranges: readonly CharacterRange[] }
  | { readonly kind: "sequence" | "union" | "intersection"; readonly items: readonly RegexNode[] }
  | { readonly kind: "complement"; readonly item: RegexNode }
  | {
      readonly kind: "repeat";
      readonly item: RegexNode;
      readonly least: number;
      /** Undefined: without limit. */
      readonly most: number | undefined;
    };

export const LAST_CHARACTER = 0x10ffff;

export const ANY_CHARACTER: RegexNode = { kind: "set", ranges: [[0, LAST_CHARACTER]] };

export const ANY_TEXT: RegexNode = { kind: "repeat", item: ANY_CHARACTER, least: 0, most: undefined };

export function characterOf(code: number): RegexNode {
  return { kind: "set", ranges: [[code, code]] };
}

/** `item` so many times. `(a?)*` is `a*`: however many marks follow each other, one repetition is all there is. */
export function repeated(item: RegexNode, least: number, most: number | undefined): RegexNode {
  if (item.kind !== "repeat" || !isPlain(item.least, item.most) || !isPlain(least, most)) {
    return { kind: "repeat", item, least, most };
  }
  const isNever = most === 0 || item.most === 0;
  const isEndless = !isNever && (most === undefined || item.most === undefined);
  const endOf = isEndless ? undefined : isNever ? 0 : 1;
  return { kind: "repeat", item: item.item, least: least * item.least, most: endOf };
}

/** Such ones multiply without a gap between the least and the most. */
function isPlain(least: number, most: number | undefined): boolean {
  return least <= 1 && (most === undefined || most <= 1);
}

/** Sorted, and joined where they touch. */
export function unionOfRanges(ranges: readonly CharacterRange[]): readonly CharacterRange[] {
  const joined: [number, number][] = [];
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const before = joined.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  return joined;
}

export function complementOfRanges(ranges: readonly CharacterRange[]): readonly CharacterRange[] {
  const gaps: CharacterRange[] = [];
  let next = 0;
  for (const [first, last] of unionOfRanges(ranges)) {
    if (next < first) gaps.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= LAST_CHARACTER) gaps.push([next, LAST_CHARACTER]);
  return gaps;
}
