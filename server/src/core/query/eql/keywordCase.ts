import { type IToken, type TokenType } from "chevrotain";
import { isA, retyped, tokenSpan } from "../chevrotain.ts";
import { replaceWith } from "../fixes.ts";
import { type Place } from "./repair.ts";
import * as t from "./tokens.ts";

const LITERALS_AND_CLOSERS = [t.True, t.False, t.Null, t.RParen, t.RBracket];
const SERIES = [t.Sequence, t.Sample, t.Join];
const EVENT_OPENERS = [t.LBracket, t.MissingOpen];
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
  place.errors.report(span, `Keywords are written in lower case: \`${word}\``, [
    replaceWith(span, word, `Write \`${word}\``),
  ]);
  return retyped(token, keyword);
}

function isMeant(place: Place, keyword: TokenType): boolean {
  const previous = place.before.at(-1);
  const { next } = place;
  if (previous?.tokenType === t.Dot || next?.tokenType === t.Dot) return false;
  const nextKeyword = t.KEYWORDS.get(next?.image.toLowerCase() ?? "");
  const opensEvent = next !== undefined && EVENT_OPENERS.includes(next.tokenType);
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
      return (
        previous !== undefined && [...SERIES, t.RBracket].includes(previous.tokenType) && startsOperand(next)
      );
    case t.With:
      return nextKeyword === t.Maxspan || next?.image.toLowerCase() === "runs";
    case t.Maxspan:
      return previous?.tokenType === t.With;
    case t.Until:
      return previous !== undefined && opensEvent;
    case t.Any:
      return (
        nextKeyword === t.Where && (previous === undefined || EVENT_OPENERS.includes(previous.tokenType))
      );
    default:
      if (!PREDICATES.includes(keyword)) return false;
      return (
        (endsOperand(previous) || previous?.tokenType === t.Not) &&
        (next?.tokenType === t.LParen || isA(next, t.Text))
      );
  }
}

function followsCategory(place: Place): boolean {
  const [category, opener] = [place.before.at(-1), place.before.at(-2)];
  const isCategory = isA(category, t.Name) || isA(category, t.Text) || category?.tokenType === t.Any;
  return isCategory && (opener === undefined || EVENT_OPENERS.includes(opener.tokenType));
}

export function endsOperand(token: IToken | undefined): boolean {
  if (token === undefined) return false;
  return (
    isA(token, t.Name) ||
    isA(token, t.Text) ||
    isA(token, t.NumberLiteral) ||
    LITERALS_AND_CLOSERS.includes(token.tokenType)
  );
}

function startsOperand(token: IToken | undefined): boolean {
  if (token === undefined) return false;
  if ([t.LParen, t.Question, t.True, t.False, t.Null, t.Not].includes(token.tokenType)) return true;
  return isA(token, t.Name) || isA(token, t.Text) || isA(token, t.NumberLiteral);
}
