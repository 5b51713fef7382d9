/**
 * Takes an ES|QL query apart into words and signs. It knows where commands begin and what they read, and no grammar: a name
 * is a name, whether a field, a column of the query or something else has it.
 */
import { type Span, spanOf } from "../../text/span.ts";
import {
  COMMANDS,
  CONSTANTS,
  KEYWORDS,
  PATTERN_COMMANDS,
  SOURCE_COMMANDS,
  UNITS,
  WORD_OPERATORS,
} from "./words.ts";

export type EsqlTokenKind =
  | "command"
  /** `by`, `metadata`, `desc`: words within commands. */
  | "keyword"
  /** `and`, `is`, `rlike`. */
  | "word-operator"
  /** `true`, `false`, `null`. */
  | "constant"
  /** A name before a bracket. */
  | "function"
  /** `process.name`, `` `odd name` ``, `host.*`: dots are part of it. */
  | "name"
  /** A pattern of indices behind `from`. */
  | "source"
  /** The type behind `::`. */
  | "type"
  | "string"
  | "number"
  /** `minutes` behind a number. */
  | "unit"
  /** `?name`. */
  | "parameter"
  | "operator"
  /** `|`. */
  | "pipe"
  | "punctuation"
  | "comment"
  /** What begins nothing in the language. */
  | "unknown";

export interface EsqlToken {
  readonly kind: EsqlTokenKind;
  readonly span: Span;
}

/** All that is not blank, in the order of the text; none overlap. */
export function esqlTokens(text: string): readonly EsqlToken[] {
  const lexing: Lexing = { text, tokens: [], command: undefined, begins: true, depths: [] };
  for (let at = 0; at < text.length; at = next(lexing, at));
  return lexing.tokens;
}

interface Lexing {
  readonly text: string;
  readonly tokens: EsqlToken[];
  /** The command that is being read, in small letters; undefined if its name is none that we know. */
  command: string | undefined;
  /** A command is expected. */
  begins: boolean;
  /** The commands around open brackets; undefined for brackets that hold no commands. */
  readonly depths: (string | undefined)[];
}

