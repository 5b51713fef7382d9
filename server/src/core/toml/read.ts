/** Our tolerant TOML reader: a tree with every place, and several errors at once, each where it stands. */
import { type Span, spanOf } from "../text/span.ts";
import { judge } from "./judge.ts";
import { readKey } from "./keys.ts";
import { type TomlDocument, type TomlHole, type TomlKey, type TomlValue } from "./model.ts";
import {
  type ReadingMode,
  type Source,
  atEnd,
  fail,
  lineEnd,
  lookingAt,
  looksLikeStatement,
  skipBlanks,
  skipComment,
  skipLines,
  sourceOf,
} from "./source.ts";
import { type TableBuilder, addEntry, frozenTable, openTable, tableBuilder } from "./tables.ts";
import { readValue } from "./values.ts";

/** Reads any text, without ever failing. Where we find nothing wrong, smol-toml has the last word. */
export function readToml(text: string): TomlDocument {
  const plain = readOnce(text, "plain");
  return isRight(plain.document) ? judged(plain.document) : readAgain(text, plain);
}

/** The same without the last word, which takes a quarter of the time and changes nothing but the errors. */
export function readUnjudgedToml(text: string): TomlDocument {
  const plain = readOnce(text, "plain");
  return isRight(plain.document) ? plain.document : readAgain(text, plain);
}

function readAgain(text: string, plain: ReturnType<typeof readOnce>): TomlDocument {
  // A line of a list or text may look like a header or a key: what smol-toml reads is read to the letter.
  const exact = judge(text) === undefined ? readOnce(text, "exact").document : undefined;
  if (exact !== undefined && isRight(exact)) return exact;
  // A text left open swallows the file up to the opening of the next one: read again with an eye on that.
  return plain.sawSuspicion ? readOnce(text, "suspicious").document : plain.document;
}

function isRight({ errors, conflicts }: TomlDocument): boolean {
  return errors.length === 0 && conflicts.length === 0;
}

function judged(document: TomlDocument): TomlDocument {
  const error = judge(document.text);
  return error === undefined ? document : { ...document, errors: [error] };
}

interface OpenHeader {
  readonly span: Span;
  readonly parts: readonly TomlKey[];
  readonly isList: boolean;
  readonly builder: TableBuilder;
  reach: number;
}

function readOnce(text: string, mode: ReadingMode): { document: TomlDocument; sawSuspicion: boolean } {
  const source = sourceOf(text, mode);
  const root = tableBuilder("root", spanOf(0, text.length), source.conflicts);
  const headers: OpenHeader[] = [];
  skipByteOrderMark(source);
  for (skipLines(source); !atEnd(source); skipLines(source)) {
    const before = source.offset;
    const header = headers[headers.length - 1];
    if (source.isLost && !looksLikeStatement(source, source.offset)) {
      source.offset = lineEnd(source, source.offset);
      continue;
    }
    source.isLost = false;
    if (lookingAt(source, "[")) headers.push(readHeader(source, root));
    else readEntry(source, header?.builder ?? root, header);
    expectLineEnd(source);
    if (source.offset === before) source.offset++;
  }
  const seen = new Map<TableBuilder, ReturnType<typeof frozenTable>>();
  const ends = wholeEnds(headers, text.length);
  const closed = headers.map(({ span, parts, isList, builder, reach }, i) => ({
    span,
    parts,
    isList,
    table: frozenTable(builder, seen),
    section: spanOf(span.start, reach),
    whole: spanOf(span.start, ends[i] ?? text.length),
  }));
  const document: TomlDocument = {
    text,
    root: frozenTable(root, seen),
    headers: closed,
    headerOf: new Map([...closed].reverse().map((header) => [header.table, header])),
    comments: source.comments,
    errors: source.errors.sort((a, b) => a.span.start - b.span.start),
    conflicts: source.conflicts,
    newerSyntax: source.newerSyntax,
    mixedItems: source.mixedItems,
  };
  return { document, sawSuspicion: source.sawSuspicion };
}

/** For each header, where the next one begins that is not below it. */
function wholeEnds(headers: readonly OpenHeader[], textEnd: number): readonly number[] {
  const ends = headers.map(() => textEnd);
  const open: number[] = [];
  headers.forEach((header, i) => {
    for (let last = open[open.length - 1]; last !== undefined; last = open[open.length - 1]) {
      if (isBelow(header.parts, headers[last]?.parts ?? [])) break;
      ends[last] = header.span.start;
      open.pop();
    }
    open.push(i);
  });
  return ends;
}

function isBelow(path: readonly TomlKey[], ancestor: readonly TomlKey[]): boolean {
  return ancestor.length < path.length && ancestor.every((key, i) => path[i]?.name === key.name);
}

function skipByteOrderMark(source: Source): void {
  if (!lookingAt(source, "\uFEFF")) return;
  const span = spanOf(0, 1);
  const message = "The file begins with a byte order mark, which Elastic's loaders refuse";
  const fixes = [
    { title: "Remove the byte order mark", safety: "safe" as const, edits: [{ span, text: "" }] },
  ];
  source.newerSyntax.push({ span, message, fixes });
  source.offset = 1;
}

