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

export function characterOf(code: number): RegexNode {
  return { kind: "set", ranges: [[code, code]] };
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
