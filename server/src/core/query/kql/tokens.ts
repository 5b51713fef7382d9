import { createToken, Lexer, type TokenType } from "chevrotain";

/** Groups of tokens that the grammar takes as one. */
const category = (name: string): TokenType => createToken({ name, pattern: Lexer.NA });

export const Literal = category("Literal");
/** Stands between two conditions or values. */
export const Connective = category("Connective");
/** Stands between a field and what is asked of it. */
export const Operator = category("Operator");

function token(name: string, label: string, ...categories: TokenType[]): TokenType {
  return createToken({ name, pattern: Lexer.NA, label, categories });
}

export const And = token("And", "and", Connective);
export const Or = token("Or", "or", Connective);
export const Not = token("Not", "not");
export const Quoted = token("Quoted", "a text in quotes", Literal);
/** Quotes that nothing closes, to the end of their line. */
export const UnclosedQuoted = token("UnclosedQuoted", "a text in quotes", Literal);
export const Unquoted = token("Unquoted", "a text", Literal);
/** A backslash that begins no escape, where a literal could not go on; `repair.ts` makes it part of one. */
export const Backslash = token("Backslash", "\\", Literal);
/** Several tokens that were meant as one literal: the lexer never makes one, `repair.ts` does. */
export const Meant = token("Meant", "a text", Literal);
export const Colon = token("Colon", ":", Operator);
export const Range = token("Range", "<", Operator);
export const LParen = token("LParen", "(");
export const RParen = token("RParen", ")");
export const LBrace = token("LBrace", "{");
export const RBrace = token("RBrace", "}");

export const KQL_TOKENS: readonly TokenType[] = [
  ...[And, Or, Not, Quoted, UnclosedQuoted, Unquoted, Backslash, Meant],
  ...[Colon, Range, LParen, RParen, LBrace, RBrace],
  ...[Literal, Connective, Operator],
];
