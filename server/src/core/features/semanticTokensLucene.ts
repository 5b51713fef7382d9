/** What each word of a Lucene query is, from its form alone. */
import { type LuceneToken, luceneTokens } from "../query/lucene/lexer.ts";
import { textAt } from "../text/span.ts";
import { piecesOf } from "./semanticTokensPieces.ts";
import { type QueryMark, type TokenModifier, markOf } from "./semanticTokensLegend.ts";

const WORD: readonly TokenModifier[] = ["word"];
const UNVERIFIED: readonly TokenModifier[] = ["unverified"];
const WILDCARDS = /(?<escape>\\[^])|(?<wildcard>[*?])/g;
/** In quotes a star is a star. */
const ESCAPES = /(?<escape>\\[^])/g;
const CONSTANTS: ReadonlySet<string> = new Set(["true", "false"]);

export function luceneMarks(text: string): readonly QueryMark[] {
  return luceneTokens(text).flatMap((token) => tokenMarks(text, token));
}

function tokenMarks(text: string, { kind, span }: LuceneToken): readonly QueryMark[] {
  const { start, end } = span;
  switch (kind) {
    case "field":
      return piecesOf(text, markOf(start, end, "property", UNVERIFIED), WILDCARDS);
    case "term": {
      const type = CONSTANTS.has(textAt(text, span)) ? "constant" : "string";
      return piecesOf(text, markOf(start, end, type), WILDCARDS);
    }
    case "phrase":
      return piecesOf(text, markOf(start, end, "string"), ESCAPES);
    case "regex":
      return [markOf(start, end, "regexp")];
    case "word-operator":
      return [markOf(start, end, "operator", WORD)];
    case "number":
    case "keyword":
    case "operator":
      return [markOf(start, end, kind)];
    case "punctuation":
      return [];
  }
}
