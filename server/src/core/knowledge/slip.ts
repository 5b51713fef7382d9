/** How a written field name can have come from a known one: by a slip of the fingers, or by a part that is wrong, missing or too many. */
import { distance } from "fastest-levenshtein";
import { type NameParts } from "./nameParts.ts";
import { partSlip } from "./partSlip.ts";

/**
 * `letters`: a few letters of a part, or their case. `separator`: a dot that is missing, too many or another sign.
 * `wrong-part`, `missing-part`, `extra-part`: one part of the name is another one, is left out, or should not be there.
 */
export type SlipKind = "letters" | "separator" | "wrong-part" | "missing-part" | "extra-part";

export interface Slip {
  readonly kind: SlipKind;
  /** Letters that differ; for parts, how unlike the two parts are, from 0 to 1. */
  readonly edits: number;
  /** The names may as well be two. */
  readonly isWeak: boolean;
}

/** Undefined if the names are equal or have too little in common. */
export function slipBetween(written: NameParts, known: NameParts): Slip | undefined {
  if (written.name === known.name) return undefined;
  if (withoutSeparators(written.name) === withoutSeparators(known.name))
    return { kind: "separator", edits: 1, isWeak: false };
  const difference = known.parts.length - written.parts.length;
  if (difference === 0) return slipInParts(written.parts, known.parts);
  if (difference === 1 && lacksOne(written.parts, known.parts))
    return { kind: "missing-part", edits: 1, isWeak: true };
  if (difference === -1 && lacksOne(known.parts, written.parts))
    return { kind: "extra-part", edits: 1, isWeak: true };
  return undefined;
}

function withoutSeparators(name: string): string {
  return name.replace(/[._-]/g, "").toLowerCase();
}

function slipInParts(written: readonly string[], known: readonly string[]): Slip | undefined {
  const rightLetters = known.filter((part, i) => part === written[i]).join("").length;
  const differing = known.flatMap((part, i) => (part === written[i] ? [] : [i]));
  const slips = differing.map((i) =>
    partSlip(written[i] ?? "", known[i] ?? "", { rightLetters, isLast: 0 < i && i === known.length - 1 }),
  );
  const found = slips.filter((slip) => slip !== undefined);
  const edits = found.reduce((sum, slip) => sum + slip.edits, 0);
  if (found.length === slips.length && edits <= MOST_EDITS) {
    return { kind: "letters", edits, isWeak: found.some(({ isWeak }) => isWeak) };
  }
  // Two parts that are not even near are two names.
  if (1 < differing.length || known.length < 2) return undefined;
  return { kind: "wrong-part", edits: unlikeness(written, known), isWeak: true };
}

const MOST_EDITS = 2;

function unlikeness(written: readonly string[], known: readonly string[]): number {
  const at = known.findIndex((part, i) => part !== written[i]);
  const [part = "", other = ""] = [known[at], written[at]];
  return distance(part, other) / Math.max(part.length, other.length, 1);
}

/** True if leaving out one part of `longer` gives `shorter`. */
function lacksOne(shorter: readonly string[], longer: readonly string[]): boolean {
  let at = 0;
  while (at < shorter.length && shorter[at] === longer[at]) at++;
  return shorter.slice(at).every((part, i) => part === longer[at + 1 + i]);
}
