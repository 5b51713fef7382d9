import { type IToken } from "chevrotain";
import { distance } from "fastest-levenshtein";
import { type Span, spanOf } from "../../text/span.ts";
import { isA, tokenEnd } from "../chevrotain.ts";
import { asGuess, insertAt } from "../fixes.ts";
import { type QuerySyntaxError } from "../language.ts";
import { EVENT_OPENERS, isType, SERIES_KEYWORDS } from "./tokenRoles.ts";
import * as t from "./tokens.ts";

/** How queries of other languages begin, told from the first token on. */
const BEGINNINGS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["ES|QL", /^from\s+(?!where\b)[\w"`*.:<{-]/i],
  ["ES|QL", /^(?:row\s+\w+\s*=|show\s+info\b|ts\s+\S+\s*\|)/i],
  ["SQL", /^select\s[^]*\sfrom\s/i],
  ["SPL", /^(?:search\s+)?(?:index|sourcetype|eventtype)\s*=(?!=)/i],
  [
    "SPL",
    /^(?:\|\s*(?:tstats|from|inputlookup|makeresults|search|datamodel)\b|`\w+(?:\([^`]*\))?`\s+\w+\s*=(?!=))/i,
  ],
  ["Kusto", /^\w+\s*\|\s*(?:where|extend|project|summarize|join|take|union)\b/i],
  [
    "Sigma",
    /^(?:title|id|name|logsource|detection|selection\w*|condition)[ \t]*:[^\n"(]*\n[^"]*?^[ \t]*[\w|]+:(?:\s|$)/im,
  ],
];

/**
 * What tells, on its first word, that the text is a query of another language. Only a text that does not begin as
 * EQL can be one, and then nothing else is worth a word. `isRight` says whether a text is right EQL.
 */
export function foreignQuery(
  text: string,
  tokens: readonly IToken[],
  isRight: (text: string) => boolean,
): QuerySyntaxError | undefined {
  const [first] = tokens;
  if (first === undefined || beginsAsEql(tokens)) return undefined;
  const rest = text.slice(first.startOffset);
  const name = BEGINNINGS.find(([, pattern]) => pattern.test(rest))?.[0];
  if (name !== undefined) {
    const span = spanOf(first.startOffset, tokenEnd(first));
    return { span, message: `This reads like ${name}, not EQL`, fixes: [] };
  }
  const field = kqlField(tokens);
  if (field === undefined) return undefined;
  const message = "This reads like KQL: an EQL query begins with an event category and `where`";
  const fix = insertAt(first.startOffset, "any where ", "Insert `any where`");
  const withCategory = `${text.slice(0, first.startOffset)}any where ${rest}`;
  return { span: field, message, fixes: isRight(withCategory) ? [asGuess(fix)] : [] };
}

function beginsAsEql([first, second]: readonly IToken[]): boolean {
  if (isType(first, t.Any, ...SERIES_KEYWORDS, ...EVENT_OPENERS) || second === undefined) return true;
  const word = second.image.toLowerCase();
  return word.length < 6 && ("where".startsWith(word) || distance(word, "where") < 2);
}

/** The field before the colon with which the first condition begins. */
function kqlField(tokens: readonly IToken[]): Span | undefined {
  if (tokens.some((token) => token.image.toLowerCase() === "where")) return undefined;
  let index = 0;
  while (isType(tokens[index], t.Not, t.LParen) || /^(?:not|!)$/i.test(tokens[index]?.image ?? "")) index++;
  const first = tokens[index];
  if (!isA(first, t.Name) || first === undefined) return undefined;
  while (tokens[index + 1]?.tokenType === t.Dot && isPart(tokens[index + 2])) index += 2;
  const last = tokens[index] ?? first;
  return tokens[index + 1]?.tokenType === t.Colon ? spanOf(first.startOffset, tokenEnd(last)) : undefined;
}

function isPart(token: IToken | undefined): boolean {
  return isA(token, t.Name) || isType(token, t.Star) || t.isKeyword(token?.tokenType ?? t.Stray);
}
