/** Slips in values: signs that need a backslash or quotes, quotes in quotes, comments. */
import { type IToken } from "chevrotain";
import { type Fix } from "../../text/edit.ts";
import { endRunStart } from "../../text/ends.ts";
import { type Span, spanOf, textAt } from "../../text/span.ts";
import { isA, tokenEnd, tokenOf, tokenSpan } from "../chevrotain.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import { encodeQuoted, escapeUnquoted, unquotedLiteral } from "./literals.ts";
import { areAdjacent, endsOperand, isLiteral, isOperator, isType, type Place, type Repair } from "./place.ts";
import * as t from "./tokens.ts";

/** `"say "hi" now"`. */
export function quotesInQuotes({ text, tokens, index, token, errors }: Place): Repair | undefined {
  if (!isType(token, t.Quoted)) return undefined;
  let last = index;
  while (
    last < index + MOST_PIECES &&
    areAdjacent(tokens[last], tokens[last + 1]) &&
    isPiece(tokens[last + 1])
  )
    last++;
  while (index < last && !isType(tokens[last], t.Quoted)) last--;
  if (last < index + 2) return undefined;
  const end = tokens[last];
  if (end === undefined) return undefined;
  const span = spanOf(token.startOffset, tokenEnd(end));
  const source = textAt(text, span);
  const inner = source.slice(1, -1).replace(/(\\[\\"])|"/g, (sign, escape) => (escape ? sign : `\\${sign}`));
  const fix = asGuess(replaceWith(span, `"${inner}"`, "Write a backslash before them"));
  errors.report(span, "Quotes inside of quotes need a backslash", [fix]);
  errors.silence(span);
  return { tokens: [tokenOf(t.Meant, source, span.start)], taken: last - index + 1 };
}

/** Of a text with quotes in it, and not what joins two texts. */
function isPiece(token: IToken | undefined): boolean {
  return isLiteral(token) && !/^(?:and|or|[^\w"]+)$/i.test(token?.image ?? "");
}

/** No author has so many quotes in one text. */
const MOST_PIECES = 12;

/** `// why` after a whole condition; elsewhere Kibana takes it for text. */
export function comment(place: Place): Repair | undefined {
  const { text, tokens, index, token, previous, errors } = place;
  if (!isType(token, t.Unquoted) || !endsOperand(previous) || !/^(?:\/\/|\/\*|#|--)/.test(token.image))
    return undefined;
  const start = token.startOffset;
  let end = start;
  while (end < text.length && !/[\r\n]/.test(text.charAt(end))) end++;
  let following = index + 1;
  while (following < tokens.length && (tokens[following]?.startOffset ?? end) < end) following++;
  const last = tokens[following - 1];
  const isWithin = last !== undefined && tokenEnd(last) <= end;
  if (!isWithin && following !== index + 1) return undefined;
  const fix = asGuess(replaceWith(spanOf(start, end), "", "Remove it"));
  errors.reportGap(spanOf(start, end), spanOf(start, end), "KQL has no comments", [fix]);
  if (isWithin) return { tokens: [], taken: following - index };
  const rest = token.image.slice(end - start);
  const offset = end + rest.search(/\S/);
  const kept = rest.trim();
  return { tokens: kept === "" ? [] : [tokenOf(t.Unquoted, kept, offset)], taken: 1 };
}

/** `C:\x`, `2001:db8::1`, `12:30`: signs that end a literal stand in quotes or after a backslash. */
export function valueWithSigns(place: Place): Repair | undefined {
  const { text, tokens, index, token, errors } = place;
  if (!isType(token, t.Unquoted, t.Backslash)) return undefined;
  if (endsOperand(place.previous) && /^(?:and|or)$/i.test(token.image)) return undefined;
  const taken = runLength(place);
  const run = withoutNextField(tokens.slice(index, index + taken), tokens[index + taken]);
  const last = run.at(-1);
  const backslash = run.find(({ tokenType }) => tokenType === t.Backslash);
  const operator = run.find(isOperator);
  if (last === undefined || (backslash === undefined && operator === undefined)) return undefined;
  const span = spanOf(token.startOffset, tokenEnd(last));
  const image = textAt(text, span);
  if (operator === undefined && backslash !== undefined) {
    const where = tokenSpan(backslash);
    errors.report(where, "A backslash stands for itself only if there are two", [doubled(span, run)]);
  } else {
    const sign = operator?.image ?? "";
    errors.report(span, `A value with ${sign} in it stands in quotes`, [asGuess(inQuotes(span, image, run))]);
  }
  // What is missing before it is another mistake where the two stand apart.
  const isApart = endsOperand(place.previous) && !areAdjacent(place.previous, token);
  errors.silence(isApart ? spanOf(span.start + 1, span.end) : span);
  return {
    tokens: [tokenOf(t.Meant, image, span.start), ...nextField(tokens[index + taken - 1], last)],
    taken,
  };
}

/** `1 b` before an operator ends with the name of the next field. */
function withoutNextField(run: readonly IToken[], next: IToken | undefined): readonly IToken[] {
  const last = run.at(-1);
  if (last === undefined || !isOperator(next) || !endsInWord(last)) return run;
  const word = endRunStart(last.image, /\S/);
  const image = last.image.slice(0, endRunStart(last.image.slice(0, word), /\s/));
  return [...run.slice(0, -1), tokenOf(t.Unquoted, image, last.startOffset)];
}

function nextField(whole: IToken | undefined, cut: IToken): readonly IToken[] {
  if (whole === undefined || whole.image.length === cut.image.length) return [];
  const field = whole.image.slice(cut.image.length).trim();
  return [tokenOf(t.Unquoted, field, tokenEnd(whole) - field.length)];
}

/** How many tokens, one right after the other, are one value. */
function runLength(place: Place): number {
  const { tokens, index, previous, isInList } = place;
  const mayHoldOperators = isOperator(previous) || (isInList && !isFieldName(place));
  let end = index + 1;
  while (areAdjacent(tokens[end - 1], tokens[end]) || isProgramFiles(tokens, end)) {
    const token = tokens[end];
    if (isProgramFiles(tokens, end)) end += 3;
    else if (isType(token, t.Unquoted, t.Backslash)) end++;
    else if (mayHoldOperators && isOperator(token) && !endsInWord(tokens[end - 1])) end++;
    else break;
  }
  // An operator at the end has lost its value: it belongs to a comparison.
  while (index + 1 < end && isOperator(tokens[end - 1])) end--;
  return end - index;
}

/** `(x86)` in a path. */
function isProgramFiles(tokens: readonly IToken[], at: number): boolean {
  const [open, inner, close, after] = tokens.slice(at, at + 4);
  return (
    isType(open, t.LParen) &&
    /^x86$/i.test(inner?.image ?? "") &&
    isType(close, t.RParen) &&
    areAdjacent(close, after) &&
    (isType(after, t.Backslash) || /^\\/.test(after?.image ?? ""))
  );
}

/** In `1 b`, before a colon, `b` is the next field. */
function endsInWord(token: IToken | undefined): boolean {
  return isType(token, t.Unquoted) && /\s/.test(token?.image ?? "");
}

/** A list that holds `event.type:start` lacks its end. */
function isFieldName({ token, next }: Place): boolean {
  const last = token.image.slice(endRunStart(token.image, /\S/));
  return isOperator(next) && /^[@A-Za-z_][\w@-]*(?:\.[\w@*-]+)+$/.test(last);
}

function doubled(span: Span, run: readonly IToken[]): Fix {
  const image = run.map((part) => (part.tokenType === t.Backslash ? "\\\\" : part.image)).join("");
  return replaceWith(span, image, "Double the backslash");
}

/** With a star in it, the value must stay without quotes, and every sign gets a backslash. */
function inQuotes(span: Span, image: string, run: readonly IToken[]): Fix {
  const isRaw = run.some(({ tokenType }) => tokenType === t.Backslash) || /^[A-Za-z]:\\(?!\\)/.test(image);
  if (image.includes("*")) {
    const escaped = isRaw ? escapeUnquoted(image) : run.map(escapedPart).join("");
    return replaceWith(span, escaped, "Write a backslash before each sign");
  }
  const value = isRaw ? image : unquotedLiteral(image, span).text;
  return replaceWith(span, encodeQuoted(value), "Put it in quotes");
}

function escapedPart(token: IToken): string {
  return isA(token, t.Operator) ? escapeUnquoted(token.image) : token.image;
}
