/** Which of the near names was probably meant. */
import { type NearName } from "./nearest.ts";
import { type Slip } from "./slip.ts";

export interface RankingContext {
  /** The rule's own schemas have it. */
  readonly isInTargets: (name: string) => boolean;
  /** How often rules use it. */
  readonly useCount: (name: string) => number;
}

/** The best first. */
export function rankedNames(
  written: string,
  near: readonly NearName[],
  { isInTargets, useCount }: RankingContext,
): readonly string[] {
  const scored = near.map(({ name, slip }) => ({
    name,
    score:
      slipCost(slip) +
      (fieldSetOf(name) === fieldSetOf(written) ? 0 : 0.5) -
      (isInTargets(name) ? 0.5 : 0) -
      Math.log2(1 + useCount(name)) / 5,
  }));
  scored.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1));
  return scored.map(({ name }) => name);
}

function slipCost({ kind, edits }: Slip): number {
  switch (kind) {
    case "separator":
    case "letters":
      return edits;
    case "wrong-part":
      return 4 + edits;
    case "missing-part":
    case "extra-part":
      return 5.5;
  }
}

function fieldSetOf(name: string): string {
  return name.slice(0, name.lastIndexOf("."));
}
