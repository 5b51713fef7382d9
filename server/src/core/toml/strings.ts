/** The four string forms of TOML: decoding with a map back to the file, and encoding for edits. */
import { spanOf } from "../text/span.ts";
import { type TextMapBuilder, textMapBuilder } from "../text/textMap.ts";
import { type TomlString, type TomlStringForm } from "./model.ts";
import { type Source, fail, lineEnd, lookingAt, looksLikeStatement, quietLine } from "./source.ts";

/** Reads the string that opens at the reading head. An unclosed one ends where the next statement seems to begin. */
export function readString(source: Source): TomlString {
  const quote = lookingAt(source, "'") ? "'" : '"';
  const isLiteral = quote === "'";
  const isMultiline = lookingAt(source, quote.repeat(3));
  const form: TomlStringForm = isMultiline
    ? isLiteral
      ? "multiline-literal"
      : "multiline-basic"
    : isLiteral
      ? "literal"
      : "basic";
  return isMultiline ? readMultiline(source, quote, form) : readSingleLine(source, quote, form);
}

function readSingleLine(source: Source, quote: string, form: TomlStringForm): TomlString {
  const start = source.offset;
  const limit = lineEnd(source, start);
  const body = start + 1;
  const close =
    form === "literal" ? source.text.indexOf(quote, body) : closingQuote(source.text, body, limit);
  const isClosed = 0 <= close && close < limit;
  const bodyEnd = isClosed ? close : endOfUnclosed(source, body, limit);
  if (!isClosed) {
    const place = spanOf(bodyEnd, bodyEnd);
    const fix = { title: `Add the closing ${quote}`, edits: [{ span: place, text: quote }] };
    if (goesOn(source, limit)) fail(source, place, `A text of several lines takes ${quote.repeat(3)}`);
    else fail(source, place, `This text is not closed: expected ${quote} at the end of the line`, fix);
    quietLine(source);
    // Lines that follow may be more of the text.
    source.isLost = true;
  }
  source.offset = isClosed ? close + 1 : bodyEnd;
  return { ...decoded(source, form, start, body, bodyEnd, source.offset), isClosed };
}

/** True if the next line can only be more of the text that this line leaves open. */
function goesOn(source: Source, limit: number): boolean {
  const next = source.text.indexOf("\n", limit) + 1;
  if (next === 0 || 0 < source.depth) return false;
  const line = source.text.slice(next, lineEnd(source, next)).trim();
  return line !== "" && !line.startsWith("#") && !looksLikeStatement(source, next);
}

/** An unclosed text ends before trailing blanks; inside of brackets it does not swallow a comma or bracket that ends the line. */
function endOfUnclosed({ text, depth }: Source, body: number, limit: number): number {
  const trailing = depth === 0 ? /[\s,]/ : /[\s,\]}]/;
  let end = limit;
  while (body < end && trailing.test(text.charAt(end - 1))) end--;
  return end;
}

function closingQuote(text: string, from: number, limit: number): number {
  for (let i = from; i < limit; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 92) i++;
    else if (unit === 34) return i;
  }
  return -1;
}

function readMultiline(source: Source, quote: string, form: TomlStringForm): TomlString {
  const { text } = source;
  const start = source.offset;
  const delimiter = quote.repeat(3);
  let body = start + 3;
  if (text.startsWith("\r\n", body)) body += 2;
  else if (text.startsWith("\n", body)) body += 1;
  const close = closingDelimiter(source, delimiter, body);
  if (close === undefined) {
    const end = endOfUnclosedBlock(source, body);
    fail(source, spanOf(start, start + 3), `This text is not closed: expected ${delimiter} where it ends`, {
      title: `Close the text with ${delimiter}`,
      edits: [{ span: spanOf(end, end), text: closingText(text, end, delimiter) }],
    });
    source.offset = end;
    return { ...decoded(source, form, start, body, end, end), isClosed: false };
  }
  source.offset = close + 3;
  return { ...decoded(source, form, start, body, close, close + 3), isClosed: true };
}

