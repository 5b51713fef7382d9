/** Slips in operators: those of other languages, doubled ones, and `not` behind the field. */
import { type IToken } from "chevrotain";
import { type Edit } from "../../text/edit.ts";
import { cover, spanOf } from "../../text/span.ts";
import { tokenEnd, tokenOf, tokenSpan } from "../chevrotain.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import { areAdjacent, isLiteral, isOperator, isType, type Place, type Repair } from "./place.ts";
import * as t from "./tokens.ts";

const FOREIGN =
  /(===?|!==?|=~|!~|=)$|\s(in~?|like~?|is|equals|eq|contains|matches|regex~?|startswith|endswith)$/i;

/** No operator is longer, and no pattern need look at more of a long text. */
const LONGEST_OPERATOR = 12;

/** `a == "b"`, `a != "b"`, `a in ("b", "c")`: without quotes or parentheses Kibana takes them for text. */
export function foreignComparison({ token, previous, next, isInList, errors }: Place): Repair | undefined {
  const isBefore = isType(next, t.Quoted, t.LParen);
  if (!isType(token, t.Unquoted) || !isBefore || isInList || isOperator(previous)) return undefined;
  const [, sign, word] = FOREIGN.exec(token.image.slice(-LONGEST_OPERATOR)) ?? [];
  const operator = sign ?? word;
  if (operator === undefined) return undefined;
  const field = token.image.slice(0, -operator.length).trimEnd();
  if (field === "" || (sign === undefined && /\s/.test(field))) return undefined;
  const start = token.startOffset;
  const fieldEnd = start + field.length;
  const end = tokenEnd(token);
  const span = spanOf(end - operator.length, end);
  const isNegative = operator.startsWith("!");
  const edits: readonly Edit[] = [
    ...(isNegative ? [{ span: spanOf(start, start), text: "not " }] : []),
    { span: spanOf(fieldEnd, end), text: ":" },
  ];
  const title = isNegative ? "Write `not` and :" : "Write :";
  const shown = sign === undefined ? `\`${operator}\`` : operator;
  errors.report(span, `Expected : instead of ${shown}`, [{ title, safety: "safe", edits }]);
  errors.silence(span);
  const not = isNegative ? [tokenOf(t.Not, "", start)] : [];
  const colon = tokenOf(t.Colon, operator, span.start);
  return { tokens: [...not, tokenOf(t.Unquoted, field, start), colon], taken: 1 };
}

/** `process.name ("a" or "b")`, `process.name "a"`, `items {…}`. */
export function missingColon({ token, previous, next, isInList, errors }: Place): Repair | undefined {
  if (!isType(token, t.Unquoted, t.Quoted) || isOperator(previous) || next === undefined) return undefined;
  const isScope = isType(next, t.LBrace);
  const isField = isType(next, t.LParen, t.Quoted) && /^[@\w-]+(?:\.[@\w*-]+)+$/.test(token.image);
  if (isInList || (!isScope && !isField)) return undefined;
  const end = tokenEnd(token);
  const fix = replaceWith(spanOf(end, next.startOffset), ":", "Insert :");
  const sign = isType(next, t.Quoted) ? "its value" : next.image;
  errors.report(spanOf(end, end), `Expected : between the field and ${sign}`, [isScope ? fix : asGuess(fix)]);
  errors.silence(spanOf(end, next.startOffset));
  return { tokens: [token, tokenOf(t.Colon, "", end)], taken: 1 };
}

