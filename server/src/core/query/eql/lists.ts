/** Lists whose parentheses or commas are missing. */
import { type IToken } from "chevrotain";
import { type Edit } from "../../text/edit.ts";
import { type Span, spanOf } from "../../text/span.ts";
import { isA, retyped, tokenEnd, tokenOf, tokenSpan } from "../chevrotain.ts";
import { asGuess, insertAt, replaceWith } from "../fixes.ts";
import { type Balance } from "./brackets.ts";
import { endsOperand, isListItem, isLogical, isPredicate, isType } from "./tokenRoles.ts";
import * as t from "./tokens.ts";

/** Opens and closes lists around the token, where the author did not. Undefined: it is left out. */
export function tokenInList(balance: Balance, token: IToken): IToken | undefined {
  if (opensBareList(balance, token)) openBareList(balance, token);
  if (token.tokenType === t.Comma && isLogical(balance.tokens[balance.index + 1]))
    return commaBeforeWord(balance, token);
  const word = isLogical(token) && joinsValues(balance) ? commaFor(balance, token) : undefined;
  if (word === undefined && endsList(balance, token)) closeList(balance);
  balance.strayComma = undefined;
  return word ?? token;
}

/** The parentheses that pair by their order alone. */
export function pairedParens(tokens: readonly IToken[]): ReadonlySet<IToken> {
  const paired = new Set<IToken>();
  let open: IToken[] = [];
  for (const token of tokens) {
    if (isType(token, t.LBracket, t.MissingOpen, t.RBracket, t.Pipe)) open = [];
    if (token.tokenType === t.LParen) open.push(token);
    const opener = token.tokenType === t.RParen ? open.pop() : undefined;
    if (opener !== undefined) paired.add(opener).add(token);
  }
  return paired;
}

/** `: "a", "b"` without parentheses, or without the first one. Among the arguments of a call a comma may follow. */
function opensBareList({ tokens, index, kept, open }: Balance, token: IToken): boolean {
  if (tokens[index + 1]?.tokenType !== t.Comma || !isListItem(tokens[index + 2])) return false;
  const role = open.at(-1)?.role;
  return isListItem(token) && isPredicate(kept.at(-1)) && (role === undefined || role === "other");
}

function openBareList(balance: Balance, token: IToken): void {
  const span = tokenSpan(token);
  const last = lastValue(balance.tokens, balance.index);
  const [value, after] = [balance.tokens[last], balance.tokens[last + 1]];
  if (after?.tokenType === t.RParen && !balance.paired().has(after)) {
    const fix = asGuess(insertAt(span.start, "(", "Insert ("));
    balance.errors.report(span, "Expected ( before this list", [fix]);
  } else {
    const end = value === undefined ? span.end : tokenEnd(value);
    const isStray = after?.tokenType === t.Comma && isLogical(balance.tokens[last + 2]);
    const edits: Edit[] = [
      { span: spanOf(span.start, span.start), text: "(" },
      { span: spanOf(end, isStray ? tokenEnd(after) : end), text: ")" },
    ];
    const title = "Put it in parentheses";
    balance.errors.report(span, "A list takes parentheses around it", [{ title, safety: "unsafe", edits }]);
  }
  balance.open.push({ type: t.LParen, token: undefined, role: "added-list", levels: 1, hasComma: false });
  balance.kept.push(tokenOf(t.LParen, "", span.start));
}

/** The index of the last of the values that begin at `index`. */
function lastValue(tokens: readonly IToken[], index: number): number {
  let last = index;
  while (isJoint(tokens, last + 1)) last += 2;
  return last;
}

/** A comma or word between two values. A word before a value that is compared joins two conditions. */
function isJoint(tokens: readonly IToken[], index: number): boolean {
  const [joint, value, after] = [tokens[index], tokens[index + 1], tokens[index + 2]];
  if (!isListItem(value)) return false;
  return joint?.tokenType === t.Comma || (isLogical(joint) && (!isA(after, t.Infix) || isLogical(after)));
}

