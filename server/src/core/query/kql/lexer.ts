/**
 * Tokens of KQL. What a text is depends on what stands before it: a literal goes on over blanks until something ends
 * it, and `and` is a connective only after an operand and with white space on both sides. So the lexer is written by
 * hand. It takes every text, in one pass.
 */
import { type IToken, type TokenType } from "chevrotain";
import { tokenOf } from "../chevrotain.ts";
import { UNQUOTED_ESCAPE } from "./literals.ts";
import * as t from "./tokens.ts";

/** `place` is what stood before the text: after an operand, `and` and `or` are connectives. */
export function kqlTokens(text: string): readonly IToken[] {
  const tokens: IToken[] = [];
  let at = 0;
  let isAfterOperand = false;
  while (at < text.length) {
    const start = skipBlanks(text, at);
    if (start === text.length) break;
    const type = typeAt(text, start, isAfterOperand && at < start);
    const end = endOf(text, start, type);
    tokens.push(tokenOf(type, text.slice(start, end), start));
    isAfterOperand = ENDS_OPERAND.has(type);
    at = end;
  }
  return tokens;
}

/** A literal without quotes up to what ends it, without the white space at its end. */
export function endOfUnquoted(text: string, start: number): number {
  let at = start;
  let end = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isBlankCode(code)) {
      const next = skipBlanks(text, at);
      if (connectiveAt(text, next) !== undefined) break;
      at = next;
      continue;
    }
    if (code === BACKSLASH) {
      const length = escapeLength(text, at);
      if (length === 0) break;
      at += length;
    } else if (SPECIAL_CODES.has(code) || isNotAt(text, at)) break;
    else at++;
    end = at;
  }
  return end;
}

/** White space as Kibana's grammar has it; more than that is text. */
export function isBlankAt(text: string, at: number): boolean {
  return at < text.length && isBlankCode(text.charCodeAt(at));
}

const ENDS_OPERAND: ReadonlySet<TokenType> = new Set([
  t.Quoted,
  t.UnclosedQuoted,
  t.Unquoted,
  t.Backslash,
  t.RParen,
  t.RBrace,
]);

const SIGNS: ReadonlyMap<string, TokenType> = new Map([
  ["(", t.LParen],
  [")", t.RParen],
  ["{", t.LBrace],
  ["}", t.RBrace],
  [":", t.Colon],
  ["<", t.Range],
  [">", t.Range],
]);

/** What ends a literal; a star does not, it is a wildcard. */
const SPECIAL_CODES: ReadonlySet<number> = new Set([...'():<>"{}'].map((sign) => sign.charCodeAt(0)));
const BACKSLASH = 0x5c;

function typeAt(text: string, at: number, mayConnect: boolean): TokenType {
  const sign = text.charAt(at);
  if (sign === '"') return endOfQuoted(text, at) === undefined ? t.UnclosedQuoted : t.Quoted;
  const punctuation = SIGNS.get(sign);
  if (punctuation !== undefined) return punctuation;
  if (sign === "\\" && escapeLength(text, at) === 0) return t.Backslash;
  if (isNotAt(text, at)) return t.Not;
  return (mayConnect ? connectiveAt(text, at) : undefined) ?? t.Unquoted;
}

function endOf(text: string, start: number, type: TokenType): number {
  switch (type) {
    case t.Quoted:
      return endOfQuoted(text, start) ?? text.length;
    case t.UnclosedQuoted:
      return endOfLine(text, start);
    case t.Unquoted:
      return endOfUnquoted(text, start);
    case t.And:
    case t.Not:
      return start + 3;
    case t.Or:
      return start + 2;
    case t.Range:
      return text.charAt(start + 1) === "=" ? start + 2 : start + 1;
    default:
      return start + 1;
  }
}

/** After the closing quote; a backslash takes a backslash or quote with it. */
function endOfQuoted(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') return at + 1;
    if (sign === "\\" && (text[at + 1] === "\\" || text[at + 1] === '"')) at++;
  }
  return undefined;
}

function endOfLine(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && text[end] !== "\n" && text[end] !== "\r") end++;
  while (start + 1 < end && isBlankAt(text, end - 1)) end--;
  return end;
}

/** The connective that begins here, with white space after it. */
function connectiveAt(text: string, at: number): TokenType | undefined {
  if (isWordAt(text, at, "and") && isBlankAt(text, at + 3)) return t.And;
  return isWordAt(text, at, "or") && isBlankAt(text, at + 2) ? t.Or : undefined;
}

/** `not` ends a literal even in the middle of a word. */
function isNotAt(text: string, at: number): boolean {
  return isWordAt(text, at, "not") && isBlankAt(text, at + 3);
}

function isWordAt(text: string, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    // Of ASCII letters the lower-case one has this bit beside the other's.
    if ((text.charCodeAt(at + i) | 0x20) !== word.charCodeAt(i)) return false;
  }
  return true;
}

function escapeLength(text: string, at: number): number {
  UNQUOTED_ESCAPE.lastIndex = at;
  return UNQUOTED_ESCAPE.exec(text)?.[0].length ?? 0;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlankCode(text.charCodeAt(at))) at++;
  return at;
}

function isBlankCode(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0xa0;
}
