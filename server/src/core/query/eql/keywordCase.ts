import { type IToken, type TokenType } from "chevrotain";
import { isA, retyped, tokenSpan } from "../chevrotain.ts";
import { replaceWith } from "../fixes.ts";
import { type Place } from "./place.ts";
import {
  endsOperand,
  EVENT_OPENERS,
  isLogical,
  isPredicate,
  isType,
  SERIES_KEYWORDS,
  startsOperand,
} from "./tokenRoles.ts";
import * as t from "./tokens.ts";

const LITERALS = [t.True, t.False, t.Null];
const PREDICATES = [t.In, t.InTilde, t.Like, t.LikeTilde, t.Regex, t.RegexTilde];

/**
 * `AND` is the name of a field to EQL. Where no name can stand it was meant as the keyword: then this is that
 * keyword, and the slip is reported.
 */
export function keywordInWrongCase(place: Place, token: IToken): IToken | undefined {
  const keyword = t.KEYWORDS.get(token.image.toLowerCase());
  if (keyword === undefined || !isMeant(place, keyword)) return undefined;
  const word = t.labelOf(keyword);
  const span = tokenSpan(token);
  const isLiteral = LITERALS.includes(keyword);
  const message = isLiteral
    ? `\`${token.image}\` is read as a field: write \`${word}\``
    : `Keywords are written in lower case: \`${word}\``;
  place.errors.report(span, message, [replaceWith(span, word, `Write \`${word}\``)]);
  return retyped(token, keyword);
}

function isMeant(place: Place, keyword: TokenType): boolean {
  const previous = place.before.at(-1);
  const { next } = place;
  if (previous?.tokenType === t.Dot || next?.tokenType === t.Dot) return false;
  const nextKeyword = t.KEYWORDS.get(next?.image.toLowerCase() ?? "");
  const opensEvent = isType(next, ...EVENT_OPENERS);
  switch (keyword) {
    case t.And:
    case t.Or:
      return endsOperand(previous);
    case t.Not:
      if (endsOperand(previous)) return nextKeyword !== undefined && PREDICATES.includes(nextKeyword);
      return startsOperand(next);
    case t.Where:
      return followsCategory(place);
    case t.Sequence:
    case t.Sample:
    case t.Join:
      return previous === undefined && (opensEvent || nextKeyword === t.By || nextKeyword === t.With);
    case t.By:
      return isType(previous, ...SERIES_KEYWORDS, t.RBracket) && startsOperand(next);
    case t.With:
      return nextKeyword === t.Maxspan || next?.image.toLowerCase() === "runs";
    case t.Maxspan:
      return previous?.tokenType === t.With;
    case t.Until:
      return previous !== undefined && opensEvent;
    case t.Any:
      return nextKeyword === t.Where && (previous === undefined || isType(previous, ...EVENT_OPENERS));
    case t.True:
    case t.False:
    case t.Null:
      return isMatchedValue(place);
    default:
      if (!PREDICATES.includes(keyword)) return false;
      return (
        (endsOperand(previous) || previous?.tokenType === t.Not) &&
        (isType(next, t.LParen, t.LBracket, t.LBrace) || isA(next, t.Text))
      );
  }
}

/** What `:`, `like` or `regex` match can be no field. After other operators it is one: of those the verifier tells. */
function isMatchedValue({ before, next, listAfter }: Place): boolean {
  const previous = before.at(-1);
  if (isType(next, t.LParen, t.LBracket) || (isA(next, t.Infix) && !isLogical(next))) return false;
  const isItem = listAfter !== undefined && isType(previous, t.LParen, t.Comma);
  const operator = isItem ? listAfter : previous;
  return isPredicate(operator) && !isType(operator, t.In, t.InTilde);
}

function followsCategory(place: Place): boolean {
  const [category, opener] = [place.before.at(-1), place.before.at(-2)];
  const isCategory = isA(category, t.Name) || isA(category, t.Text) || category?.tokenType === t.Any;
  return isCategory && (opener === undefined || isType(opener, ...EVENT_OPENERS));
}