/** The delimiter on a line of its own, whatever stands before and after it. */
function closingText(text: string, end: number, delimiter: string): string {
  const before = text.charAt(end - 1) === "\n" ? "" : "\n";
  return `${before}${delimiter}${end < text.length ? "\n" : ""}`;
}

/** Where the closing delimiter begins; up to two more quotes right before it belong to the value. */
function closingDelimiter(source: Source, delimiter: string, body: number): number | undefined {
  const { text } = source;
  const quote = delimiter.charAt(0);
  let close = text.indexOf(delimiter, body);
  while (0 <= close && quote === '"' && isEscaped(text, close, body)) {
    close = text.indexOf(delimiter, close + 1);
  }
  if (close < 0) return undefined;
  for (let extra = 0; extra < 2 && text.charAt(close + 3) === quote; extra++) close++;
  if (opensAnother(text, close, body)) {
    source.sawSuspicion = true;
    if (source.mode === "suspicious") return undefined;
  }
  return close;
}

function isEscaped(text: string, offset: number, from: number): boolean {
  let backslashes = 0;
  for (let i = offset - 1; from <= i && text.charAt(i) === "\\"; i--) backslashes++;
  return backslashes % 2 === 1;
}

/**
 * True if what closes a text here reads as the opening of the next key's, `note = '''`, or of the first item of the next
 * list, or if it stands inside of a text that opened after it.
 */
function opensAnother(text: string, close: number, body: number): boolean {
  const lineStart = text.lastIndexOf("\n", close) + 1;
  if (lineStart <= body) return false;
  const before = text.slice(lineStart, close);
  if (/^[A-Za-z0-9_-]+[ \t]*=[ \t]*$/.test(before)) return true;
  const lineBefore = text.slice(text.lastIndexOf("\n", lineStart - 2) + 1, lineStart - 1);
  if (before.trim() === "" && /^[A-Za-z0-9_-]+[ \t]*=[ \t]*\[[ \t]*\r?$/.test(lineBefore)) return true;
  return isInsideText(text, close) && /^[A-Za-z0-9_-]+ = ["'[{\d]/m.test(text.slice(body, lineStart));
}

/** True if more than a bracket, a comma or a comment follows what closes a text: it stands inside of another one. */
function isInsideText(text: string, close: number): boolean {
  const end = text.indexOf("\n", close);
  return /^[ \t]*[^\s,\]}#]/.test(text.slice(close + 3, end < 0 ? undefined : end));
}

function endOfUnclosedBlock(source: Source, body: number): number {
  const { text } = source;
  for (let line = body; line < text.length;) {
    if (text.charAt(line - 1) === "\n" && looksLikeStatement(source, line)) return line;
    const next = text.indexOf("\n", line);
    if (next < 0) return text.length;
    line = next + 1;
  }
  return text.length;
}

const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)/;

function decoded(
  source: Source,
  form: TomlStringForm,
  start: number,
  bodyStart: number,
  bodyEnd: number,
  end: number,
): Omit<TomlString, "isClosed"> {
  const raw = source.text.slice(bodyStart, bodyEnd);
  const control = CONTROL.exec(raw);
  if (control !== null) {
    const at = bodyStart + control.index;
    fail(source, spanOf(at, at + 1), "A control character cannot stand in a text; write it as an escape");
  }
  const map = textMapBuilder(bodyStart);
  const hasEscapes = (form === "basic" || form === "multiline-basic") && raw.includes("\\");
  if (!hasEscapes) {
    map.copied(raw.length);
    return { kind: "string", span: spanOf(start, end), form, value: raw, map: map.build() };
  }
  const value = decodeEscapes(source, raw, bodyStart, form === "multiline-basic", map);
  return { kind: "string", span: spanOf(start, end), form, value, map: map.build() };
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
  e: "\x1b",
  '"': '"',
  "\\": "\\",
};
const NUMERIC_ESCAPE = /x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}/y;
const LINE_CONTINUATION = /[ \t]*\r?\n[ \t\r\n]*/y;

