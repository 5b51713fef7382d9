import { distance } from "fastest-levenshtein";

/** How many letters must be put in, left out or replaced to make one word of the other. */
export function spellingDistance(first: string, second: string): number {
  return distance(first, second);
}
