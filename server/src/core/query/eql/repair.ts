import { type IToken, type TokenType } from "chevrotain";
import { distance } from "fastest-levenshtein";
import { spanOf } from "../../text/span.ts";
import { isA, retyped, type SyntaxErrors, tokenEnd, tokenOf, tokenSpan } from "../chevrotain.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import { excerpt, shown } from "./buildContext.ts";
import { endsOperand, keywordInWrongCase } from "./keywordCase.ts";
import { lineAround, reportQuotes } from "./quotes.ts";
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
  for (const [i, token] of tokens.entries()) {
    const place: Place = { text, before: repaired, next: tokens[i + 1], afterNext: tokens[i + 2], errors };
    repaired.push(...repairedToken(place, token));
  }
  return repaired;
}

/** What stands around a token. */
export interface Place {
  readonly text: string;
  /** The repaired tokens before it. */
  readonly before: readonly IToken[];
  readonly next: IToken | undefined;
  readonly afterNext: IToken | undefined;
  readonly errors: SyntaxErrors;
}

function repairedToken(place: Place, token: IToken): readonly IToken[] {
  switch (token.tokenType) {
    case t.Unknown:
      reportUnknown(place, token);
      return [];
    case t.HashComment:
      reportHashComment(place, token);
      return [];
    case t.Foreign:
      return foreign(place, token);
    case t.Assign:
    case t.Equal:
      return [equalSign(place, token)];
    case t.Identifier:
      return [keywordInWrongCase(place, token) ?? misspelt(place, token) ?? token];
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
      if (isA(token, t.Text)) reportQuotes(place.text, token, place.errors);
      return [meantAsName(place, token) ? keywordAsName(place, token) : token];
  }
}

function reportUnknown(place: Place, token: IToken): void {
  const span = tokenSpan(token);
  const isSpace = /^[\s\u200b\ufeff]+$/.test(token.image);
  if (isSpace)
    place.errors.report(span, "Only plain spaces can stand here", [
      replaceWith(span, " ", "Use a plain space"),
    ]);
  else
    place.errors.report(
      span,
      `EQL has no ${token.image.length === 1 ? "sign" : "signs"} \`${excerpt(token.image)}\``,
    );
  place.errors.silence(span);
}

function reportHashComment(place: Place, token: IToken): void {
  const { start } = tokenSpan(token);
  const sign = spanOf(start, start + 1);
  place.errors.report(sign, "EQL comments begin with //, not with #", [replaceWith(sign, "//", "Write //")]);
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

function misspelt(place: Place, token: IToken): IToken | undefined {
  return misspeltSeries(place, token) ?? misspeltWhere(place, token) ?? misspeltWith(place, token);
}

/** `sequnce by host.id [`. */
function misspeltSeries(place: Place, token: IToken): IToken | undefined {
  const next = place.next?.tokenType;
  if (place.before.length > 0 || next === undefined) return undefined;
  if (![t.By, t.With, t.Maxspan, t.LBracket, t.MissingOpen].includes(next)) return undefined;
  const meant = [t.Sequence, t.Sample].find(
    (type) => distance(token.image.toLowerCase(), t.labelOf(type)) <= 2,
  );
  if (meant === undefined) return undefined;
  const word = t.labelOf(meant);
  const span = tokenSpan(token);
  const message = `Expected \`${word}\` instead of \`${token.image}\``;
  place.errors.report(span, message, [replaceWith(span, word, `Write \`${word}\``)]);
  return retyped(token, meant);
}

/** `wth maxspan=1m`, `wit runs=2`. */
function misspeltWith(place: Place, token: IToken): IToken | undefined {
  const { next, afterNext } = place;
  const isOption =
    next?.tokenType === t.Maxspan || (next?.image === "runs" && afterNext?.tokenType === t.Assign);
  if (!isOption || 2 < distance(token.image, "with")) return undefined;
  const span = tokenSpan(token);
  place.errors.report(span, "Expected `with` before this option", [
    replaceWith(span, "with", "Write `with`"),
  ]);
  return retyped(token, t.With);
}

/** The word after a category is `where`, or was meant to be. */
function misspeltWhere(place: Place, token: IToken): IToken | undefined {
  const [category, opener] = [place.before.at(-1), place.before.at(-2)];
  if (!isA(category, t.Name) && category?.tokenType !== t.Any && category?.tokenType !== t.StringLiteral)
    return undefined;
  if (opener !== undefined && opener.tokenType !== t.LBracket && opener.tokenType !== t.MissingOpen)
    return undefined;
  const isHalfTyped = place.next === undefined && "where".startsWith(token.image);
  if (!isHalfTyped && 2 < distance(token.image, "where")) return undefined;
  const isFieldOrCall =
    [t.Dot, t.LParen].some((type) => type === place.next?.tokenType) || isA(place.next, t.Infix);
  if (isFieldOrCall) return undefined;
  const span = tokenSpan(token);
  place.errors.report(span, "Expected `where` after the event category", [
    replaceWith(span, "where", "Write `where`"),
  ]);
  place.errors.silence(span);
  return retyped(token, t.Where);
}

function meantAsName(place: Place, token: IToken): boolean {
  if (!t.isKeyword(token.tokenType) || token.image.endsWith("~")) return false;
  const previous = place.before.at(-1);
  const opensEvent =
    previous === undefined || previous.tokenType === t.LBracket || previous.tokenType === t.MissingOpen;
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