function decodeEscapes(
  source: Source,
  raw: string,
  bodyStart: number,
  isMultiline: boolean,
  map: TextMapBuilder,
): string {
  let value = "";
  let reached = 0;
  for (let at = raw.indexOf("\\"); 0 <= at; at = raw.indexOf("\\", reached)) {
    value += raw.slice(reached, at);
    map.copied(at - reached);
    const escape = escapeAt(source, raw, at, bodyStart, isMultiline);
    if (escape === undefined) {
      value += "\\";
      map.copied(1);
      reached = at + 1;
    } else {
      value += escape.value;
      map.replaced(escape.length, escape.value.length);
      reached = at + escape.length;
    }
  }
  map.copied(raw.length - reached);
  return value + raw.slice(reached);
}

/** The escape at `at`; undefined, with an error, if there is none that TOML knows. */
function escapeAt(
  source: Source,
  raw: string,
  at: number,
  bodyStart: number,
  isMultiline: boolean,
): { readonly value: string; readonly length: number } | undefined {
  const letter = raw.charAt(at + 1);
  const span = spanOf(bodyStart + at, bodyStart + at + 2);
  const simple = SIMPLE_ESCAPES[letter];
  if (simple !== undefined) {
    if (letter === "e") newer(source, span.start, span.end, "The escape \\e");
    return { value: simple, length: 2 };
  }
  NUMERIC_ESCAPE.lastIndex = at + 1;
  const numeric = NUMERIC_ESCAPE.exec(raw)?.[0];
  if (numeric !== undefined) {
    const code = Number.parseInt(numeric.slice(1), 16);
    if (letter === "x") newer(source, span.start, span.end + 2, "The escape \\x");
    if (code <= 0x10ffff && (code < 0xd800 || 0xdfff < code)) {
      return { value: String.fromCodePoint(code), length: numeric.length + 1 };
    }
    fail(source, spanOf(span.start, span.start + numeric.length + 1), `\\${numeric} is no Unicode character`);
    return { value: "\uFFFD", length: numeric.length + 1 };
  }
  if (isMultiline) {
    LINE_CONTINUATION.lastIndex = at + 1;
    const continuation = LINE_CONTINUATION.exec(raw)?.[0];
    if (continuation !== undefined) return { value: "", length: continuation.length + 1 };
  }
  const shown = letter === "" || letter === "\n" || letter === "\r" ? "\\" : `\\${letter}`;
  fail(
    source,
    spanOf(span.start, span.start + shown.length),
    `Unknown escape ${shown}: write \\\\ for a backslash`,
    {
      title: "Double the backslash",
      edits: [{ span: spanOf(span.start, span.start), text: "\\" }],
    },
  );
  return undefined;
}

function newer(source: Source, start: number, end: number, what: string): void {
  source.newerSyntax.push({ span: spanOf(start, end), message: `${what} is new in TOML 1.1`, fixes: [] });
}

const NEEDS_ESCAPE = /["\\\0-\x08\x0b\x0c\x0e-\x1f\x7f\t\n\r]/g;

/**
 * The text of a string body that decodes to `value` in the given form.
 * Undefined if the form cannot hold it: a literal has no escapes, so quotes of its own kind and control characters are out.
 */
export function encode(value: string, form: TomlStringForm): string | undefined {
  switch (form) {
    case "literal":
      return /['\n\r]/.test(value) || CONTROL.test(value) ? undefined : value;
    case "multiline-literal":
      return value.includes("'''") || value.endsWith("'") || CONTROL.test(value) ? undefined : value;
    case "basic":
      return value.replace(NEEDS_ESCAPE, escaped);
    case "multiline-basic":
      return value.replace(NEEDS_ESCAPE, (unit) => (/[\t\n\r]/.test(unit) ? unit : escaped(unit)));
  }
}

function escaped(unit: string): string {
  const letter = Object.entries(SIMPLE_ESCAPES).find(([name, value]) => value === unit && name !== "e")?.[0];
  return letter === undefined ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}` : `\\${letter}`;
}
