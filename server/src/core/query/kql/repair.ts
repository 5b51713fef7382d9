/**
 * Turns tokens into those that the author meant, so that one mistake is one error and what follows is read right.
 * Nothing is changed where Kibana would read on: each slip asks for tokens that no query can have side by side.
 */
import { type IToken } from "chevrotain";
import { type Span, spanOf } from "../../text/span.ts";
import { type SyntaxErrors, tokenSpan } from "../chevrotain.ts";
import { asGuess, insertAt } from "../fixes.ts";
import { brokenText } from "./brokenText.ts";
import { doubledOperator, foreignComparison, lateNot, missingColon } from "./comparisons.ts";
import { comment, quotesInQuotes, valueWithSigns } from "./literalSlips.ts";
import { isType, type Place, type Repair } from "./place.ts";
import * as t from "./tokens.ts";

const SLIPS: readonly ((place: Place) => Repair | undefined)[] = [
  quotesInQuotes,
  comment,
  lateNot,
  foreignComparison,
  valueWithSigns,
  brokenText,
  missingColon,
  doubledOperator,
];

export function repairTokens(
  text: string,
  tokens: readonly IToken[],
  errors: SyntaxErrors,
): readonly IToken[] {
  const swallowed = openQuote(text, tokens, errors);
  const lists: boolean[] = [];
  const repaired: IToken[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined || (swallowed !== undefined && swallowed.start < token.startOffset)) break;
    const place: Place = {
      text,
      tokens,
      index,
      token,
      previous: repaired.at(-1),
      beforePrevious: repaired.at(-2),
      next: tokens[index + 1],
      isInList: lists.at(-1) ?? false,
      isInBrackets: lists.length !== 0,
      errors,
    };
    const repair = repairOf(place);
    if (repair === undefined) {
      trackList(lists, place);
      repaired.push(token);
      continue;
    }
    if (repair.undone !== undefined) repaired.length -= repair.undone;
    for (const meant of repair.tokens) repaired.push(meant);
    index += repair.taken - 1;
  }
  return repaired;
}

function repairOf(place: Place): Repair | undefined {
  for (const slip of SLIPS) {
    const repair = slip(place);
    if (repair !== undefined) return repair;
  }
  return undefined;
}

/** Parentheses after a colon hold values, and so do those inside of them. */
function trackList(lists: boolean[], { token, previous, isInList }: Place): void {
  if (isType(token, t.LParen)) lists.push(isType(previous, t.Colon) || isInList);
  else if (isType(token, t.LBrace)) lists.push(false);
  else if (isType(token, t.RParen, t.RBrace)) lists.pop();
}

/**
 * A quote that nothing closes. It is the last one of the text; but where an earlier text in quotes goes on over a
 * line or a condition, that one lacks its end, and everything after it is read inside out.
 */
function openQuote(text: string, tokens: readonly IToken[], errors: SyntaxErrors): Span | undefined {
  const last = tokens.find(({ tokenType }) => tokenType === t.UnclosedQuoted);
  if (last === undefined) return undefined;
  const message = 'Expected " to close this text';
  const swallowing = tokens.find(
    (token) => isType(token, t.Quoted) && token.startOffset < last.startOffset && SWALLOWED.test(token.image),
  );
  if (swallowing !== undefined) {
    const span = tokenSpan(swallowing);
    errors.reportRoot(span, spanOf(span.start, text.length), message);
    return span;
  }
  const { start, end } = tokenSpan(last);
  const fix = asGuess(insertAt(end, '"', 'Insert "'));
  errors.report(spanOf(start, start + 1), message, [fix]);
  errors.silence(spanOf(start, end));
  return undefined;
}

/** What a text in quotes holds that ends with the opening quote of the next one. */
const SWALLOWED = /[\r\n]|\s(?:and|or)\s+(?:not\s+)?\(?[\w.@-]+\s*:\s*\(?"$|\s(?:and|or)\s+"$/i;
