/**
 * Takes a Lucene query apart by its quotes and brackets. What stands in them is replaced by letters of the same length,
 * so that what is left can be read by a parser that knows neither all escapes nor deep nesting.
 */
import { type Fix } from "../../text/edit.ts";
import { type Span, spanOf, textAt } from "../../text/span.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import { type QuerySyntaxError } from "../language.ts";

/** A stretch without brackets: the inside of parentheses, or the whole query. */
export interface FlatPart {
  readonly span: Span;
  /** As long as the span; brackets, quotes and escapes in it are replaced. */
  readonly masked: string;
  readonly isGroup: boolean;
}

export interface ScannedQuery {
  /** The innermost first. */
  readonly parts: readonly FlatPart[];
  readonly errors: readonly QuerySyntaxError[];
}

export function scanLucene(text: string): ScannedQuery {
  const scanning: Scanning = { text, masked: text.split(""), open: [], parts: [], errors: [], work: 0 };
  let at = 0;
  while (at < text.length && scanning.work < MOST_WORK) at = next(scanning, at);
  if (MOST_WORK <= scanning.work) return { parts: [], errors: [] };
  for (const start of scanning.open.slice(0, MOST_ERRORS)) {
    report(scanning, spanOf(start, start + 1), "This ( is not closed");
  }
  const span = spanOf(0, text.length);
  // A query that breaks off says nothing of its rest.
  if (scanning.errors.length === 0)
    scanning.parts.push({ span, masked: scanning.masked.join(""), isGroup: false });
  return { parts: scanning.parts, errors: scanning.errors };
}

interface Scanning {
  readonly text: string;
  /** By code unit. */
  readonly masked: string[];
  readonly open: number[];
  readonly parts: FlatPart[];
  readonly errors: QuerySyntaxError[];
  /** How many characters of groups were copied: those of nested ones more than once. */
  work: number;
}

/** Nobody nests so much; such a text is left alone. */
const MOST_WORK = 2_000_000;

/** More errors help nobody. */
const MOST_ERRORS = 20;

function report({ errors }: Scanning, span: Span, message: string, ...fixes: readonly Fix[]): void {
  if (errors.length < MOST_ERRORS) errors.push({ span, message, fixes });
}

/** Reads one sign; where the next one stands. */
function next(scanning: Scanning, at: number): number {
  switch (scanning.text[at]) {
    case "\\":
      return afterEscape(scanning, at);
    case '"':
      return afterDelimited(scanning, at, '"', "These quotes are not closed");
    case "/":
      return afterRegex(scanning, at);
    case "(":
      scanning.open.push(at);
      return at + 1;
    case ")":
      closeGroup(scanning, at);
      return at + 1;
    case "[":
    case "{":
      return afterRange(scanning, at);
    case "]":
    case "}":
      report(scanning, spanOf(at, at + 1), `There is no range that this ${scanning.text[at] ?? ""} closes`);
      return at + 1;
    default:
      return at + 1;
  }
}

function hide({ masked }: Scanning, start: number, end: number): void {
  for (let at = start; at < end; at++) masked[at] = "x";
}

/** A backslash takes the meaning from any character. */
function afterEscape(scanning: Scanning, at: number): number {
  const code = scanning.text.codePointAt(at + 1);
  if (code === undefined) {
    report(scanning, spanOf(at, at + 1), "There is nothing behind this backslash");
    return at + 1;
  }
  const end = at + 1 + String.fromCodePoint(code).length;
  hide(scanning, at, end);
  return end;
}

/** Where the delimiter stands that is not behind a backslash. */
function closingAt(text: string, from: number, delimiter: string): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === delimiter) return at;
  }
  return undefined;
}

function afterDelimited(scanning: Scanning, at: number, delimiter: string, message: string): number {
  const end = closingAt(scanning.text, at + 1, delimiter);
  if (end === undefined) {
    report(scanning, spanOf(at, at + 1), message);
    return scanning.text.length;
  }
  hide(scanning, at + 1, end);
  return end + 1;
}

function afterRegex(scanning: Scanning, at: number): number {
  const { text } = scanning;
  if (closingAt(text, at + 1, "/") !== undefined) return afterDelimited(scanning, at, "/", "");
  const span = spanOf(at, at + 1);
  const fix = asGuess(replaceWith(span, "\\/", "Write a backslash before it"));
  report(scanning, span, "This / begins a regular expression that does not end", fix);
  return text.length;
}

const RANGE = /^\s*(?:"(?:[^"\\]|\\[^])*"|[^\s"\]}]+)\s+TO\s+(?:"(?:[^"\\]|\\[^])*"|[^\s"\]}]+)\s*$/;

function afterRange(scanning: Scanning, at: number): number {
  const { text } = scanning;
  const ends = [closingAt(text, at + 1, "]"), closingAt(text, at + 1, "}")];
  const known = ends.filter((end) => end !== undefined);
  if (known.length === 0) {
    report(scanning, spanOf(at, at + 1), `This ${text[at] ?? ""} is not closed`);
    return text.length;
  }
  const end = Math.min(...known);
  if (!RANGE.test(text.slice(at + 1, end)))
    report(scanning, spanOf(at, end + 1), "A range is written as from TO to");
  hide(scanning, at, end + 1);
  return end + 1;
}

function closeGroup(scanning: Scanning, at: number): void {
  const { text, masked, open, parts } = scanning;
  const start = open.pop();
  if (start === undefined) {
    report(scanning, spanOf(at, at + 1), "There is no ( that this ) closes");
    return;
  }
  const span = spanOf(start + 1, at);
  scanning.work += at - start;
  if (textAt(text, span).trim() === "")
    report(scanning, spanOf(start, at + 1), "There is nothing between ( and )");
  else parts.push({ span, masked: masked.slice(start + 1, at).join(""), isGroup: true });
  hide(scanning, start, at + 1);
  // Nothing may grow together with the word before.
  if (/\w/.test(text[start - 1] ?? "")) masked[start] = " ";
}
