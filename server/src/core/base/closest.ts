import { distance } from "fastest-levenshtein";

/** The candidate that a misspelt word was probably meant to be: same letters in another case, or a few edits away. */
export function closestWord(word: string, candidates: Iterable<string>): string | undefined {
  const allowed = word.length < 4 ? 1 : word.length < 8 ? 2 : 3;
  let best: string | undefined;
  let bestDistance = allowed + 1;
  for (const candidate of candidates) {
    if (candidate.toLowerCase() === word.toLowerCase()) return candidate;
    if (bestDistance <= Math.abs(candidate.length - word.length)) continue;
    const edits = distance(word, candidate);
    if (edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}
