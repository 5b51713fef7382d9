/** Finds the known names that a misspelt one may have been meant to be. */
import { nameParts } from "./nameParts.ts";
import { type Slip, slipBetween } from "./slip.ts";

export interface NearName {
  readonly name: string;
  readonly slip: Slip;
}

export interface NameIndex {
  /** All names that one slip leads to, in no order. */
  near(name: string): readonly NearName[];
}

/** Cheap comparisons of letters rule most of the thousands of names out before the others are taken apart. */
export function nameIndex(names: Iterable<string>): NameIndex {
  const distinct = [...new Set(names)];
  return {
    near(name) {
      const written = nameParts(name);
      const letters = letterCounts(name);
      const found: NearName[] = [];
      for (const known of distinct) {
        if (!sharesParts(name, known) && !sharesLetters(name, letters, known)) continue;
        const slip = slipBetween(written, nameParts(known));
        if (slip !== undefined) found.push({ name: known, slip });
      }
      return found;
    },
  };
}

/** True if all parts but one may be equal: what differs is one stretch without a dot inside of it. */
function sharesParts(written: string, known: string): boolean {
  const shorter = Math.min(written.length, known.length);
  let start = 0;
  while (start < shorter && written.charCodeAt(start) === known.charCodeAt(start)) start++;
  let end = 0;
  const rest = shorter - start;
  while (
    end < rest &&
    written.charCodeAt(written.length - 1 - end) === known.charCodeAt(known.length - 1 - end)
  )
    end++;
  if (start + end === 0) return false;
  return dotsWithin(written, start, end) <= 1 && dotsWithin(known, start, end) <= 1;
}

const DOT = 46;

/** Dots in what differs; two of them enclose a whole part. */
function dotsWithin(text: string, start: number, end: number): number {
  let dots = 0;
  for (let i = start; i < text.length - end; i++) if (text.charCodeAt(i) === DOT) dots++;
  return dots;
}

const LETTERS = 32;
/** One edit changes the counts by two at most; a separator may stand for another or be missing in several places. */
const MOST_DIFFERENCE = 4;

function letterCounts(name: string): Int8Array {
  const counts = new Int8Array(LETTERS);
  for (let i = 0; i < name.length; i++) addLetter(counts, name.charCodeAt(i), 1);
  return counts;
}

/** Capital and small letters share a slot. */
function addLetter(counts: Int8Array, code: number, step: 1 | -1): void {
  const slot = code % LETTERS;
  counts[slot] = (counts[slot] ?? 0) + step;
}

function sharesLetters(written: string, letters: Int8Array, known: string): boolean {
  if (MOST_DIFFERENCE < Math.abs(written.length - known.length)) return false;
  const rest = letters.slice();
  for (let i = 0; i < known.length; i++) addLetter(rest, known.charCodeAt(i), -1);
  let difference = 0;
  for (let i = 0; i < LETTERS; i++) difference += Math.abs(rest[i] ?? 0);
  return difference <= MOST_DIFFERENCE;
}
