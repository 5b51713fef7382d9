/** A rule_id for a rule that has none. The core knows no randomness, so it is derived from the rule's text and place. */

/** The form of a random UUID (version 4): the same input gives the same id, and any other input another one. */
export function derivedId(...parts: readonly string[]): string {
  const text = parts.join("\n");
  const words = SEEDS.map((seed) => hash(text, seed).toString(16).padStart(8, "0"));
  const digits = words.join("");
  const variant = "89ab".charAt(Number.parseInt(digits.charAt(16), 16) % 4);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join("-");
}

const SEEDS: readonly number[] = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f];

/** FNV-1a from a seed, its bits mixed at the end. */
function hash(text: string, seed: number): number {
  let state = seed;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x7feb352d);
  state = Math.imul(state ^ (state >>> 15), 0x846ca68b);
  return (state ^ (state >>> 16)) >>> 0;
}
