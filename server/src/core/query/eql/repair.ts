import { type IToken, type TokenType } from "chevrotain";
import { lazy } from "../../base/lazy.ts";
import { spanOf } from "../../text/span.ts";
import { isA, retyped, type SyntaxErrors, tokenEnd, tokenOf, tokenSpan } from "../chevrotain.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import { bareText } from "./bareText.ts";
import { excerpt, shown } from "./buildContext.ts";
import { keywordInWrongCase } from "./keywordCase.ts";
import { misspelt, optionColon } from "./misspelt.ts";
import { bracketPairs, otherBracket } from "./otherBrackets.ts";
import { type Place } from "./place.ts";
import { isUnclosedText, lineAround, reportQuotes } from "./quotes.ts";
import { innerQuotes, leftoverQuotes, reportUnclosed } from "./strayQuotes.ts";
import {
  endsOperand,
  EVENT_OPENERS,
  isListItem,
  isLiteralWord,
  isLogical,
  isPredicate,
  isType,
} from "./tokenRoles.ts";
import * as t from "./tokens.ts";

/** Spellings of other languages, and what they are in EQL. */
const FOREIGN: ReadonlyMap<string, TokenType> = new Map([
  ["===", t.Equal],
  ["!==", t.NotEqual],
  ["<>", t.NotEqual],
  ["=>", t.GreaterEqual],
  ["=<", t.LessEqual],
  ["=~", t.Colon],
  [":=", t.Colon],
  ["&&", t.And],
  ["||", t.Or],
  ["!", t.Not],
]);

/** Keywords that never take part in a comparison, so that before one they must be meant as a field. */
const MEANT_AS_FIELD = [t.Any, t.By, t.Join, t.Maxspan, t.Of, t.Sample, t.Sequence, t.Until, t.With];

/**
 * Turns slips that concern one word or sign into what was meant, and reports them. After it the tokens are
 * those of the language, so that the grammar need not know of slips.
 */
export function repairTokens(
  text: string,
  tokens: readonly IToken[],
  errors: SyntaxErrors,
): readonly IToken[] {
  const repaired: IToken[] = [];
  const decided = new Map<IToken, readonly IToken[]>();
  const closers = lazy(() => bracketPairs(tokens));
  const common = { text, tokens, before: repaired, closers, errors, decided };
  let listAfter: IToken | undefined;
  for (const [index, token] of tokens.entries()) {
    const place: Place = {
      ...common,
      index,
      listAfter,
      next: tokens[index + 1],
      afterNext: tokens[index + 2],
    };
    const meant = decided.get(token) ?? repairedToken(place, token);
    repaired.push(...meant);
    if (0 < meant.length) listAfter = listAfterNext(listAfter, repaired);
  }
  return repaired;
}

/** The operator of the list that is open after these tokens. */
function listAfterNext(listAfter: IToken | undefined, tokens: readonly IToken[]): IToken | undefined {
  const [operator, last] = [tokens.at(-2), tokens.at(-1)];
  if (last?.tokenType === t.LParen) return isPredicate(operator) ? operator : undefined;
  const isInside = isListItem(last) || isLogical(last) || isLiteralWord(last) || last?.tokenType === t.Comma;
  return isInside ? listAfter : undefined;
}

function repairedToken(place: Place, token: IToken): readonly IToken[] {
  return bareText(place, token) ?? otherBracket(place, token) ?? repairedAlone(place, token);
}

function repairedAlone(place: Place, token: IToken): readonly IToken[] {
  switch (token.tokenType) {
    case t.Unknown:
    case t.RBrace:
      reportUnknown(place, token);
      return [];
    case t.HashComment:
      reportOtherComment(place, token, "#");
      return [];
    case t.DashComment:
      reportOtherComment(place, token, "--");
      return [];
    case t.Foreign:
      return foreign(place, token);
    case t.Assign:
    case t.Equal:
      return [equalSign(place, token)];
    case t.Colon:
      return [optionColon(place, token) ?? token];
    case t.Identifier: {
      const keyword = keywordInWrongCase(place, token);
      return keyword === undefined ? (misspelt(place, token) ?? [token]) : [keyword];
    }
    case t.TildeIdentifier:
      return [tildeName(place, token)];
    case t.LBracket:
      return [opensIndex(place) ? retyped(token, t.IndexOpen) : token];
    case t.CommentClose:
      reportCommentClose(place, token);
      return [];
    case t.UnclosedQuoted: {
      const span = tokenSpan(token);
      place.errors.reportRoot(span, lineAround(place.text, span), "Expected a backtick to close this name");
      return [token];
    }
    default:
      if (isA(token, t.Text)) return repairedText(place, token);
      return [meantAsName(place, token) ? keywordAsName(place, token) : token];
  }
}

function repairedText(place: Place, token: IToken): readonly IToken[] {
  const other = innerQuotes(place, token) ?? leftoverQuotes(place, token);
  if (other !== undefined) return other;
  if (isUnclosedText(token)) reportUnclosed(place, token);
  else reportQuotes(place.text, token, place.errors);
  return [token];
}

function reportUnknown(place: Place, token: IToken): void {
  const span = tokenSpan(token);
  const isSpace = /^[\s\u200b\ufeff]+$/.test(token.image);
  if (isSpace)
    place.errors.report(span, "Only plain spaces can stand here", [
      replaceWith(span, " ", "Use a plain space"),
    ]);
  else
    place.errors.reportGap(
      span,
      span,
      `EQL has no ${token.image.length === 1 ? "sign" : "signs"} \`${excerpt(token.image)}\``,
    );
  place.errors.silence(span);
}

