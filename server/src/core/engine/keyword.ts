/** Keywords that are too long are not indexed: no search finds them, in whatever language. */

/** The limit that ECS and the templates of integrations set (`ignore_above`), in characters. */
const LONGEST_KEYWORD = 1024;

export function fitsKeyword(text: string): boolean {
  // Only what is longer in code units can be longer in characters.
  return text.length <= LONGEST_KEYWORD || [...text].length <= LONGEST_KEYWORD;
}