/** `a not : "b"`, `a not in ("b")`. */
export function lateNot(place: Place): Repair | undefined {
  const { text, tokens, index, token, previous, beforePrevious, next, errors } = place;
  if (previous === undefined || !isType(token, t.Not)) return undefined;
  if (!isType(previous, t.Unquoted, t.Quoted) || isOperator(beforePrevious)) return undefined;
  const isWord = /^(?:in|like)$/i.test(next?.image ?? "") && isType(tokens[index + 2], t.Quoted, t.LParen);
  if (next === undefined || (!isOperator(next) && !isWord)) return undefined;
  const start = previous.startOffset;
  const span = tokenSpan(token);
  const edits: readonly Edit[] = [
    { span: spanOf(start, start), text: "not " },
    isWord
      ? { span: spanOf(tokenEnd(previous), tokenEnd(next)), text: ":" }
      : { span: spanOf(span.start, next.startOffset), text: "" },
  ];
  const shown = isWord ? cover(span, tokenSpan(next)) : span;
  errors.report(shown, `\`${text.slice(span.start, span.end)}\` stands before the field`, [
    { title: "Move `not` before the field", safety: "safe", edits },
  ]);
  errors.silence(cover(span, tokenSpan(next)));
  const operator = isWord ? tokenOf(t.Colon, next.image, next.startOffset) : next;
  return { tokens: [tokenOf(t.Not, "", start), previous, operator], taken: 2, undone: 1 };
}

/** `a:>5`, `a::b`, `a <> b`. */
export function doubledOperator(place: Place): Repair | undefined {
  const { tokens, index, token, next } = place;
  if (!isOperator(token) || !isOperator(next) || next === undefined) return undefined;
  if (!isLiteral(place.previous)) return { tokens: [token], taken: 2 }; // It is the field that is missing.
  if (isType(token, t.Range) && isType(next, t.Range)) return unequal(place, next);
  if (isType(token, t.Colon) && isType(next, t.Colon)) {
    const third = tokens[index + 2];
    if (third !== undefined && isType(third, t.Colon) && areAdjacent(next, third))
      return shortAddress(place, next, third);
  }
  const [kept, extra] = isType(token, t.Range) ? [token, next] : [next, token];
  const span = tokenSpan(extra);
  const isRange = isType(kept, t.Range);
  const fix = replaceWith(span, "", "Remove the :");
  const message = isRange ? `No : stands beside ${kept.image}` : "Only one : stands after a field";
  place.errors.report(cover(span, tokenSpan(next)), message, [isRange ? fix : asGuess(fix)]);
  place.errors.silence(cover(tokenSpan(token), tokenSpan(next)));
  return { tokens: [kept], taken: 2 };
}

function unequal({ token, previous, errors }: Place, next: IToken): Repair | undefined {
  const isUnequal = token.image === "<" && next.image === ">" && areAdjacent(token, next);
  if (!isUnequal || previous === undefined) return undefined;
  const start = previous.startOffset;
  const span = cover(tokenSpan(token), tokenSpan(next));
  const edits: readonly Edit[] = [
    { span: spanOf(start, start), text: "not " },
    { span: spanOf(tokenEnd(previous), span.end), text: ":" },
  ];
  errors.report(span, "Expected `not` before the field instead of <>", [
    { title: "Write `not` and :", safety: "safe", edits },
  ]);
  errors.silence(span);
  const colon = tokenOf(t.Colon, "<>", span.start);
  return { tokens: [tokenOf(t.Not, "", start), previous, colon], taken: 2, undone: 1 };
}

/** `ip:::1`: the address begins with two colons. */
function shortAddress(
  { tokens, index, token, errors }: Place,
  second: IToken,
  third: IToken,
): Repair | undefined {
  const rest = tokens[index + 3];
  const tail = areAdjacent(third, rest) && isType(rest, t.Unquoted) ? rest : undefined;
  const span = spanOf(second.startOffset, tokenEnd(tail ?? third));
  const image = `::${tail?.image ?? ""}`;
  if (!/^::[\da-f.]*(?:\/\d+)?$/i.test(image)) return undefined;
  const fix = replaceWith(span, `"${image}"`, "Put it in quotes");
  errors.report(span, "A value with : in it stands in quotes", [fix]);
  errors.silence(span);
  return { tokens: [token, tokenOf(t.Meant, image, span.start)], taken: tail === undefined ? 3 : 4 };
}
