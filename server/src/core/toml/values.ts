/** Values of TOML: scalars, arrays and inline tables, read tolerantly. */
import { type Span, spanOf } from "../text/span.ts";
import { type TomlArray, type TomlHole, type TomlTable, type TomlValue } from "./model.ts";
import { readKey } from "./keys.ts";
import { readString } from "./strings.ts";
import { type TableBuilder, addEntry, frozenTable, tableBuilder } from "./tables.ts";
import {
  type Source,
  atEnd,
  fail,
  lineEnd,
  lookingAt,
  looksLikeHeader,
  looksLikeStatement,
  quietLine,
  skipBlanks,
  skipComment,
  skipLines,
} from "./source.ts";

/** Nesting beyond this is refused: the reader's own stack must never decide. */
const MAX_DEPTH = 100;

/** Reads the value at the reading head. `after` names what stands before it, for messages. */
export function readValue(source: Source, after: string): TomlValue {
  const unit = source.text.charAt(source.offset);
  if (unit === '"' || unit === "'") return readString(source);
  if (unit === "[" || unit === "{") {
    if (MAX_DEPTH <= source.depth) return tooDeep(source);
    source.depth++;
    const value = unit === "[" ? readArray(source) : readInlineTable(source);
    source.depth--;
    return value;
  }
  return readScalar(source, after);
}

function tooDeep(source: Source): TomlHole {
  const start = source.offset;
  fail(
    source,
    spanOf(start, start + 1),
    `Nested too deeply: more than ${MAX_DEPTH} brackets inside each other`,
  );
  source.offset = lineEnd(source, start);
  return { kind: "hole", lacksEquals: false, span: spanOf(start, source.offset) };
}

function readArray(source: Source): TomlArray {
  const start = source.offset;
  source.offset++;
  const items: TomlValue[] = [];
  for (;;) {
    skipLinesInside(source);
    if (closes(source, "]")) break;
    if (isLeftOpen(source)) {
      failUnclosed(source, start, "list", "]", items[items.length - 1]?.span.end ?? start + 1);
      break;
    }
    if (lookingAt(source, ",")) {
      fail(source, spanOf(source.offset, source.offset + 1), "Expected a value before this comma");
      source.offset++;
      continue;
    }
    const before = source.offset;
    items.push(readValue(source, items.length === 0 ? "[" : ","));
    if (source.offset === before) source.offset++;
    const end = source.offset;
    skipLinesInside(source);
    if (lookingAt(source, ",")) source.offset++;
    else if (!lookingAt(source, "]") && !isLeftOpen(source)) failMissingComma(source, end);
  }
  noteMixed(source, items);
  return { kind: "array", form: "inline", span: spanOf(start, source.offset), items };
}

/** TOML before 1.0 had lists of one kind only. */
function noteMixed(source: Source, items: readonly TomlValue[]): void {
  const [first, ...others] = items;
  if (first === undefined || items.some(({ kind }) => kind === "hole")) return;
  const other = others.find(({ kind }) => kind !== first.kind);
  if (other === undefined) return;
  const message = "A list with items of several kinds is new in TOML 1.0";
  source.mixedItems.push({ span: other.span, message, fixes: [] });
}

function failMissingComma(source: Source, end: number): void {
  const place = spanOf(end, end);
  fail(source, place, "Expected a comma between these values", {
    title: "Insert a comma",
    edits: [{ span: place, text: "," }],
  });
  quietLine(source);
}

/** Steps over lines, but stops before one that begins another statement: the bracket was left open. */
function skipLinesInside(source: Source): void {
  for (;;) {
    skipBlanks(source);
    skipComment(source);
    const unit = source.text.charCodeAt(source.offset);
    if (unit !== 10 && unit !== 13) return;
    source.offset++;
    if (unit === 10 && looksLikeStatement(source, source.offset)) return;
  }
}

function isLeftOpen(source: Source): boolean {
  if (atEnd(source)) return true;
  const isLineStart = source.text.charAt(source.offset - 1) === "\n";
  return isLineStart && looksLikeStatement(source, source.offset);
}

/** After a comma, a line `key = …` goes on with the inline table, as TOML 1.1 allows. */
function isTableLeftOpen(source: Source, hasComma: boolean): boolean {
  return hasComma ? atEnd(source) || looksLikeHeader(source, source.offset) : isLeftOpen(source);
}

function closes(source: Source, bracket: string): boolean {
  if (!lookingAt(source, bracket)) return false;
  source.offset++;
  return true;
}

function failUnclosed(source: Source, start: number, what: string, bracket: string, end: number): void {
  // Of brackets left open inside each other, the innermost speaks.
  if (source.leftOpenAt === source.offset) return;
  source.leftOpenAt = source.offset;
  fail(source, spanOf(start, start + 1), `This ${what} is not closed: expected ${bracket}`, {
    title: `Insert the missing ${bracket}`,
    edits: [{ span: spanOf(end, end), text: bracket }],
  });
}

function readInlineTable(source: Source): TomlTable {
  const start = source.offset;
  source.offset++;
  const table: TableBuilder = tableBuilder("inline", spanOf(start, start), source.conflicts);
  let hasComma = true;
  let hasLineBreak = false;
  for (;;) {
    if (skipInlineSpace(source) && !hasLineBreak) {
      hasLineBreak = true;
      noteNewer(source, spanOf(start, start + 1), "A line break inside { }");
    }
    if (closes(source, "}")) break;
    if (isTableLeftOpen(source, hasComma)) {
      failUnclosed(source, start, "inline table", "}", table.reach);
      break;
    }
    if (!hasComma) failMissingComma(source, table.reach);
    if (!readInlineEntry(source, table)) break;
    hasComma = readComma(source);
  }
  table.span = spanOf(start, source.offset);
  return frozenTable(table);
}

