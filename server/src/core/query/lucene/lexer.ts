/** Takes a Lucene query apart into words and signs, as far as their form tells what they are. */
import { type Span, spanOf } from "../../text/span.ts";

export type LuceneTokenKind =
  /** What stands before a colon. */
  | "field"
  | "term"
  | "number"
  | "phrase"
  | "regex"
  /** `AND`, `OR`, `NOT`. */
  | "word-operator"
  /** `TO` in a range. */
  | "keyword"
  | "operator"
  | "punctuation";

export interface LuceneToken {
  readonly kind: LuceneTokenKind;
  readonly span: Span;
}

/** All that is not blank, in the order of the text; none overlap. */
export function luceneTokens(text: string): readonly LuceneToken[] {
  const lexing: Lexing = { text, tokens: [], isInRange: false };
  for (let at = 0; at < text.length; at = next(lexing, at));
  return lexing.tokens;
}

interface Lexing {
  readonly text: string;
  readonly tokens: LuceneToken[];
  isInRange: boolean;
}

/** Reads one token, or one blank; where the next one stands. */
function next(lexing: Lexing, at: number): number {
  const { text } = lexing;
  const sign = text.charAt(at);
  if (/\s/.test(sign)) return at + 1;
  if (sign === '"') return push(lexing, "phrase", at, delimited(text, at, /"(?:[^"\\]|\\[^])*"?/y));
  if (lexing.isInRange) return inRange(lexing, at);
  if (sign === "/") return push(lexing, "regex", at, delimited(text, at, /\/(?:[^/\\]|\\[^])*\/?/y));
  if (sign === "[" || sign === "{") {
    lexing.isInRange = true;
    return push(lexing, "punctuation", at, at + 1);
  }
  if (/[()\]}]/.test(sign)) return push(lexing, "punctuation", at, at + 1);
  const end = delimited(text, at, OPERATOR);
  return at < end ? push(lexing, "operator", at, end) : word(lexing, at);
}

/** Signs that a word may have in its middle are operators at the start of one. */
const OPERATOR = /&&|\|\||[><]=?|[:^~!+-]/y;

function push({ tokens }: Lexing, kind: LuceneTokenKind, start: number, end: number): number {
  tokens.push({ kind, span: spanOf(start, end) });
  return end;
}

/** Where a match that begins here ends; the same place if there is none. */
function delimited(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

/** Between the brackets of a range, only blanks end a word. */
function inRange(lexing: Lexing, at: number): number {
  const { text } = lexing;
  const sign = text.charAt(at);
  if (sign === "]" || sign === "}") {
    lexing.isInRange = false;
    return push(lexing, "punctuation", at, at + 1);
  }
  const end = delimited(text, at, /(?:[^\s\]}"\\]|\\[^])+|[^]/y);
  return push(lexing, text.slice(at, end) === "TO" ? "keyword" : valueKind(text.slice(at, end)), at, end);
}

const WORDS: ReadonlySet<string> = new Set(["AND", "OR", "NOT"]);

function word(lexing: Lexing, at: number): number {
  const { text } = lexing;
  const end = delimited(text, at, /(?:[^\s()[\]{}":^~\\]|\\[^])+|[^]/y);
  const image = text.slice(at, end);
  if (/^[ \t]*:/.test(text.slice(end, end + MOST_BLANKS))) return push(lexing, "field", at, end);
  return push(lexing, WORDS.has(image) ? "word-operator" : valueKind(image), at, end);
}

const MOST_BLANKS = 20;

function valueKind(image: string): "number" | "term" {
  return /^-?\d+(?:\.\d+)?$/.test(image) ? "number" : "term";
}
