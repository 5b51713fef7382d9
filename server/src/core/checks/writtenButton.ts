/** Buttons that an investigation guide writes out: `!{osquery{"label":"Users","query":"SELECT * FROM users"}}`. */
import { type Span, spanOf } from "../text/span.ts";

export interface WrittenButton {
  /** In small letters. */
  readonly plugin: string;
  /** Of `!{osquery`. */
  readonly opening: Span;
  /** Of all of it; undefined if it is not closed. */
  readonly whole: Span | undefined;
  /** Undefined if what stands in it is no JSON object of texts. */
  readonly texts: ReadonlyMap<string, string> | undefined;
}

export function* writtenButtons(note: string): Generator<WrittenButton> {
  let count = 0;
  for (const { index, 0: opening, 1: plugin = "" } of note.matchAll(/!\{(osquery|investigate)/gi)) {
    if (MOST < ++count) return;
    const start = index + opening.length;
    const inner = objectAt(note, start);
    const end =
      inner && inner.end + (/^\s*\}/.exec(note.slice(inner.end, inner.end + MUCH))?.[0].length ?? 0);
    yield {
      plugin: plugin.toLowerCase(),
      opening: spanOf(index, start),
      whole: end === undefined ? undefined : spanOf(index, end),
      texts: inner && textsOf(note.slice(inner.start, inner.end)),
    };
  }
}

/** More of them in one guide help nobody. */
const MOST = 50;

/** Nobody writes so many blanks. */
const MUCH = 20;

/** Nobody writes so much into one button. */
const LONGEST = 20_000;

/** From the first brace to the one that closes it. */
function objectAt(text: string, from: number): Span | undefined {
  const start = from + (/^\s*/.exec(text.slice(from, from + MUCH))?.[0].length ?? 0);
  if (text.charAt(start) !== "{") return undefined;
  let depth = 0;
  for (const { index, 0: sign } of text.slice(start, start + LONGEST).matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gs)) {
    if (sign === "{") depth++;
    if (sign === "}") depth--;
    if (depth === 0) return spanOf(start, start + index + 1);
  }
  return undefined;
}

function textsOf(json: string): ReadonlyMap<string, string> | undefined {
  const value = parsed(json);
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value).flatMap(([key, text]) =>
    typeof text === "string" ? [[key, text] as const] : [],
  );
  return entries.length === Object.keys(value).length ? new Map(entries) : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Half-written text is what authors have while they type.
    return undefined;
  }
}
