/** Words of a query as one text in which blanks and line breaks do not count. */

/** Word by word: what stands in quotes stays as it is. */
export function joinedWords(words: readonly string[]): string {
  return words.reduce((text, word, i) => text + gap(words[i - 1], word) + word, "");
}

function gap(before: string | undefined, word: string): string {
  if (before === undefined || BINDS_NEXT.has(before) || BINDS_LAST.has(word)) return "";
  const isCall = (word === "(" || word === "[") && /\w$|~$/.test(before) && !KEYWORD.test(before);
  return isCall ? "" : " ";
}

const BINDS_NEXT: ReadonlySet<string> = new Set(["(", "[", ".", "?", "{"]);
const BINDS_LAST: ReadonlySet<string> = new Set([")", "]", ".", ",", ":", "}"]);
const KEYWORD =
  /^(?:and|or|not|in~?|where|by|of|with|until|like~?|regex~?|rlike|as|eval|fork|from|on|row|sort|stats|inline stats)$/i;