function readHeader(source: Source, root: TableBuilder): OpenHeader {
  const start = source.offset;
  const isList = lookingAt(source, "[[");
  source.offset += isList ? 2 : 1;
  const extra = skipExtraBrackets(source);
  const parts = readKey(source);
  const end = source.offset;
  if (parts.length === 0) fail(source, spanOf(start, end), "Expected the name of a table after [");
  skipBlanks(source);
  closeHeader(source, isList ? "]]" : "]", end);
  if (extra !== undefined) failExtraBrackets(source, extra);
  const span = spanOf(start, source.offset);
  return { span, parts, isList, builder: openTable(root, parts, span, isList), reach: span.end };
}

/** Brackets after the second one. */
function skipExtraBrackets(source: Source): Span | undefined {
  const start = source.offset;
  while (lookingAt(source, "[")) source.offset++;
  return source.offset === start ? undefined : spanOf(start, source.offset);
}

/** As many may stand at the end, where they are part of the same mistake. */
function failExtraBrackets(source: Source, extra: Span): void {
  const start = source.offset;
  while (lookingAt(source, "]") && source.offset - start < extra.end - extra.start) source.offset++;
  const edits = [
    { span: extra, text: "" },
    { span: spanOf(start, source.offset), text: "" },
  ];
  fail(source, extra, "Two brackets are the most that stand around a table's name", {
    title: "Write [[double brackets]]",
    edits,
  });
}

function closeHeader(source: Source, brackets: string, end: number): void {
  if (lookingAt(source, brackets)) {
    source.offset += brackets.length;
    return;
  }
  const found = lookingAt(source, "]") ? 1 : 0;
  const place = spanOf(source.offset + found, source.offset + found);
  source.offset = found === 0 ? end : place.end;
  fail(
    source,
    found === 0 ? spanOf(end, end) : place,
    `Expected ${brackets} at the end of the table's name`,
    {
      title: `Insert the missing ${brackets.slice(found)}`,
      edits: [{ span: found === 0 ? spanOf(end, end) : place, text: brackets.slice(found) }],
    },
  );
  if (found === 0) source.offset = lineEnd(source, source.offset);
}

function readEntry(source: Source, table: TableBuilder, header: OpenHeader | undefined): void {
  const start = source.offset;
  if (skipForeignLine(source)) return;
  const keys = readKey(source);
  if (keys.length === 0) {
    const end = lineEnd(source, start);
    const word = /^\S+/.exec(source.text.slice(start, end))?.[0] ?? "";
    const span = spanOf(start, start + Math.max(word.length, 1));
    fail(source, span, "Expected a key, such as name = …, or a [table]");
    loseLine(source);
    return;
  }
  const keyEnd = source.offset;
  skipBlanks(source);
  if (!takeEquals(source, keyEnd, keys)) {
    const hole: TomlHole = { kind: "hole", lacksEquals: true, span: spanOf(keyEnd, keyEnd) };
    if (keys.length === 1) addEntry(table, keys, hole, keyEnd);
    loseLine(source);
    return;
  }
  skipToValue(source);
  const value = readLineValue(source);
  addEntry(table, keys, value, source.offset);
  if (header !== undefined) header.reach = source.offset;
}

function loseLine(source: Source): void {
  source.isLost = true;
  source.offset = lineEnd(source, source.offset);
}

const FOREIGN_LINE = /(?:\/\/|--|;)|-[ \t]/y;

/** Comments and list items of other languages. */
function skipForeignLine(source: Source): boolean {
  FOREIGN_LINE.lastIndex = source.offset;
  const sign = FOREIGN_LINE.exec(source.text)?.[0];
  if (sign === undefined) return false;
  const span = spanOf(source.offset, source.offset + sign.trimEnd().length);
  if (sign.startsWith("- ") || sign.startsWith("-\t")) {
    fail(source, span, 'A list is written in brackets: ["a", "b"]');
    source.isLost = true;
  } else {
    fail(source, span, "A comment begins with #", { title: "Write #", edits: [{ span, text: "#" }] });
  }
  source.offset = lineEnd(source, source.offset);
  return true;
}

