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
  return hasOnlyAscii(text) ? text.toLowerCase() : text.replace(CASED, foldCharacter);
}

/** A text is long, and few of its letters are of these. */
const CASED = /[\p{Changes_When_Lowercased}ς]/gu;

/** The sigma at the end of a word counts as the other one. */
export function foldCharacter(character: string): string {
  const lower = character.toLowerCase();
  if (lower.length !== character.length) return character;
  return lower === "ς" ? "σ" : lower;
}

export interface CasedLetter {
  readonly code: number;
  readonly lower: number;
}

/** All letters up to a code point that have another lower-case form. Most blocks of them hold none. */
export function casedLetters(end: number): readonly CasedLetter[] {
  const letters: CasedLetter[] = [];
  for (let start = 0; start < end; start += BLOCK) {
    const codes = Array.from({ length: BLOCK }, (_code, i) => start + i);
    const block = String.fromCodePoint(...codes);
    if (block.toLowerCase() === block) continue;
    for (const code of codes) {
      const lower = foldCharacter(String.fromCodePoint(code)).codePointAt(0) ?? code;
      if (lower !== code) letters.push({ code, lower });
    }
  }
  return letters;
}

const BLOCK = 128;