/** Reads `key = value`; false if nothing here can be read, with the rest of the line given up. */
function readInlineEntry(source: Source, table: TableBuilder): boolean {
  const keys = readKey(source);
  skipBlanks(source);
  if (keys.length === 0 || !lookingAt(source, "=")) {
    const place = spanOf(source.offset, source.offset + 1);
    fail(source, place, keys.length === 0 ? "Expected a key or }" : "Expected = after the key");
    source.offset = lineEnd(source, source.offset);
    return false;
  }
  source.offset++;
  skipBlanks(source);
  const value = readValue(source, "=");
  addEntry(table, keys, value, source.offset);
  table.reach = source.offset;
  return true;
}

function readComma(source: Source): boolean {
  skipInlineSpace(source);
  if (!lookingAt(source, ",")) return false;
  const comma = spanOf(source.offset, source.offset + 1);
  source.offset++;
  const ahead = source.offset;
  skipLines(source);
  if (lookingAt(source, "}")) noteNewer(source, comma, "A comma before }");
  source.comments.splice(countBefore(source.comments, ahead));
  source.offset = ahead;
  return true;
}

function countBefore(spans: readonly Span[], offset: number): number {
  return spans.findLastIndex((span) => span.start < offset) + 1;
}

/** Steps over white space. True if that crossed a line end, which only TOML 1.1 allows in here. */
function skipInlineSpace(source: Source): boolean {
  skipBlanks(source);
  const unit = source.text.charAt(source.offset);
  if (unit !== "\n" && unit !== "\r" && unit !== "#") return false;
  skipLinesInside(source);
  return true;
}

function noteNewer(source: Source, span: Span, what: string): void {
  source.newerSyntax.push({ span, message: `${what} is new in TOML 1.1`, fixes: [] });
}

const BARE = /[^\s,\]}#=]+/y;
const DATE_TIME =
  /\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2})?)?|\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?/y;
const INTEGER =
  /^(?:[+-]?(?:0|[1-9](?:_?\d)*)|0x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*)$/;
const FLOAT = /^[+-]?(?:(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?|inf|nan)$/;

function readScalar(source: Source, after: string): TomlValue {
  const start = source.offset;
  DATE_TIME.lastIndex = start;
  const date = DATE_TIME.exec(source.text)?.[0];
  BARE.lastIndex = start;
  const bare = BARE.exec(source.text)?.[0] ?? "";
  if (date !== undefined && bare.length <= date.length) {
    source.offset = start + date.length;
    const span = spanOf(start, source.offset);
    if (/(?:^|[Tt ])\d{2}:\d{2}(?!:)/.test(date)) {
      noteNewer(source, span, "A time without seconds");
    }
    return { kind: "date", span, text: date };
  }
  source.offset = start + bare.length;
  const span = spanOf(start, source.offset);
  if (bare === "true" || bare === "false") return { kind: "boolean", span, value: bare === "true" };
  if (INTEGER.test(bare)) return { kind: "integer", span, value: Number(bare.replaceAll("_", "")) };
  if (FLOAT.test(bare)) return { kind: "float", span, value: floatOf(bare) };
  return notAValue(source, span, bare, after);
}

function floatOf(text: string): number {
  if (text.endsWith("inf")) return text.startsWith("-") ? -Infinity : Infinity;
  return Number(text.replaceAll("_", ""));
}

const MISSPELT: ReadonlyMap<string, string> = new Map([
  ...["True", "TRUE", "yes", "Yes", "on"].map((spelling) => [spelling, "true"] as const),
  ...["False", "FALSE", "no", "No", "off"].map((spelling) => [spelling, "false"] as const),
]);

function notAValue(source: Source, span: Span, bare: string, after: string): TomlHole {
  if (bare === "") {
    const place = spanOf(span.start, span.start);
    fail(source, place, `Expected a value after ${after}`);
    return { kind: "hole", lacksEquals: false, span: place };
  }
  const spelling = MISSPELT.get(bare);
  if (spelling !== undefined) {
    const edits = [{ span, text: spelling }];
    fail(source, span, `A boolean is written ${spelling}`, {
      title: `Write ${spelling}`,
      edits,
    });
  } else if (/^[+-]?0\d/.test(bare)) {
    fail(source, span, "A number cannot begin with 0");
  } else if (/^[“”‘’]/.test(bare)) {
    const line = spanOf(span.start, lineEnd(source, span.start));
    fail(source, line, 'Typographic quotes do not open a text: use "');
    source.offset = line.end;
  } else {
    quoteWords(source, span);
  }
  return { kind: "hole", lacksEquals: false, span: spanOf(span.start, source.offset) };
}

/** A text without quotes: takes the words up to a comma, bracket or comment, and offers to quote them. */
function quoteWords(source: Source, span: Span): void {
  const rest = source.text.slice(span.start, lineEnd(source, span.start)).trimEnd();
  // Words with quotes among them are one text, which single quotes can hold.
  const isQuoting = /^\w[^'#]*"[^']*$/.test(rest) && source.depth === 0;
  const words = isQuoting ? rest : (/^[^,\]}#"]*/.exec(rest)?.[0] ?? "").trimEnd();
  const whole = spanOf(span.start, Math.max(span.end, span.start + words.length));
  source.offset = whole.end;
  if (!/^\w/.test(words)) {
    fail(source, whole, "Expected a value: a text in quotes, a number, true, false or a list");
    quietLine(source);
    return;
  }
  const quote = isQuoting ? "'" : '"';
  const edits = [
    { span: spanOf(whole.start, whole.start), text: quote },
    { span: spanOf(whole.end, whole.end), text: quote },
  ];
  fail(source, whole, "A text needs quotes", { title: "Put it in quotes", edits });
}