/** Reads one token, or one blank; where the next one stands. */
function next(lexing: Lexing, at: number): number {
  const { text } = lexing;
  const sign = text.charAt(at);
  if (/\s/.test(sign)) return at + 1;
  if (text.startsWith("//", at)) return push(lexing, "comment", at, endOfLine(text, at));
  if (text.startsWith("/*", at)) return push(lexing, "comment", at, endOfComment(text, at));
  if (sign === '"') return push(lexing, "string", at, endOfString(text, at));
  if (isReadingSources(lexing)) return source(lexing, at);
  if (/[\p{L}_@`]/u.test(sign)) return word(lexing, at);
  if (/\d/.test(sign) || (sign === "." && /\d/.test(text.charAt(at + 1)))) return number(lexing, at);
  if (sign === "?") return push(lexing, "parameter", at, matchEnd(text, at, /\?{1,2}\w*/y));
  return sign === "|" ? pipe(lexing, at) : otherSign(lexing, at);
}

function push({ tokens }: Lexing, kind: EsqlTokenKind, start: number, end: number): number {
  tokens.push({ kind, span: spanOf(start, end) });
  return end;
}

function matchEnd(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0] ?? "";
  return at + Math.max(found.length, 1);
}

function endOfLine(text: string, at: number): number {
  return matchEnd(text, at, /[^\r\n]*/y);
}

/** Comments may hold others. One that does not end goes on to the end. */
function endOfComment(text: string, at: number): number {
  const signs = /\/\*|\*\//g;
  signs.lastIndex = at;
  let depth = 0;
  for (let found = signs.exec(text); found !== null; found = signs.exec(text)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return signs.lastIndex;
  }
  return text.length;
}

/** No text goes on over a line end; three quotes may end with up to five. */
function endOfString(text: string, at: number): number {
  return text.startsWith('"""', at)
    ? matchEnd(text, at, /"""(?:(?!""")[^\r\n])*(?:"{3,5})?/y)
    : matchEnd(text, at, /"(?:[^"\\\r\n]|\\[^\r\n])*"?/y);
}

function isReadingSources({ command, begins }: Lexing): boolean {
  return !begins && command !== undefined && SOURCE_COMMANDS.has(command);
}

/** Behind `from`: patterns of indices up to the next command, with queries of their own in brackets. */
function source(lexing: Lexing, at: number): number {
  const { text } = lexing;
  const sign = text.charAt(at);
  if (sign === "|") return pipe(lexing, at);
  if (sign === "(") {
    lexing.depths.push(lexing.command);
    lexing.begins = true;
    return push(lexing, "punctuation", at, at + 1);
  }
  if (sign === ")") return closing(lexing, at);
  if (sign === "," || sign === "[" || sign === "]") return push(lexing, "punctuation", at, at + 1);
  const end = matchEnd(text, at, /[^\s,|()[\]"]+/y);
  if (text.slice(at, end).toLowerCase() !== "metadata") return push(lexing, "source", at, end);
  // What follows are names.
  lexing.command = "metadata";
  return push(lexing, "keyword", at, end);
}

function pipe(lexing: Lexing, at: number): number {
  lexing.begins = true;
  lexing.command = undefined;
  return push(lexing, "pipe", at, at + 1);
}

function closing(lexing: Lexing, at: number): number {
  const around = lexing.depths.pop();
  if (around !== undefined) {
    lexing.command = around;
    lexing.begins = false;
  }
  return push(lexing, "punctuation", at, at + 1);
}

const NAME = /(?:[\p{L}_@][\w@]*|`(?:[^`\r\n]|``)*`?)(?:\.(?:[\w@]+|`(?:[^`\r\n]|``)*`?))*/uy;
const PATTERN = /(?:[\p{L}_@*][\w@*]*|`(?:[^`\r\n]|``)*`?)(?:\.(?:[\w@*]+|`(?:[^`\r\n]|``)*`?))*/uy;

function word(lexing: Lexing, at: number): number {
  if (lexing.begins) return command(lexing, at);
  const { text, command: current } = lexing;
  const takesPatterns = current !== undefined && PATTERN_COMMANDS.has(current);
  const end = matchEnd(text, at, takesPatterns ? PATTERN : NAME);
  const image = text.slice(at, end).toLowerCase();
  return push(lexing, wordKind(lexing, image, end), at, end);
}

function wordKind({ text, tokens }: Lexing, image: string, end: number): EsqlTokenKind {
  if (lastSign(text, tokens) === "::") return "type";
  if (WORD_OPERATORS.has(image)) return "word-operator";
  if (CONSTANTS.has(image)) return "constant";
  // `nulls first`: the second word is one by the first.
  const isSecond = image === "first" || image === "last";
  if (KEYWORDS.has(image) && (!isSecond || lastSign(text, tokens)?.toLowerCase() === "nulls"))
    return "keyword";
  return isCalled(text, end) && !image.startsWith("`") ? "function" : "name";
}

function lastSign(text: string, tokens: readonly EsqlToken[]): string | undefined {
  const last = tokens.findLast(({ kind }) => kind !== "comment");
  return last && text.slice(last.span.start, last.span.end);
}

function isCalled(text: string, end: number): boolean {
  return /^[ \t]*\(/.test(text.slice(end, end + MOST_BLANKS));
}

const MOST_BLANKS = 20;

/** The first word of a command; of those that have two, both with what is between them. */
function command(lexing: Lexing, at: number): number {
  const { text } = lexing;
  const first = matchEnd(text, at, /[\p{L}_]*\w*/uy);
  const second = matchEnd(text, first, /[ \t]+[a-z]+/iy);
  const both = text.slice(at, second).toLowerCase().replaceAll(/\s+/g, " ");
  const isBoth = first < second && COMMANDS.has(both);
  const [end, image] = isBoth ? [second, both] : [first, text.slice(at, first).toLowerCase()];
  lexing.begins = false;
  lexing.command = COMMANDS.has(image) ? image : undefined;
  return push(lexing, lexing.command === undefined ? "name" : "command", at, end);
}

function number(lexing: Lexing, at: number): number {
  const { text } = lexing;
  const end = push(lexing, "number", at, matchEnd(text, at, /(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy));
  const start = matchEnd(text, end, /[ \t]*/y) - (/[ \t]/.test(text.charAt(end)) ? 0 : 1);
  const unit = /^[a-z]+/i.exec(text.slice(start, start + LONGEST_UNIT))?.[0];
  if (unit === undefined || !UNITS.has(unit.toLowerCase())) return end;
  return /[\w.(]/.test(text.charAt(start + unit.length))
    ? end
    : push(lexing, "unit", start, start + unit.length);
}

const LONGEST_UNIT = 16;

function otherSign(lexing: Lexing, at: number): number {
  const { text } = lexing;
  const sign = text.charAt(at);
  if (sign === "*" && lexing.command !== undefined && PATTERN_COMMANDS.has(lexing.command))
    return push(lexing, "name", at, matchEnd(text, at, PATTERN));
  if (sign === "(") {
    const isBranch = lexing.command === "fork";
    lexing.depths.push(isBranch ? lexing.command : undefined);
    lexing.begins = isBranch;
    return push(lexing, "punctuation", at, at + 1);
  }
  if (sign === ")") return closing(lexing, at);
  if (/[,[\]{}]/.test(sign)) return push(lexing, "punctuation", at, at + 1);
  if (/[=!<>+\-*/%:]/.test(sign))
    return push(lexing, "operator", at, matchEnd(text, at, /==|!=|<=|>=|::|=~|./y));
  return push(lexing, "unknown", at, at + String.fromCodePoint(text.codePointAt(at) ?? 0).length);
}
