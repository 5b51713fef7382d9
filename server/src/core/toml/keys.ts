import { spanOf } from "../text/span.ts";
import { type TomlKey } from "./model.ts";
import { type Source, fail, lookingAt, skipBlanks } from "./source.ts";
import { readString } from "./strings.ts";

/** Deeper keys are refused: the stack of whoever walks the tree must never decide. */
const MAX_PARTS = 100;

const BARE_KEY = /[A-Za-z0-9_-]+/y;
const NEARLY_BARE_KEY = /[^\s=.[\]{}#"',]+/y;

/** Reads a key, dotted or not. Empty, without an error, if nothing here can be a key. */
export function readKey(source: Source): readonly TomlKey[] {
  const parts: TomlKey[] = [];
  for (;;) {
    skipBlanks(source);
    const part = readPart(source);
    if (part === undefined) {
      if (0 < parts.length) failAfterDot(source);
      return parts;
    }
    if (parts.length === MAX_PARTS) fail(source, part.span, `A key of more than ${MAX_PARTS} parts`);
    if (parts.length < MAX_PARTS) parts.push(part);
    const end = source.offset;
    skipBlanks(source);
    if (!lookingAt(source, ".")) {
      source.offset = end;
      return parts;
    }
    source.offset++;
  }
}

function failAfterDot(source: Source): void {
  fail(source, spanOf(source.offset, source.offset), "Expected a name after the dot");
}

function readPart(source: Source): TomlKey | undefined {
  const start = source.offset;
  if (lookingAt(source, '"') || lookingAt(source, "'")) {
    const text = readString(source);
    if (text.form.startsWith("multiline")) fail(source, text.span, "A key cannot be a multi-line text");
    return { name: text.value, span: text.span };
  }
  BARE_KEY.lastIndex = start;
  NEARLY_BARE_KEY.lastIndex = start;
  const bare = BARE_KEY.exec(source.text)?.[0];
  const nearly = NEARLY_BARE_KEY.exec(source.text)?.[0];
  if (nearly === undefined) return undefined;
  const name = bare !== undefined && (bare.length === nearly.length || isColon(nearly, bare)) ? bare : nearly;
  source.offset = start + name.length;
  const span = spanOf(start, source.offset);
  if (name !== bare) {
    const edits = [
      { span: spanOf(start, start), text: '"' },
      { span: spanOf(span.end, span.end), text: '"' },
    ];
    fail(source, span, "A key with other characters than letters, digits, _ and - needs quotes", {
      title: "Put the key in quotes",
      edits,
    });
  }
  return { name, span };
}

/** `key: value` is the YAML slip, not a key that ends in a colon. */
function isColon(nearly: string, bare: string): boolean {
  return nearly.startsWith(`${bare}:`);
}
