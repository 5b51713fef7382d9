/** Whether a text is a query of Lucene. What it asks is not looked into. */
import { type Span, spanOf, textAt } from "../../text/span.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import { type QueryParse, type QuerySyntaxError } from "../language.ts";
import { flatMistake } from "./parseFlat.ts";
import { type FlatPart, scanLucene } from "./scan.ts";

export interface LuceneQuery {
  readonly kind: "lucene";
  readonly span: Span;
}

/** Longer texts are left alone. */
const LONGEST_QUERY = 100_000;

export function parseLucene(text: string): QueryParse<LuceneQuery> {
  const ast: LuceneQuery = { kind: "lucene", span: spanOf(0, text.length) };
  if (text.trim() === "" || LONGEST_QUERY < text.length) return { text, ast, errors: [], tokens: [] };
  const { parts, errors } = scanLucene(text);
  const mistakes = errors.length === 0 ? parts.flatMap((part) => mistakesIn(text, part)) : errors;
  const sorted = mistakes.toSorted((left, right) => left.span.start - right.span.start);
  return { text, ast, errors: sorted, tokens: [] };
}

function mistakesIn(text: string, part: FlatPart): readonly QuerySyntaxError[] {
  const stray = strayOperators(part);
  if (stray.length !== 0) return stray;
  const offset = flatMistake(part.masked);
  if (offset === undefined) return [];
  const at = part.span.start + offset;
  if (part.span.end <= at) return [endsEarly(text, part)];
  return [text[at] === ":" ? secondColon(text, at) : notHere(text, at)];
}

const OPERATORS: readonly (readonly [pattern: RegExp, problem: string])[] = [
  [/^\s*(?<word>AND|OR|&&|\|\|)(?=\s|$)/dg, "has nothing before it"],
  [/(?<=^|\s)(?<word>AND|OR|NOT|&&|\|\||!)\s*$/dg, "has nothing after it"],
  [/(?<=\s)(?:AND|OR|&&|\|\|)\s+(?<word>AND|OR|&&|\|\|)(?=\s)/dg, "follows another word of its kind"],
];

/** Words that join conditions of which one is missing. */
function strayOperators({ masked, span }: FlatPart): readonly QuerySyntaxError[] {
  return OPERATORS.flatMap(([pattern, problem]) =>
    [...masked.matchAll(pattern)].flatMap(({ indices }): QuerySyntaxError[] => {
      const [start, end] = indices?.groups?.["word"] ?? [];
      if (start === undefined || end === undefined) return [];
      const word = masked.slice(start, end);
      const where = spanOf(span.start + start, span.start + end);
      return [{ span: where, message: `\`${word}\` ${problem}`, fixes: [] }];
    }),
  );
}

function endsEarly(text: string, { span, isGroup }: FlatPart): QuerySyntaxError {
  const end = span.start + textAt(text, span).trimEnd().length;
  const message = isGroup ? "Something is missing before )" : "The query ends too early";
  return { span: spanOf(Math.max(span.start, end - 1), end), message, fixes: [] };
}

/** `ip:2001:db8::1`, `path:C:\x`: signs of the language in a value need quotes. */
function secondColon(text: string, at: number): QuerySyntaxError {
  const span = spanOf(at, at + 1);
  const before = /:([^\s():"]*)$/.exec(text.slice(Math.max(0, at - LONGEST_WORD), at))?.[1];
  const after = /^[^\s()"]*/.exec(text.slice(at, at + LONGEST_WORD))?.[0] ?? "";
  const value = before === undefined ? undefined : spanOf(at - before.length, at + after.length);
  const fixes =
    value === undefined
      ? []
      : [asGuess(replaceWith(value, `"${textAt(text, value)}"`, "Put the value in quotes"))];
  return { span, message: "A value with : in it stands in quotes", fixes };
}

const LONGEST_WORD = 200;

function notHere(text: string, at: number): QuerySyntaxError {
  const sign = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return { span: spanOf(at, at + sign.length), message: `${sign} does not belong here`, fixes: [] };
}
