import { type IToken, type TokenType } from "chevrotain";
import { spanOf } from "../../text/span.ts";
import { type SyntaxErrors, tokenEnd, tokenSpan } from "../chevrotain.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import { isType } from "./place.ts";
import * as t from "./tokens.ts";

/** Deeper nesting is refused: no author writes it, and parsers would run out of stack. */
const MOST_LEVELS = 100;

const OPENERS: ReadonlyMap<TokenType, TokenType> = new Map([
  [t.RParen, t.LParen],
  [t.RBrace, t.LBrace],
]);

/**
 * Makes brackets pair as the grammar will pair them: drops closing ones that close nothing, and cuts what is nested
 * too deeply. Brackets that stay open are told when the tree is built.
 */
export function balanceBrackets(tokens: readonly IToken[], errors: SyntaxErrors): readonly IToken[] {
  const kept: IToken[] = [];
  const open: TokenType[] = [];
  let isDeepReported = false;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    const opener = OPENERS.get(token.tokenType);
    if (opener !== undefined && !open.includes(opener)) {
      reportUnopened(token, errors);
      continue;
    }
    if (opener !== undefined) open.length = open.lastIndexOf(opener);
    kept.push(token);
    if (!isType(token, t.LParen, t.LBrace)) continue;
    open.push(token.tokenType);
    if (open.length <= MOST_LEVELS) continue;
    const end = indexOfClosing(tokens, i);
    const closing = tokens[end];
    if (!isDeepReported)
      errors.report(tokenSpan(token), `Nested too deeply: more than ${MOST_LEVELS} levels`);
    errors.silence(spanOf(token.startOffset, closing === undefined ? Infinity : tokenEnd(closing)));
    isDeepReported = true;
    i = end - 1;
  }
  return kept;
}

function reportUnopened(token: IToken, errors: SyntaxErrors): void {
  const span = tokenSpan(token);
  const opening = token.tokenType === t.RParen ? "(" : "{";
  const fix = asGuess(replaceWith(span, "", "Remove it"));
  errors.report(span, `No ${opening} stands before this ${token.image}`, [fix]);
}

/** The index of the bracket that closes the one at `from`, or the number of tokens. */
function indexOfClosing(tokens: readonly IToken[], from: number): number {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    if (isType(tokens[i], t.LParen, t.LBrace)) depth++;
    if (isType(tokens[i], t.RParen, t.RBrace)) depth--;
    if (depth === 0) return i;
  }
  return tokens.length;
}
