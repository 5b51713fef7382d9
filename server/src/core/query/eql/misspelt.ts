import { type IToken } from "chevrotain";
import { distance } from "fastest-levenshtein";
import { cover, spanOf } from "../../text/span.ts";
import { isA, retyped, tokenOf, tokenSpan } from "../chevrotain.ts";
import { asGuess, insertAt, replaceWith } from "../fixes.ts";
import { type Place } from "./place.ts";
import { endsOperand, EVENT_OPENERS, isType } from "./tokenRoles.ts";
import * as t from "./tokens.ts";

/** Keywords that were misspelt, left out or taken from another language, where their place tells what was meant. */
export function misspelt(place: Place, token: IToken): readonly IToken[] | undefined {
  const keyword = misspeltSeries(place, token) ?? misspeltWhere(place, token) ?? misspeltWith(place, token);
  return keyword === undefined
    ? (missingBy(place, token) ?? missingWith(place, token) ?? nullTest(place, token))
    : [keyword];
}

/** `sequnce by host.id [`. */
function misspeltSeries(place: Place, token: IToken): IToken | undefined {
  if (place.before.length > 0) return undefined;
  if (!isType(place.next, t.By, t.With, t.Maxspan, ...EVENT_OPENERS)) return undefined;
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
  if (!isA(category, t.Name) && !isType(category, t.Any, t.StringLiteral)) return undefined;
  if (opener !== undefined && !isType(opener, ...EVENT_OPENERS)) return undefined;
  const isHalfTyped = place.next === undefined && "where".startsWith(token.image);
  if (!isHalfTyped && 2 < distance(token.image, "where")) return undefined;
  if (isType(place.next, t.Dot, t.LParen) || isA(place.next, t.Infix)) return undefined;
  const span = tokenSpan(token);
  place.errors.report(span, "Expected `where` after the event category", [
    replaceWith(span, "where", "Write `where`"),
  ]);
  place.errors.silence(span);
  return retyped(token, t.Where);
}

/** `sequence host.id with maxspan=1m`. */
function missingBy(place: Place, token: IToken): readonly IToken[] | undefined {
  if (place.before.length !== 1 || !isType(place.before[0], t.Sequence, t.Sample)) return undefined;
  if (!isType(place.next, t.Dot, t.Comma, t.With, t.Maxspan, ...EVENT_OPENERS)) return undefined;
  const { start } = tokenSpan(token);
  place.errors.report(tokenSpan(token), "Expected `by` before the key", [
    insertAt(start, "by ", "Insert `by`"),
  ]);
  return [tokenOf(t.By, "", start), token];
}

/** `[any where true] runs=2` */
function missingWith(place: Place, token: IToken): readonly IToken[] | undefined {
  if (token.image !== "runs" || place.next?.tokenType !== t.Assign) return undefined;
  if (!endsOperand(place.before.at(-1))) return undefined;
  const span = tokenSpan(token);
  place.errors.report(span, "Expected `with` before `runs`", [
    insertAt(span.start, "with ", "Insert `with`"),
  ]);
  return [tokenOf(t.With, "", span.start), token];
}

/** `is null`, `IS NOT NULL`. */
function nullTest(place: Place, token: IToken): readonly IToken[] | undefined {
  const { next, afterNext } = place;
  if (token.image.toLowerCase() !== "is" || !endsOperand(place.before.at(-1))) return undefined;
  const isNegated = next?.image.toLowerCase() === "not";
  const nothing = isNegated ? afterNext : next;
  if (next === undefined || nothing?.image.toLowerCase() !== "null") return undefined;
  const meant = isNegated ? t.NotEqual : t.Equal;
  const sign = t.labelOf(meant);
  const span = tokenSpan(token);
  const fix = replaceWith(cover(span, tokenSpan(nothing)), `${sign} null`, `Write \`${sign} null\``);
  place.errors.report(span, `EQL has no operator \`${token.image}\``, [asGuess(fix)]);
  if (isNegated) place.decided.set(next, []);
  place.decided.set(nothing, [retyped(nothing, t.Null)]);
  return [retyped(token, meant)];
}

/** `with maxspan:5m`: what gives an option its value is a single =. */
export function optionColon(place: Place, token: IToken): IToken | undefined {
  const [option, before] = [place.before.at(-1), place.before.at(-2)];
  const isOption = option?.tokenType === t.Maxspan || option?.image === "runs";
  if (option === undefined || !isOption || before?.tokenType !== t.With) return undefined;
  const { start, end } = tokenSpan(token);
  const fix = replaceWith(spanOf(start, end), "=", "Write =");
  place.errors.report(spanOf(start, end), `Expected = after \`${option.image}\`, not ${token.image}`, [fix]);
  return retyped(token, t.Assign);
}
