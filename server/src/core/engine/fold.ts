/** Lower-casing in the two ways that searches know. */

const NOT_ASCII = /[^\0-\x7f]/;

export function hasOnlyAscii(text: string): boolean {
  return !NOT_ASCII.test(text);
}

/** A to Z become a to z; other letters stay. */
export function foldAscii(text: string): string {
  return hasOnlyAscii(text)
    ? text.toLowerCase()
    : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Every letter becomes its lower-case form, whatever stands around it, if that has the same length: positions stay. */
export function foldUnicode(text: string): string {
  if (hasOnlyAscii(text)) return text.toLowerCase();
  return Array.from(text, foldCharacter).join("");
}

/** The sigma at the end of a word counts as the other one. */
export function foldCharacter(character: string): string {
  const lower = character.toLowerCase();
  if (lower.length !== character.length) return character;
  return lower === "ς" ? "σ" : lower;
}