/** Steps over `=`. Without one: says so, and goes on after a `:` or before a value, as if it were there. */
function takeEquals(source: Source, keyEnd: number, keys: readonly TomlKey[]): boolean {
  if (lookingAt(source, "=")) {
    source.offset++;
    if (lookingAt(source, "=")) {
      const span = spanOf(source.offset, source.offset + 1);
      fail(source, span, "A key takes a single =", {
        title: "Remove the second =",
        edits: [{ span, text: "" }],
      });
      source.offset++;
    }
    return true;
  }
  const name = keys.map((key) => key.name).join(".");
  if (lookingAt(source, ":")) {
    const span = spanOf(keyEnd, source.offset + 1);
    source.offset++;
    const isAlone = source.text.slice(source.offset, lineEnd(source, source.offset)).trim() === "";
    const fix = { title: "Replace the colon by =", edits: [{ span, text: " =" }] };
    fail(source, span, `Expected = after \`${name}\`, not a colon`, isAlone ? undefined : fix);
    return !isAlone;
  }
  const place = spanOf(keyEnd, keyEnd);
  const hasValue = /["'[{\d]/.test(source.text.charAt(source.offset));
  const edits = [{ span: place, text: " =" }];
  if (hasValue) fail(source, place, `Expected = after \`${name}\``, { title: "Insert =", edits });
  else fail(source, place, `Expected = and a value after \`${name}\``);
  return hasValue;
}

const VALUE_ON_NEXT_LINE = /[ \t]*\r?\n[ \t]*(?=["'[{])/y;

/** Steps to the value, also where it begins a line too late. */
function skipToValue(source: Source): void {
  skipBlanks(source);
  VALUE_ON_NEXT_LINE.lastIndex = source.offset;
  const gap = VALUE_ON_NEXT_LINE.exec(source.text)?.[0];
  if (gap === undefined || looksLikeStatement(source, source.offset + gap.length)) return;
  const place = spanOf(source.offset, source.offset);
  const edits = [{ span: spanOf(source.offset, source.offset + gap.length), text: " " }];
  fail(source, place, "A value begins on the line of its =", { title: "Move the value up", edits });
  source.offset += gap.length;
}

/** A value, or several with commas that lack the brackets of a list. */
function readLineValue(source: Source): TomlValue {
  const first = readValue(source, "=");
  const end = source.offset;
  skipBlanks(source);
  if (!lookingAt(source, ",") || first.kind === "hole") {
    source.offset = end;
    return first;
  }
  const items: TomlValue[] = [first];
  while (lookingAt(source, ",")) {
    const comma = spanOf(source.offset, source.offset + 1);
    source.offset++;
    skipBlanks(source);
    if (lookingAt(source, "#") || source.offset === lineEnd(source, source.offset)) {
      const fix = { title: "Remove the comma", edits: [{ span: comma, text: "" }] };
      if (items.length === 1) {
        fail(source, comma, "No comma stands after a value", fix);
        return first;
      }
      break;
    }
    items.push(readValue(source, ","));
    skipBlanks(source);
  }
  const span = spanOf(first.span.start, source.offset);
  const edits = [
    { span: spanOf(span.start, span.start), text: "[" },
    { span: spanOf(span.end, span.end), text: "]" },
  ];
  fail(source, spanOf(end, end + 1), "Several values need the brackets of a list", {
    title: "Put them in [ ]",
    edits,
  });
  return { kind: "array", form: "inline", span, items };
}

function expectLineEnd(source: Source): void {
  skipBlanks(source);
  skipComment(source);
  const unit = source.text.charAt(source.offset);
  if (atEnd(source) || unit === "\n" || unit === "\r" || startsLine(source)) return;
  const end = lineEnd(source, source.offset);
  const trailing = source.text.slice(source.offset, end).trimEnd();
  const span = spanOf(source.offset, source.offset + Math.max(trailing.length, 1));
  // What follows an error on the same line is its consequence.
  const isConsequence = source.errors.some((error) => isOnLine(error.span, source));
  if (!isConsequence && !failOnQuote(source, trailing)) {
    const foreign = /^(?:\/\/|--|;)/.exec(trailing)?.[0];
    if (foreign === undefined) fail(source, span, "Expected the end of the line after the value");
    else failOnForeign(source, foreign);
  }
  source.offset = end;
}

function failOnForeign(source: Source, sign: string): void {
  const span = spanOf(source.offset, source.offset + sign.length);
  const isAlone = source.text.slice(span.end, lineEnd(source, span.end)).trim() === "";
  if (sign === ";" && isAlone) {
    const fix = { title: "Remove the semicolon", edits: [{ span, text: "" }] };
    fail(source, span, "No semicolon stands after a value", fix);
  } else {
    fail(source, span, "A comment begins with #", { title: "Write #", edits: [{ span, text: "#" }] });
  }
}

/** `"say "hi" now"`: the text seems to end at a quote inside it, and words follow at once. */
function failOnQuote(source: Source, trailing: string): boolean {
  const quote = source.text.charAt(source.offset - 1);
  if ((quote !== '"' && quote !== "'") || !/^\w/.test(trailing) || !trailing.endsWith(quote)) return false;
  const at = spanOf(source.offset - 1, source.offset);
  if (quote === "'") {
    fail(source, at, "A text in single quotes cannot hold one: use double quotes");
    return true;
  }
  const last = source.offset + trailing.length - 1;
  const inner = [...source.text.slice(source.offset - 1, last).matchAll(/"/g)].map((match) => {
    const start = source.offset - 1 + match.index;
    return { span: spanOf(start, start), text: "\\" };
  });
  fail(source, at, 'A quote inside a text is written \\"', {
    title: "Escape the quotes inside",
    edits: inner,
  });
  return true;
}

/** True if what was left open before ended right before this line's first word. */
function startsLine(source: Source): boolean {
  return source.text.slice(source.text.lastIndexOf("\n", source.offset - 1) + 1, source.offset).trim() === "";
}

function isOnLine(span: Span, { text, offset }: Source): boolean {
  return text.lastIndexOf("\n", offset - 1) < span.start && span.start <= offset;
}
