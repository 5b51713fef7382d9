/** Seeded mistakes in names of fields, as hands make them. */
import { type Random } from "../support/random.ts";

export type Mistake = "drop" | "double" | "swap" | "segment";

const MISTAKES = ["drop", "double", "swap", "segment"] as const;

export interface Misspelling {
  readonly mistake: Mistake;
  readonly written: string;
}

/** Undefined where the mistake does not change the name, or cannot be made in it. `segments` are parts of other names. */
export function misspelling(
  name: string,
  segments: readonly [string, ...string[]],
  random: Random,
): Misspelling | undefined {
  const mistake = random.pick(MISTAKES);
  const written =
    mistake === "segment" ? wrongSegment(name, segments, random) : wrongLetter(name, mistake, random);
  return written === undefined || written === name ? undefined : { mistake, written };
}

function wrongSegment(
  name: string,
  segments: readonly [string, ...string[]],
  random: Random,
): string | undefined {
  const parts = name.split(".");
  if (parts.length < 2) return undefined;
  parts[random.below(parts.length)] = random.pick(segments);
  return parts.join(".");
}

function wrongLetter(name: string, mistake: Mistake, random: Random): string | undefined {
  const at = random.below(name.length);
  const [letter, next] = [name.charAt(at), name.charAt(at + 1)];
  if (!/[A-Za-z]/.test(letter)) return undefined;
  switch (mistake) {
    case "drop":
      return name.slice(0, at) + name.slice(at + 1);
    case "double":
      return name.slice(0, at) + letter + name.slice(at);
    default:
      return /[A-Za-z]/.test(next) ? name.slice(0, at) + next + letter + name.slice(at + 2) : undefined;
  }
}
