import { type IToken, type TokenType } from "chevrotain";
import { isA, type SyntaxErrors, tokenEnd } from "../chevrotain.ts";
import * as t from "./tokens.ts";

/** What stands around a token while slips are repaired. */
export interface Place {
  readonly text: string;
  /** All tokens as the lexer made them; the one looked at stands at `index`. */
  readonly tokens: readonly IToken[];
  readonly index: number;
  readonly token: IToken;
  /** The repaired token before it. */
  readonly previous: IToken | undefined;
  /** The one before that. */
  readonly beforePrevious: IToken | undefined;
  readonly next: IToken | undefined;
  /** Among the values in the parentheses after `field:`. */
  readonly isInList: boolean;
  /** Some bracket before it is still open. */
  readonly isInBrackets: boolean;
  readonly errors: SyntaxErrors;
}

/** What is read in place of the token and those after it. */
export interface Repair {
  readonly tokens: readonly IToken[];
  /** How many tokens of the lexer they stand for. */
  readonly taken: number;
  /** Take this many repaired tokens before it back: they are among `tokens` if they stay. */
  readonly undone?: number;
}

export function isType(token: IToken | undefined, ...types: readonly TokenType[]): boolean {
  return token !== undefined && types.includes(token.tokenType);
}

export function isLiteral(token: IToken | undefined): boolean {
  return isA(token, t.Literal);
}

export function isOperator(token: IToken | undefined): boolean {
  return isA(token, t.Operator);
}

export function endsOperand(token: IToken | undefined): boolean {
  return isLiteral(token) || isType(token, t.RParen, t.RBrace);
}

/** Nothing stands between the two. */
export function areAdjacent(left: IToken | undefined, right: IToken | undefined): boolean {
  return left !== undefined && right !== undefined && tokenEnd(left) === right.startOffset;
}