/** `("a", "b"), and x`; in a list that is not closed, `("a", "b", and x`, it stands for the parenthesis. */
function commaBeforeWord(balance: Balance, comma: IToken): IToken | undefined {
  const last = balance.kept.at(-1);
  const span = tokenSpan(comma);
  if (isInValues(balance) && isListItem(last)) {
    balance.strayComma = span;
    return undefined;
  }
  if (isInValues(balance) || !endsOperand(last)) return comma;
  const word = balance.tokens[balance.index + 1]?.image ?? "";
  const fix = replaceWith(span, "", "Remove the comma");
  balance.errors.report(span, `A comma cannot stand before \`${word}\``, [fix]);
  return undefined;
}

function isInValues({ open }: Balance): boolean {
  const role = open.at(-1)?.role;
  return role === "list" || role === "added-list" || role === "call";
}

/** `("a" or "b")` */
function joinsValues(balance: Balance): boolean {
  return isInValues(balance) && followsValue(balance) && isJoint(balance.tokens, balance.index);
}

/** A value after a comma or parenthesis, so that it is not the right side of something. */
function followsValue({ kept }: Balance): boolean {
  return isListItem(kept.at(-1)) && isType(kept.at(-2), t.Comma, t.LParen);
}

/** All such words of a list are one slip. */
function commaFor(balance: Balance, word: IToken): IToken {
  if (!balance.words.has(word)) {
    const edits: Edit[] = [];
    const { tokens, index } = balance;
    for (let i = index; isJoint(tokens, i); i += 2) {
      const [value, joint, next] = [tokens[i - 1], tokens[i], tokens[i + 2]];
      if (joint === undefined || value === undefined) break;
      const isStray = value.tokenType === t.Comma;
      const start = isStray ? tokenSpan(value).start : tokenEnd(value);
      if (isLogical(joint)) edits.push({ span: spanOf(start, tokenEnd(joint)), text: "," });
      balance.words.add(joint);
      if (next?.tokenType === t.Comma && isLogical(tokens[i + 3])) i++;
    }
    const title = edits.length === 1 ? "Write a comma" : "Write commas";
    const span = tokenSpan(word);
    // The root also stands for the word's wrong case.
    balance.errors.reportRoot(span, span, `Expected a comma between these values, not \`${word.image}\``, [
      { title, safety: "unsafe", edits },
    ]);
  }
  return retyped(word, t.Comma);
}

/** `("a", "b" and x`, `startsWith(a, "x" and b`: values are not joined by `and`, so the parenthesis is missing before it. */
function endsList(balance: Balance, token: IToken): boolean {
  const open = balance.open.at(-1);
  if (open === undefined || !isInValues(balance)) return false;
  if (!isLogical(token)) {
    if (open.role !== "added-list") return false;
    return token.tokenType === t.RBracket || (token.tokenType === t.RParen && balance.paired().has(token));
  }
  const last = balance.kept.at(-1);
  if (followsValue(balance) || (open.role === "list" && last?.tokenType === t.LParen)) return true;
  const isUnclosedCall =
    open.role === "call" && open.token !== undefined && !balance.paired().has(open.token);
  return isUnclosedCall && open.hasComma && endsOperand(last);
}

function closeList(balance: Balance): void {
  const last = balance.kept.at(-1);
  const end = last === undefined ? 0 : tokenEnd(last);
  const role = balance.open.pop()?.role;
  if (role !== "added-list") balance.lostParens++;
  // That an empty list lacks a value is told by `buildPrimary.ts`.
  if (role !== "added-list" && last?.tokenType !== t.LParen) reportListEnd(balance, end, role ?? "list");
  balance.kept.push(tokenOf(t.RParen, "", end));
}

function reportListEnd(balance: Balance, end: number, role: string): void {
  const span: Span = spanOf(end, end);
  const fix = replaceWith(spanOf(end, balance.strayComma?.end ?? end), ")", "Insert )");
  balance.errors.reportGap(span, span, `Expected ) to close this ${role}`, [asGuess(fix)]);
}