function reportOtherComment(place: Place, token: IToken, opening: string): void {
  const { start } = tokenSpan(token);
  const sign = spanOf(start, start + opening.length);
  const fix = replaceWith(sign, "//", "Write //");
  // Two signs are arithmetic to EQL.
  place.errors.report(sign, `EQL comments begin with //, not with ${opening}`, [
    opening === "--" ? asGuess(fix) : fix,
  ]);
}

function reportCommentClose(place: Place, token: IToken): void {
  const span = tokenSpan(token);
  place.errors.reportRoot(span, lineAround(place.text, span), "No /* opens the comment that this */ closes");
  place.errors.silence(span);
}

function foreign(place: Place, token: IToken): readonly IToken[] {
  const span = tokenSpan(token);
  if (token.image === "!:" || token.image === "!~") {
    // Two signs to us: `a !: b` is reported as the `not` that stands in the wrong place.
    const middle = span.start + 1;
    return [tokenOf(t.Not, "!", span.start), tokenOf(t.Colon, token.image.slice(1), middle)];
  }
  const meant = FOREIGN.get(token.image) ?? t.Equal;
  const word = t.labelOf(meant);
  const isWord = /^\w/.test(word);
  const spaceBefore = isWord && /\w$/.test(place.text.slice(0, span.start).slice(-1)) ? " " : "";
  const spaceAfter = isWord && /^[^\s]/.test(place.text.slice(span.end, span.end + 1)) ? " " : "";
  const fix = replaceWith(span, `${spaceBefore}${word}${spaceAfter}`, `Write ${shown(word)}`);
  const isGuess = token.image === "=~";
  place.errors.report(span, `Expected ${shown(word)} instead of ${token.image}`, [
    isGuess ? asGuess(fix) : fix,
  ]);
  return [retyped(token, meant)];
}

/** `=` stands after `maxspan` and `runs`; everything else compares with `==`. */
function equalSign(place: Place, token: IToken): IToken {
  const previous = place.before.at(-1);
  const isOption =
    previous?.tokenType === t.Maxspan || (isA(previous, t.Name) && place.before.at(-2)?.tokenType === t.With);
  const isFork = previous?.image === "fork" && place.before.at(-2)?.tokenType === t.RBracket;
  const meant = isOption || isFork ? t.Assign : t.Equal;
  if (meant === token.tokenType) return token;
  const span = tokenSpan(token);
  const message = isOption ? "Expected a single = here" : "Expected == to compare, not =";
  place.errors.report(span, message, [replaceWith(span, t.labelOf(meant), `Write ${t.labelOf(meant)}`)]);
  // At the end it may be half of what will be typed.
  if (place.next === undefined) place.errors.silence(span);
  return retyped(token, meant);
}

/** A name may end in `~` only if it is that of a function. */
function tildeName(place: Place, token: IToken): IToken {
  const keyword = keywordInWrongCase(place, token);
  if (keyword !== undefined) return keyword;
  if (place.next?.tokenType === t.LParen) return token;
  const plain = tokenOf(t.Identifier, token.image.slice(0, -1), token.startOffset);
  // A word after an operand, such as `ike~`, is an operator misspelt: that will be said of it.
  if (endsOperand(place.before.at(-1)) || isA(place.next, t.Text)) return plain;
  const span = tokenSpan(token);
  const tilde = spanOf(span.end - 1, span.end);
  place.errors.report(tilde, "Only a function can take a ~", [
    asGuess(replaceWith(tilde, "", "Remove the ~")),
  ]);
  return plain;
}

/** `a[0]`: a number after the bracket tells an index from the event that `by a [process where …]` opens. */
function opensIndex(place: Place): boolean {
  const previous = place.before.at(-1);
  const follows = isA(previous, t.Name) || previous?.tokenType === t.RBracket;
  return follows && (isA(place.next, t.NumberLiteral) || place.next?.tokenType === t.Minus);
}

function meantAsName(place: Place, token: IToken): boolean {
  if (!t.isKeyword(token.tokenType) || token.image.endsWith("~")) return false;
  const previous = place.before.at(-1);
  if (previous?.tokenType === t.Pipe) return true;
  const opensEvent = previous === undefined || isType(previous, ...EVENT_OPENERS);
  if (opensEvent && place.next?.tokenType === t.Where && token.tokenType !== t.Any)
    return token.tokenType !== t.Where;
  if (previous?.tokenType === t.Dot && tokenEnd(previous) === token.startOffset) return true;
  if (token.tokenType === t.Maxspan && previous?.tokenType === t.With) return false;
  if (token.tokenType !== t.Where && !MEANT_AS_FIELD.includes(token.tokenType)) return false;
  const isDotted = place.next?.tokenType === t.Dot && place.next.startOffset === tokenEnd(token);
  if (isDotted) return true;
  return token.tokenType !== t.Where && (isA(place.next, t.Comparison) || place.next?.tokenType === t.Colon);
}

function keywordAsName(place: Place, token: IToken): IToken {
  const span = tokenSpan(token);
  // Which pipes there are is told by `pipes.ts`.
  if (place.before.at(-1)?.tokenType === t.Pipe) return retyped(token, t.KeywordName);
  if (place.next?.tokenType === t.Where) {
    const quoted = replaceWith(span, `"${token.image}"`, "Put it in double quotes");
    place.errors.report(
      span,
      `\`${token.image}\` is a keyword: as an event category it needs double quotes`,
      [quoted],
    );
    return retyped(token, t.KeywordName);
  }
  const fix = replaceWith(span, `\`${token.image}\``, "Put it in backticks");
  place.errors.report(span, `\`${token.image}\` is a keyword: as part of a field name it needs backticks`, [
    fix,
  ]);
  return retyped(token, t.KeywordName);
}
