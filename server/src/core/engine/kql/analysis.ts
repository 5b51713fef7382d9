/** Texts as Elasticsearch's standard analyser splits them: words in lower case, without what stands between them. */

/** The words of a text, in order. */
export function wordsOf(text: string): readonly string[] {
  return (text.match(WORD) ?? []).map((word) => word.toLowerCase());
}

/** Whether one of the words is one of the text's. */
export function holdsAnyWord(text: readonly string[], words: readonly string[]): boolean {
  return words.some((word) => text.includes(word));
}

/** Whether the words stand in the text one after the other; no words stand nowhere. */
export function holdsPhrase(text: readonly string[], words: readonly string[]): boolean {
  const [first] = words;
  if (first === undefined) return false;
  for (let at = text.indexOf(first); at !== -1; at = text.indexOf(first, at + 1)) {
    if (words.every((word, i) => text[at + i] === word)) return true;
  }
  return false;
}

const LETTER = "\\p{L}\\p{M}\\p{Nl}";
const DIGIT = "\\p{Nd}";
const INSIDE = `[${LETTER}${DIGIT}_]`;

/**
 * After Unicode's rules of word breaks: letters, digits and `_` stay together; a point or apostrophe joins letters and
 * digits, a colon letters, a comma or semicolon digits. Signs of Han and Hiragana stand alone.
 */
const WORD = new RegExp(
  `[\\p{Script=Han}\\p{Script=Hiragana}]|(?:(?![\\p{Script=Han}\\p{Script=Hiragana}])(?:${INSIDE}` +
    `|(?<=[${LETTER}])[.:'’·](?=[${LETTER}])|(?<=${DIGIT})[.,;'’](?=${DIGIT})))+`,
  "gu",
);
