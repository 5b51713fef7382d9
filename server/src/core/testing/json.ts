/** Reads JSON tolerantly: always a tree, with every place, and what is wrong with the text. */
import { type Span, spanOf } from "../text/span.ts";
import { type JsonMember, type JsonNode, type JsonProblem } from "./json/model.ts";
import { readJsonString } from "./json/string.ts";
import { type Reader, isAtEnd, peek, report, skipBlanks, wordSpan } from "./json/reader.ts";
import { MOST_LEVELS } from "./json/limits.ts";

export interface JsonReading {
  readonly node: JsonNode;
  readonly problems: readonly JsonProblem[];
}

/** The text in `span` as one value. */
export function readJson(text: string, span: Span = spanOf(0, text.length)): JsonReading {
  const reader: Reader = { text, end: span.end, at: span.start, levels: 0, problems: [] };
  skipBlanks(reader);
  const node = readValue(reader);
  skipBlanks(reader);
  if (!isAtEnd(reader)) {
    report(reader, spanOf(reader.at, Math.min(reader.at + 1, reader.end)), "Nothing may follow the value");
  }
  return { node, problems: reader.problems };
}

function readValue(reader: Reader): JsonNode {
  const start = reader.at;
  switch (peek(reader)) {
    case "{":
      return nested(reader, readObject);
    case "[":
      return nested(reader, readArray);
    case '"':
    case "'":
      return readJsonString(reader);
    case "":
    case ",":
    case ":":
    case "}":
    case "]":
      report(reader, spanOf(start, start), "Expected a value");
      return { kind: "hole", span: spanOf(start, start) };
    default:
      return readWord(reader);
  }
}

function nested(reader: Reader, read: (reader: Reader) => JsonNode): JsonNode {
  if (MOST_LEVELS <= reader.levels) {
    const span = spanOf(reader.at, reader.end);
    report(reader, spanOf(reader.at, reader.at + 1), `Nested more than ${MOST_LEVELS} deep`);
    reader.at = reader.end;
    return { kind: "hole", span };
  }
  reader.levels++;
  const node = read(reader);
  reader.levels--;
  return node;
}

function readObject(reader: Reader): JsonNode {
  const start = reader.at;
  const members: JsonMember[] = [];
  reader.at++;
  const isClosed = readItems(reader, "}", () => {
    const member = readMember(reader);
    if (member === undefined) return false;
    members.push(member);
    return true;
  });
  if (!isClosed) report(reader, spanOf(start, start + 1), "This `{` is not closed");
  return { kind: "object", span: spanOf(start, reader.at), members };
}

function readArray(reader: Reader): JsonNode {
  const start = reader.at;
  const items: JsonNode[] = [];
  reader.at++;
  const isClosed = readItems(reader, "]", () => {
    const node = readValue(reader);
    items.push(node);
    return node.kind !== "hole";
  });
  if (!isClosed) report(reader, spanOf(start, start + 1), "This `[` is not closed");
  return { kind: "array", span: spanOf(start, reader.at), items };
}

/** What stands between brackets; false if the closing one is missing. `readItem` says whether it got anywhere. */
function readItems(reader: Reader, close: "}" | "]", readItem: () => boolean): boolean {
  for (;;) {
    skipBlanks(reader);
    if (isAtEnd(reader)) return false;
    if (take(reader, close)) return true;
    const before = reader.at;
    if (!readItem() && reader.at === before) {
      if ("}]".includes(peek(reader))) return false;
      reader.at++;
    }
    skipBlanks(reader);
    if (isAtEnd(reader) || peek(reader) === close) continue;
    const comma = reader.at;
    if (!take(reader, ",")) {
      if ("}]".includes(peek(reader))) return false;
      const isNext = /["'{[\w-]/.test(peek(reader));
      if (isNext) report(reader, spanOf(comma, comma), `Expected a comma or \`${close}\` here`, "repaired");
      continue;
    }
    skipBlanks(reader);
    if (peek(reader) === close) {
      report(reader, spanOf(comma, comma + 1), `A comma too many before \`${close}\``, "repaired");
    }
  }
}

function readMember(reader: Reader): JsonMember | undefined {
  const key = readKey(reader);
  if (key === undefined) return undefined;
  skipBlanks(reader);
  if (!take(reader, ":")) {
    report(reader, spanOf(reader.at, reader.at), "Expected a colon after the key");
    return { ...key, value: { kind: "hole", span: spanOf(reader.at, reader.at) } };
  }
  skipBlanks(reader);
  return { ...key, value: readValue(reader) };
}

function readKey(reader: Reader): Omit<JsonMember, "value"> | undefined {
  if (peek(reader) === '"' || peek(reader) === "'") {
    const { value, span } = readJsonString(reader);
    return { key: value, keySpan: span };
  }
  const span = wordSpan(reader);
  if (span.start === span.end) {
    report(reader, spanOf(reader.at, reader.at + 1), "Expected a key in double quotes");
    return undefined;
  }
  reader.at = span.end;
  report(reader, span, "A key stands in double quotes", "repaired");
  return { key: reader.text.slice(span.start, span.end), keySpan: span };
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const LOOSE_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const LITERALS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** As Python and JavaScript write them. */
const OTHER_LITERALS: ReadonlyMap<string, string> = new Map([
  ["True", "true"],
  ["False", "false"],
  ["None", "null"],
  ["NULL", "null"],
  ["undefined", "null"],
  ["NaN", "null"],
  ["nan", "null"],
]);

function readWord(reader: Reader): JsonNode {
  const span = wordSpan(reader);
  if (span.start === span.end) {
    report(reader, spanOf(span.start, span.start + 1), "Expected a value");
    reader.at++;
    return { kind: "hole", span: spanOf(span.start, span.start + 1) };
  }
  reader.at = span.end;
  const word = reader.text.slice(span.start, span.end);
  if (NUMBER.test(word)) return { kind: "number", span, value: Number(word) };
  const literal = LITERALS.get(word);
  if (literal !== undefined) return literalNode(literal, span);
  const meant = OTHER_LITERALS.get(word);
  if (meant !== undefined) {
    report(reader, span, `\`${word}\` is no JSON: write \`${meant}\``, "repaired");
    return literalNode(LITERALS.get(meant) ?? null, span);
  }
  if (LOOSE_NUMBER.test(word)) {
    report(reader, span, "JSON writes numbers without `+`, leading zeros or a bare point", "repaired");
    return { kind: "number", span, value: Number(word) };
  }
  report(reader, span, "A text stands in double quotes");
  return { kind: "hole", span };
}

function literalNode(value: boolean | null, span: Span): JsonNode {
  return value === null ? { kind: "null", span } : { kind: "boolean", span, value };
}

function take(reader: Reader, character: string): boolean {
  if (peek(reader) !== character) return false;
  reader.at++;
  return true;
}
