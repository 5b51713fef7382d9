/** How one part of a written field name can have come from a part of a known one, by a slip of the fingers. */
import { distance } from "fastest-levenshtein";

export interface PartSlip {
  readonly edits: number;
  /** It may as well be another word: one with or without an `s` at its end, or a short last one with a letter more or less. */
  readonly isWeak: boolean;
}

/** Where the part stands: the letters of the parts around it that are right, and whether it is the last. */
export interface PartPlace {
  readonly rightLetters: number;
  readonly isLast: boolean;
}

/** Undefined if the parts are too unlike for their length. Short words are near to many others by chance. */
export function partSlip(written: string, known: string, place: PartPlace): PartSlip | undefined {
  if (written.toLowerCase() === known.toLowerCase()) return { edits: 1, isWeak: false };
  // `param1` and `param2` are two fields, not one and its misspelling.
  if (withoutDigits(written) === withoutDigits(known)) return undefined;
  if (isSwapped(written, known) || isDoubled(written, known)) {
    const isLong = 4 <= known.length || SHORT_REST <= place.rightLetters;
    return isLong && 1 < known.length ? { edits: 1, isWeak: false } : undefined;
  }
  const edits = distance(written, known);
  if (mostEdits(written, known, place) < edits) return undefined;
  const isShort = known.length < 5 && place.isLast;
  return { edits, isWeak: isShort || isPlural(written, known) || isPlural(known, written) };
}

const SHORT_REST = 4;
const LONG_REST = 9;

/**
 * A part of 6 letters may have two mistakes, one of 5 letters one. In one of 4, or in a shorter one of a long name, a
 * letter may be missing or too many, but is not another one: `uid` and `gid` are two fields.
 */
function mostEdits(written: string, known: string, { rightLetters }: PartPlace): number {
  if (5 < known.length) return 2;
  if (known.length === 5) return 1;
  if (known.length === written.length || known.length < 2) return 0;
  return known.length === 4 || LONG_REST <= rightLetters ? 1 : 0;
}

/** `alerts` of `alert`, but not `process` of `proces`. */
function isPlural(many: string, one: string): boolean {
  return many === `${one}s` && !one.endsWith("s");
}

function withoutDigits(text: string): string {
  return text.replace(/\d/g, "");
}

/** Two letters beside each other have changed places. */
function isSwapped(written: string, known: string): boolean {
  if (written.length !== known.length) return false;
  const at = firstDifference(written, known);
  const swapped = `${written.slice(0, at)}${written.charAt(at + 1)}${written.charAt(at)}${written.slice(at + 2)}`;
  return swapped === known;
}

/** A letter stands twice. */
function isDoubled(written: string, known: string): boolean {
  if (written.length !== known.length + 1) return false;
  const at = firstDifference(written, known);
  const isTwice = 0 < at && written.charAt(at) === written.charAt(at - 1);
  return isTwice && written.slice(0, at) + written.slice(at + 1) === known;
}

function firstDifference(written: string, known: string): number {
  let at = 0;
  while (at < known.length && written.charAt(at) === known.charAt(at)) at++;
  return at;
}
