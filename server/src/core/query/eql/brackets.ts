import { type IToken, type TokenType } from "chevrotain";
import { lazy } from "../../base/lazy.ts";
import { type Span, spanOf } from "../../text/span.ts";
import { isA, type SyntaxErrors, tokenEnd, tokenOf, tokenSpan } from "../chevrotain.ts";
import { asGuess, insertAt, replaceWith } from "../fixes.ts";
import { pairedParens, tokenInList } from "./lists.ts";
import { endsOperand, EVENT_OPENERS, isPredicate, isType, SERIES_KEYWORDS } from "./tokenRoles.ts";
import * as t from "./tokens.ts";

/** Deeper nesting is refused: no author writes it, and parsers would run out of stack. */
const MOST_LEVELS = 200;

/** Inside brackets these end whatever is open: they belong to the sequence or to the query. */
const ENDS_EVENT: readonly TokenType[] = [t.Pipe, t.By, t.With, t.Until, t.Maxspan];

/** Whether a whole query is read, in which events stand in brackets, or a condition alone. */
export type Scope = "query" | "condition";

export interface Balance {
  readonly errors: SyntaxErrors;
  readonly tokens: readonly IToken[];
  /** Of the token that is looked at. */
  index: number;
  readonly kept: IToken[];
  readonly open: Open[];
  /** How many `not`s and signs stand just before the next operand. */
  prefixes: number;
  /** Brackets that were given up as unclosed, so that their closing ones may still come. */
  lostParens: number;
  lostBrackets: number;
  isDeepReported: boolean;
  /** The parentheses that pair by their order alone. */
  readonly paired: () => ReadonlySet<IToken>;
  /** `and`s and `or`s between values that have been reported. */
  readonly words: Set<IToken>;
  /** A comma before `and` or `or` that was left out. */
  strayComma: Span | undefined;
}

interface Open {
  readonly type: TokenType;
  readonly token: IToken | undefined;
  /** A parenthesis after `in`, `:`, `like` or `regex` opens a list, one after a name the arguments of a call. */
  readonly role: "list" | "added-list" | "call" | "other";
  /** How many levels it adds: itself and the `not`s and signs before it. */
  readonly levels: number;
  hasComma: boolean;
}

/**
 * Makes brackets pair as the grammar will pair them: drops closing ones that close nothing, adds the `[` that an
 * event lacks, and cuts what is nested too deeply. Brackets that stay open are told by `build.ts`.
 */
export function balanceBrackets(
  tokens: readonly IToken[],
  scope: Scope,
  errors: SyntaxErrors,
): readonly IToken[] {
  const balance: Balance = {
    errors,
    tokens,
    index: 0,
    kept: [],
    open: [],
    prefixes: 0,
    lostParens: 0,
    lostBrackets: 0,
    isDeepReported: false,
    paired: lazy(() => pairedParens(tokens)),
    words: new Set(),
    strayComma: undefined,
  };
  const [first] = tokens;
  const isSeries = scope === "query" && isType(first, ...SERIES_KEYWORDS, ...EVENT_OPENERS);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    const next = tokens[i + 1];
    if (isSeries && opensBareEvent(balance, token, next)) openBareEvent(balance, token);
    balance.index = i;
    const meant = tokenInList(balance, token);
    if (meant === undefined) continue;
    if (isTooDeep(balance, meant)) i = skipTooDeep(balance, tokens, i);
    else take(balance, meant);
  }
  return balance.kept;
}

function take(balance: Balance, token: IToken): void {
  const type = token.tokenType;
  if (type === t.RParen) return closeParen(balance, token);
  if (type === t.RBracket) return closeBracket(balance, token);
  if (ENDS_EVENT.includes(type)) giveUp(balance, 0);
  const around = balance.open.at(-1);
  if (type === t.Comma && around !== undefined) around.hasComma = true;
  if (EVENT_OPENERS.includes(type)) {
    if (EVENT_OPENERS.includes(balance.kept.at(-1)?.tokenType ?? t.Stray)) return dropDoubled(balance, token);
    if (!followsRelation(balance.kept)) giveUp(balance, 0);
  }
  if (type === t.LParen || type === t.IndexOpen || EVENT_OPENERS.includes(type)) push(balance, token);
  else if (isPrefix(balance, token)) balance.prefixes++;
  else if (!isA(token, t.Name)) balance.prefixes = 0;
  balance.kept.push(token);
}

/** A `not` or a sign; after an operand a sign is an operator. */
function isPrefix(balance: Balance, token: IToken): boolean {
  return isA(token, t.Prefix) && !endsOperand(balance.kept.at(-1));
}

function push(balance: Balance, token: IToken): void {
  const type = token.tokenType;
  const role = type === t.LParen ? roleOf(balance.kept.at(-1)) : "other";
  // An event costs the parser about twice the stack of a parenthesis.
  const own = EVENT_OPENERS.includes(type) ? 2 : 1;
  balance.open.push({ type, token, role, levels: own + balance.prefixes, hasComma: false });
  balance.prefixes = 0;
}

function roleOf(previous: IToken | undefined): Open["role"] {
  if (isPredicate(previous)) return "list";
  return isA(previous, t.Name) ? "call" : "other";
}

