/** The reading head over a TOML text: state of one run of the reader, never seen outside `toml/`. */
import { type Edit } from "../text/edit.ts";
import { type Span, spanOf } from "../text/span.ts";
import { type TomlConflict, type TomlError } from "./model.ts";

/**
 * `suspicious`: a text of several lines that closes where another key opens one is read as unclosed. `exact`: the text
 * is known to be right, and nothing in it is taken for a sign that something was left open.
 */
export type ReadingMode = "plain" | "suspicious" | "exact";

export interface Source {
  readonly text: string;
  offset: number;
  depth: number;
  readonly errors: TomlError[];
  readonly newerSyntax: TomlError[];
  readonly mixedItems: TomlError[];
  readonly conflicts: TomlConflict[];
  readonly comments: Span[];
  readonly mode: ReadingMode;
  /** Set when a multi-line string closed in a suspicious place. */
  sawSuspicion: boolean;
  /** Errors before this offset are consequences of one already noted. */
  quietUntil: number;
  /** Where the last bracket that was left open ended. */
  leftOpenAt: number;
  /** The line before could not be read at all: the next ones like it are part of the same mistake. */
  isLost: boolean;
}

export function sourceOf(text: string, mode: ReadingMode): Source {
  return {
    text,
    offset: 0,
    depth: 0,
    errors: [],
    newerSyntax: [],
    mixedItems: [],
    conflicts: [],
    comments: [],
    mode,
    sawSuspicion: false,
    quietUntil: 0,
    leftOpenAt: -1,
    isLost: false,
  };
}

export function fail(
  source: Source,
  span: Span,
  message: string,
  fix?: { title: string; edits: Edit[] },
): void {
  if (span.start < source.quietUntil) return;
  const inText = {
    start: Math.min(span.start, source.text.length),
    end: Math.min(span.end, source.text.length),
  };
  const fixes = fix === undefined ? [] : [{ title: fix.title, safety: "unsafe" as const, edits: fix.edits }];
  source.errors.push({ span: inText, message, fixes });
}

/** Takes what follows on this line for a consequence of the error just noted. */
export function quietLine(source: Source): void {
  source.quietUntil = Math.max(source.quietUntil, lineEnd(source, source.offset) + 1);
}

export function lookingAt(source: Source, text: string): boolean {
  return source.text.startsWith(text, source.offset);
}

export function atEnd(source: Source): boolean {
  return source.text.length <= source.offset;
}

export function skipBlanks(source: Source): void {
  const { text } = source;
  let offset = source.offset;
  for (let unit = text.charCodeAt(offset); unit === 32 || unit === 9; unit = text.charCodeAt(offset))
    offset++;
  source.offset = offset;
}

/** Steps over a comment, if there is one here. */
export function skipComment(source: Source): void {
  if (!lookingAt(source, "#")) return;
  const end = lineEnd(source, source.offset);
  source.comments.push(spanOf(source.offset, end));
  source.offset = end;
}

/** Steps over blanks, line ends and comments. */
export function skipLines(source: Source): void {
  for (;;) {
    skipBlanks(source);
    skipComment(source);
    const unit = source.text.charCodeAt(source.offset);
    if (unit !== 10 && unit !== 13) return;
    source.offset++;
  }
}

/** The offset of the line end at or after `offset`, before any `\r\n`. */
export function lineEnd(source: Source, offset: number): number {
  const newline = source.text.indexOf("\n", offset);
  const end = newline < 0 ? source.text.length : newline;
  return offset < end && source.text.charCodeAt(end - 1) === 13 ? end - 1 : end;
}

// Sticky, so that they are tried at one place only.
const OPENS_ENTRY = /[ \t]*[A-Za-z0-9_-]+[ \t]*=[ \t]*(?:["'[{]|\d|true\b|false\b)/y;
const OPENS_HEADER =
  /[ \t]*\[\[?[ \t]*[A-Za-z0-9_"'-]+(?:[ \t]*\.[ \t]*[A-Za-z0-9_"'-]+)*[ \t]*\]\]?[ \t]*(?:#.*)?\r?(?:\n|$)/y;

/** True if the line at `offset` looks like `key = …` or `[table]`, whatever it stands in. */
export function looksLikeStatement(source: Source, offset: number): boolean {
  if (source.mode === "exact") return false;
  OPENS_ENTRY.lastIndex = offset;
  return OPENS_ENTRY.test(source.text) || looksLikeHeader(source, offset);
}

export function looksLikeHeader(source: Source, offset: number): boolean {
  if (source.mode === "exact") return false;
  OPENS_HEADER.lastIndex = offset;
  return OPENS_HEADER.test(source.text);
}
