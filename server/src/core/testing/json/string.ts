/** Texts of JSON, and the two other ways in which they get pasted: single quotes, and three as Kibana's console writes. */
import { spanOf } from "../../text/span.ts";
import { type TextMap, textMapBuilder } from "../../text/textMap.ts";
import { type JsonStringNode } from "./model.ts";
import { type Reader, report } from "./reader.ts";

/** The reader stands at the opening quote. */
export function readJsonString(reader: Reader): JsonStringNode {
  if (reader.text.startsWith('"""', reader.at)) return readTripled(reader);
  const start = reader.at;
  const quote = reader.text.charAt(start);
  const bodyEnd = endOfBody(reader.text, start + 1, reader.end, quote);
  const isClosed = bodyEnd < reader.end && reader.text.charAt(bodyEnd) === quote;
  reader.at = isClosed ? bodyEnd + 1 : bodyEnd;
  if (!isClosed) report(reader, spanOf(start, bodyEnd), "This text is not closed");
  if (quote === "'") {
    report(reader, spanOf(start, reader.at), "A text stands in double quotes", "repaired");
  }
  const { value, map } = decoded(reader, start + 1, bodyEnd);
  return { kind: "string", span: spanOf(start, reader.at), value, map };
}

function readTripled(reader: Reader): JsonStringNode {
  const start = reader.at;
  const found = reader.text.indexOf('"""', start + 3);
  const isClosed = found !== -1 && found + 3 <= reader.end;
  const bodyEnd = isClosed ? found : reader.end;
  reader.at = isClosed ? bodyEnd + 3 : reader.end;
  const span = spanOf(start, reader.at);
  if (isClosed) {
    report(reader, spanOf(start, start + 3), "Three quotes are no JSON: only Kibana knows them", "repaired");
  } else report(reader, spanOf(start, start + 3), "This text is not closed");
  const builder = textMapBuilder(start + 3);
  builder.copied(bodyEnd - start - 3);
  return { kind: "string", span, value: reader.text.slice(start + 3, bodyEnd), map: builder.build() };
}

/** The closing quote, or where the line or the text ends before one. */
function endOfBody(text: string, from: number, end: number, quote: string): number {
  let at = from;
  while (at < end) {
    const character = text.charAt(at);
    if (character === quote || character === "\n" || character === "\r") return at;
    at += character === "\\" ? 2 : 1;
  }
  return Math.min(at, end);
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

interface Decoded {
  readonly value: string;
  readonly map: TextMap;
}

function decoded(reader: Reader, start: number, end: number): Decoded {
  const builder = textMapBuilder(start);
  const { text } = reader;
  const pieces: string[] = [];
  let copiedFrom = start;
  const copyUpTo = (to: number): void => {
    builder.copied(to - copiedFrom);
    pieces.push(text.slice(copiedFrom, to));
  };
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20)
      report(reader, spanOf(at, at + 1), "A control character stands as `\\u` and four digits");
    if (unit !== BACKSLASH) continue;
    copyUpTo(at);
    const { length, value } = escapeAt(reader, at, end);
    builder.replaced(length, value.length);
    pieces.push(value);
    at += length - 1;
    copiedFrom = at + 1;
  }
  copyUpTo(end);
  return { value: pieces.join(""), map: builder.build() };
}

const BACKSLASH = 0x5c;

function escapeAt(
  reader: Reader,
  at: number,
  end: number,
): { readonly length: number; readonly value: string } {
  const letter = at + 1 < end ? reader.text.charAt(at + 1) : "";
  const digits = /^[0-9a-fA-F]{4}$/.exec(reader.text.slice(at + 2, Math.min(at + 6, end)))?.[0];
  if (letter === "u" && digits !== undefined) {
    return { length: 6, value: String.fromCharCode(Number.parseInt(digits, 16)) };
  }
  const value = ESCAPES.get(letter);
  if (value !== undefined) return { length: 2, value };
  const message =
    letter === "u" ? "A `\\u` takes four hexadecimal digits" : `JSON has no escape \`\\${letter}\``;
  const length = Math.min(2, end - at);
  report(reader, spanOf(at, at + length), message);
  return { length, value: reader.text.slice(at, at + length) };
}