function closeParen(balance: Balance, token: IToken): void {
  const last = balance.open.at(-1);
  if (last?.type === t.IndexOpen) {
    giveUp(balance, balance.open.length - 1);
    return closeParen(balance, token);
  }
  balance.prefixes = 0;
  if (last?.type === t.LParen) {
    balance.open.pop();
    balance.kept.push(token);
  } else if (0 < balance.lostParens) {
    balance.lostParens--;
    balance.errors.silence(tokenSpan(token));
  } else {
    drop(balance, token, "No ( opens what this ) closes");
  }
}

function closeBracket(balance: Balance, token: IToken): void {
  balance.prefixes = 0;
  const at = balance.open.findLastIndex((open) => open.type !== t.LParen);
  if (0 <= at) {
    giveUp(balance, at + 1);
    balance.open.pop();
    balance.kept.push(token);
  } else if (0 < balance.lostBrackets) {
    balance.lostBrackets--;
    balance.errors.silence(tokenSpan(token));
  } else {
    drop(balance, token, "No [ opens what this ] closes");
  }
}

function drop(balance: Balance, token: IToken, message: string): void {
  const span = tokenSpan(token);
  balance.errors.report(span, message, [asGuess(replaceWith(span, "", `Remove the ${token.image}`))]);
  balance.errors.silence(span);
}

/** `[[process where …`: the first one opens the event. A row of them is one mistake. */
function dropDoubled(balance: Balance, token: IToken): void {
  const span = tokenSpan(token);
  balance.errors.reportGap(span, span, "An event opens with one bracket", [
    replaceWith(span, "", `Remove the ${token.image}`),
  ]);
  balance.lostBrackets++;
}

/** What is open from the given depth on will not be closed. */
function giveUp(balance: Balance, depth: number): void {
  while (depth < balance.open.length) {
    const open = balance.open.pop();
    if (open?.type === t.LParen) balance.lostParens++;
    else balance.lostBrackets++;
  }
}

/** `child of [`. */
function followsRelation(tokens: readonly IToken[]): boolean {
  const isName = tokens.at(-2)?.tokenType === t.Identifier;
  const before = tokens.at(-3)?.tokenType;
  return tokens.at(-1)?.tokenType === t.Of && isName && before !== t.Dot && before !== t.Question;
}

/** `process where` in a sequence without the bracket before it. */
function opensBareEvent(balance: Balance, token: IToken, next: IToken | undefined): boolean {
  if (next?.tokenType !== t.Where) return false;
  if (!isA(token, t.Name) && !isA(token, t.Text) && token.tokenType !== t.Any) return false;
  const previous = balance.kept.at(-1);
  if (previous?.tokenType === t.Dot || previous?.tokenType === t.Question) return false;
  if (balance.open.length === 0) return previous !== undefined;
  return endsOperand(previous) && !EVENT_OPENERS.includes(previous?.tokenType ?? t.Stray);
}

function openBareEvent(balance: Balance, token: IToken): void {
  const offset = token.startOffset;
  const isOpen = 0 < balance.open.length;
  const missing = isOpen ? "] [" : "[";
  const message = isOpen ? "Expected ] and [ between these events" : "Expected [ before this event";
  balance.errors.report(tokenSpan(token), message, [asGuess(insertAt(offset, missing, `Insert ${missing}`))]);
  if (isOpen) take(balance, tokenOf(t.RBracket, "", offset));
  take(balance, tokenOf(t.LBracket, "", offset));
}

function isTooDeep(balance: Balance, token: IToken): boolean {
  if (!nests(balance, token) && !isPrefix(balance, token)) return false;
  return MOST_LEVELS <= balance.prefixes + balance.open.reduce((sum, open) => sum + open.levels, 0);
}

function nests(balance: Balance, token: IToken): boolean {
  const type = token.tokenType;
  return (
    type === t.LParen ||
    type === t.IndexOpen ||
    (EVENT_OPENERS.includes(type) && followsRelation(balance.kept))
  );
}

/** Leaves out a `not`, or what stands between two brackets. Returns the index of the last token left out. */
function skipTooDeep(balance: Balance, tokens: readonly IToken[], from: number): number {
  const token = tokens[from];
  if (token === undefined) return from;
  if (!balance.isDeepReported) {
    balance.errors.report(tokenSpan(token), `Nested too deeply: more than ${MOST_LEVELS} levels`);
    balance.isDeepReported = true;
  }
  if (!nests(balance, token)) return from;
  const last = lastInside(tokens, from);
  const close = tokens[last + 1];
  balance.errors.silence(spanOf(token.startOffset, close === undefined ? Infinity : tokenEnd(close)));
  balance.kept.push(token);
  push(balance, token);
  return last;
}

/** The token before the one that closes the bracket at `from`, or the last one of all. */
function lastInside(tokens: readonly IToken[], from: number): number {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    const type = tokens[i]?.tokenType ?? t.Stray;
    if ([t.LParen, t.IndexOpen, ...EVENT_OPENERS].includes(type)) depth++;
    if (type === t.RParen || type === t.RBracket) depth--;
    if (depth === 0) return i - 1;
  }
  return tokens.length - 1;
}
