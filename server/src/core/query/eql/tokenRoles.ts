/** What part a token can play, judged by itself and the one beside it. */
import { type IToken, type TokenType } from "chevrotain";
import { isA } from "../chevrotain.ts";
import * as t from "./tokens.ts";

export const SERIES_KEYWORDS: readonly TokenType[] = [t.Sequence, t.Sample, t.Join];
export const EVENT_OPENERS: readonly TokenType[] = [t.LBracket, t.MissingOpen];

const LITERAL_WORDS: readonly TokenType[] = [t.True, t.False, t.Null];
const PREFIXED: readonly TokenType[] = [t.LParen, t.Question, t.Not, ...LITERAL_WORDS];

export function isType(token: IToken | undefined, ...types: readonly TokenType[]): boolean {
  return token !== undefined && types.includes(token.tokenType);
}

export function endsOperand(token: IToken | undefined): boolean {
  if (token === undefined) return false;
  return (
    isA(token, t.Name) || isListItem(token) || isType(token, t.RParen, t.RBracket) || isLiteralWord(token)
  );
}

export function startsOperand(token: IToken | undefined): boolean {
  return isType(token, ...PREFIXED) || isA(token, t.Name) || isListItem(token);
}

/** A value as lists hold it. */
export function isListItem(token: IToken | undefined): boolean {
  return isA(token, t.Text) || isA(token, t.NumberLiteral);
}

export function isLiteralWord(token: IToken | undefined): boolean {
  return isType(token, ...LITERAL_WORDS);
}

/** `in`, `:`, `like` and `regex`, after which a list may stand. */
export function isPredicate(token: IToken | undefined): boolean {
  return isA(token, t.Negatable) && !isA(token, t.Comparison);
}

/** `and` and `or`. */
export function isLogical(token: IToken | undefined): boolean {
  return isType(token, t.And, t.Or);
}
