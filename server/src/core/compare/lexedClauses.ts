/** Queries of languages without a parser of ours, by their words: blanks, breaks and comments do not count. */
import { type EsqlToken, type EsqlTokenKind, esqlTokens } from "../query/esql/lexer.ts";
import { luceneTokens } from "../query/lucene/lexer.ts";
import { textAt } from "../text/span.ts";
import { joinedWords } from "./joinedWords.ts";

/** Words of ES|QL that mean the same in any case. */
const CASELESS: ReadonlySet<EsqlTokenKind> = new Set<EsqlTokenKind>([
  "command",
  "keyword",
  "word-operator",
  "constant",
  "function",
  "type",
  "unit",
]);

/** The commands between bars, brackets with bars in them as parts of theirs. */
export function esqlCommands(text: string): readonly string[] {
  const commands: string[][] = [[]];
  let depth = 0;
  for (const token of esqlTokens(text)) {
    if (token.kind === "comment") continue;
    const word = wordOf(text, token);
    if (word === "(") depth++;
    if (word === ")") depth = Math.max(0, depth - 1);
    if (token.kind === "pipe" && depth === 0) commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands.map((words) => joinedWords(words));
}

function wordOf(text: string, { kind, span }: EsqlToken): string {
  const image = textAt(text, span);
  return CASELESS.has(kind) ? image.toLowerCase().replaceAll(/\s+/g, " ") : image;
}

export function luceneText(text: string): string {
  return joinedWords(luceneTokens(text).map(({ span }) => textAt(text, span)));
}
