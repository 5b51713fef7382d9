/** Quotes that end a string too early, too late or not at all. */
import { type IToken } from "chevrotain";
import { type Fix } from "../../text/edit.ts";
import { type Span, spanOf } from "../../text/span.ts";
import { tokenEnd, tokenOf, tokenSpan } from "../chevrotain.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import { type Place } from "./place.ts";
import { lineAround, quotesOf } from "./quotes.ts";
import { endsOperand } from "./tokenRoles.ts";
import * as t from "./tokens.ts";

/** What stands between two quotes inside a string begins and ends as no list, operator or condition does. */
const INNER_TEXT =
  /(?!(?:and|or|not|in|like|regex|where)\b)[\w%$@*./\\<-](?:[^"\r\n]*[\w%$@*./\\>!-])?(?=")/y;
const REST_OF_STRING = /"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"/y;
const QUOTES_AT_END = /['"]+(?=\s*$)/y;
const ESCAPED_QUOTE = /(?<!\\)(?:\\\\)*\\"/g;
const ENDS_VALUE = /^\s*(?:$|[),\]|]|(?:and|or)\b)/i;
const EXPECTS_VALUE = /(?:[:=<>,(]|\b(?:in|like|regex)~?)\s*"?$/;

/** With more of them it is anybody's guess which are inside. */
const MOST_INNER_QUOTES = 16;

/** `"say "hi" now"`: one string, with quotes inside that lack a backslash. */
export function innerQuotes(place: Place, token: IToken): readonly IToken[] | undefined {
  const { text, tokens, index } = place;
  if (token.tokenType !== t.StringLiteral || place.next?.startOffset !== tokenEnd(token)) return undefined;
  const inner: number[] = [];
  let end = tokenEnd(token);
  for (let length = innerLength(text, end); 0 < length; length = innerLength(text, end)) {
    const rest = matchAt(REST_OF_STRING, text, end + length);
    if (rest === "" || MOST_INNER_QUOTES < inner.length) return undefined;
    inner.push(end - 1, end + length);
    end += length + rest.length;
  }
  let last = index;
  for (let next = tokens[last + 1]; next !== undefined && next.startOffset < end; next = tokens[last + 1])
    last++;
  const lastToken = tokens[last];
  const [first] = inner;
  if (first === undefined || lastToken === undefined || tokenEnd(lastToken) !== end) return undefined;
  for (const part of tokens.slice(index + 1, last + 1)) place.decided.set(part, []);
  const edits = inner.map((offset) => ({ span: spanOf(offset, offset), text: "\\" }));
  const fix: Fix = { title: "Write a backslash before them", safety: "unsafe", edits };
  place.errors.report(spanOf(first, first + 1), "Quotes inside a string need a backslash", [fix]);
  return [tokenOf(t.StringLiteral, text.slice(token.startOffset, end), token.startOffset)];
}

function innerLength(text: string, offset: number): number {
  return matchAt(INNER_TEXT, text, offset).length;
}

/** Quotes at the end of the query after its last value: what is left of those around the query. */
export function leftoverQuotes(place: Place, token: IToken): readonly IToken[] | undefined {
  const { start } = tokenSpan(token);
  const image = matchAt(QUOTES_AT_END, place.text, start);
  if (image === "" || !endsOperand(place.before.at(-1))) return undefined;
  const span = spanOf(start, start + image.length);
  const [message, title] =
    image.length === 1
      ? ["This quote closes nothing", "Remove it"]
      : ["These quotes close nothing", "Remove them"];
  place.errors.report(span, message, [asGuess(replaceWith(span, "", title))]);
  for (const part of place.tokens.slice(place.index + 1)) place.decided.set(part, []);
  return [];
}

/** A string that lacks its end: says why, and is the cause of whatever else seems wrong in what it swallowed. */
export function reportUnclosed(place: Place, token: IToken): void {
  const escaped = token.tokenType === t.UnclosedString ? escapedClose(place, token) : undefined;
  if (escaped !== undefined) return reportEscapedClose(place, token, escaped);
  const span = tokenSpan(token);
  const end = endOnLaterLine(place, token);
  if (end !== undefined) place.decided.set(end, [end]);
  const message = end === undefined ? messageFor(token) : "A string must end on the line where it begins";
  const covered = spanOf(span.start, end === undefined ? span.end : tokenEnd(end));
  place.errors.reportRoot(
    spanOf(span.start, quotesOf(token).bodySpan.start),
    coverOf(place, covered),
    message,
  );
}

function messageFor({ tokenType }: IToken): string {
  if (tokenType === t.UnclosedSingle)
    return "Expected a closing quote on the same line; EQL takes double quotes";
  const quotes = tokenType === t.UnclosedRaw ? '"""' : '"';
  return `Expected ${quotes} to close this string on the same line`;
}

/** What else seems wrong on its line comes from it; if it swallowed a bracket, so may what follows. */
function coverOf({ text }: Place, span: Span): Span {
  const line = lineAround(text, span);
  const hasBracket = /[()[\]]/.test(text.slice(span.start, span.end));
  return hasBracket ? spanOf(line.start, text.length) : line;
}

/** The quotes with which the author closed the string on a later line: they seem to open another one. */
function endOnLaterLine({ text, tokens, index }: Place, token: IToken): IToken | undefined {
  const quotes = text.slice(tokenSpan(token).start, quotesOf(token).bodySpan.start);
  const at = text.indexOf(quotes, tokenEnd(token));
  if (at < 0 || EXPECTS_VALUE.test(lineBefore(text, at))) return undefined;
  const lineLength = text.slice(at).search(/[\r\n]|$/);
  for (let i = index + 1; i < tokens.length; i++) {
    const later = tokens[i];
    if (later === undefined || at + lineLength <= later.startOffset) return undefined;
    if (later.tokenType === token.tokenType) return later;
  }
  return undefined;
}

function lineBefore(text: string, offset: number): string {
  return text.slice(lineAround(text, spanOf(offset, offset)).start, offset);
}

/** A string, and where the backslash stands that keeps its last quote from closing it. */
interface EscapedClose {
  readonly start: number;
  readonly backslash: number;
}

/** `"C:\Temp\"`: either this string runs to the end of the line, or one before it ends where this one should begin. */
function escapedClose({ text, before }: Place, token: IToken): EscapedClose | undefined {
  const lineStart = lineAround(text, tokenSpan(token)).start;
  const onLine = before.slice(before.findLastIndex(({ startOffset }) => startOffset < lineStart) + 1);
  for (const string of onLine) {
    const isTooLong = string.tokenType === t.StringLiteral && EXPECTS_VALUE.test(string.image);
    const close = isTooLong ? escapedCloseIn(string) : undefined;
    if (close !== undefined) return close;
  }
  return escapedCloseIn(token);
}

function escapedCloseIn({ image, startOffset: start }: IToken): EscapedClose | undefined {
  const ends = [...image.matchAll(ESCAPED_QUOTE)].map((match) => match.index + match[0].length);
  const end = ends.findLast((offset) => ENDS_VALUE.test(image.slice(offset)));
  // Two of them are quotes inside the string.
  return end === undefined || ends.length % 2 === 0 ? undefined : { start, backslash: start + end - 2 };
}

function reportEscapedClose(place: Place, token: IToken, { start, backslash }: EscapedClose): void {
  const body = place.text.slice(start, backslash + 1);
  const runs = [...body.matchAll(/\\+(?!")/g)].filter(([run]) => run.length % 2 === 1);
  const edits = runs.map(({ index }) => ({ span: spanOf(start + index, start + index), text: "\\" }));
  const title = edits.length === 1 ? "Double the backslash" : "Double the backslashes";
  const message = "The backslash before the last quote escapes it: double it";
  const covers = coverOf(place, spanOf(start, tokenEnd(token)));
  place.errors.reportRoot(spanOf(backslash, backslash + 1), covers, message, [
    { title, safety: "unsafe", edits },
  ]);
}

function matchAt(pattern: RegExp, text: string, offset: number): string {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0] ?? "";
}
