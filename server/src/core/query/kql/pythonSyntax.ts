/** What Kibana reads in KQL and lib/kql, by which Elastic's CI validates rules, refuses or takes for something else. */
import { type Fix } from "../../text/edit.ts";
import { type Span, spanOf, textAt } from "../../text/span.ts";
import { walk } from "../ast.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import { type QuerySyntaxError } from "../language.ts";
import { type KqlAst, type KqlLiteral } from "./ast.ts";
import { childrenOf } from "./children.ts";
import { encodeQuoted } from "./literals.ts";
import { type KqlParse } from "./parse.ts";
import { pythonNumber } from "./pythonNumber.ts";

/** Where a literal stands: lib/kql reads each otherwise. */
type Role = "field" | "value" | "limit" | "text";

/** In the order of the tree; spans and messages say nothing of who refuses: "a blank in the name of a field". */
export function* refusedByPython({ text, ast, tokens }: KqlParse): Generator<QuerySyntaxError> {
  if (ast.condition === undefined) yield { span: ast.span, message: "an empty query", fixes: [] };
  for (const { kind, span } of tokens) if (kind === "keyword") yield* refusedKeyword(text, span);
  for (const span of otherBlanks({ text, tokens }, false)) yield withoutBreaks(span, OTHER_BLANK);
  for (const [literal, role] of literalsOf(ast)) yield* refusedLiteral(text, literal, role);
}

/** What it takes for something else; messages go on after "reads": "`007` as the number 7". */
export function* misreadByPython({ text, ast, tokens }: KqlParse): Generator<QuerySyntaxError> {
  for (const span of otherBlanks({ text, tokens }, true))
    yield withoutBreaks(span, `${OTHER_BLANK} as part of the text beside it`);
  for (const [literal, role] of literalsOf(ast)) yield* misreadLiteral(text, literal, role);
}

function refusal(span: Span, message: string, ...fixes: readonly Fix[]): QuerySyntaxError {
  return { span, message, fixes };
}

function* literalsOf(ast: KqlAst): Generator<readonly [KqlLiteral, Role]> {
  for (const node of walk(ast, childrenOf)) {
    if (node.kind === "text") yield [node.value, "text"];
    if (node.kind !== "is" && node.kind !== "range" && node.kind !== "nested") continue;
    if (node.field.kind === "literal") yield [node.field, "field"];
    if (node.kind === "nested") continue;
    const role = node.kind === "range" ? "limit" : "value";
    for (const value of walk<KqlAst>(node.value, childrenOf))
      if (value.kind === "literal") yield [value, role];
  }
}

function* refusedKeyword(text: string, span: Span): Generator<QuerySyntaxError> {
  const word = textAt(text, span);
  const right = word.toLowerCase();
  if (word !== right) yield refusal(span, `\`${word}\``, replaceWith(span, right, `Write \`${right}\``));
  const { start, end } = span;
  const isAlone = text[start - 1] === "\n" && /^\r?\n/.test(text.slice(end, end + 2));
  if (!isAlone || word === "not") return;
  const lineEnd = text[start - 2] === "\r" ? start - 2 : start - 1;
  const fix = replaceWith(spanOf(lineEnd, start), " ", "Join it to the line above");
  yield refusal(span, `\`${word}\` on a line of its own without indentation`, fix);
}

/** U+00A0 between tokens: to Kibana a blank, to lib/kql a letter, so that it belongs to a text beside it. */
function* otherBlanks({ text, tokens }: Pick<KqlParse, "text" | "tokens">, isRead: boolean): Generator<Span> {
  if (!text.includes("\u00a0")) return;
  const inside = tokens.filter(({ span: { start, end } }) => text.slice(start, end).includes("\u00a0"));
  for (const { 0: blanks, index } of text.matchAll(/\u00a0+/g)) {
    const span = spanOf(index, index + blanks.length);
    if (inside.some((token) => token.span.start < span.start && span.end < token.span.end)) continue;
    if (isPartOfText(text, tokens, span) === isRead) yield span;
  }
}

/** Where it joins no text to a connective and stands for no text itself, where none can be. */
function isPartOfText(text: string, tokens: KqlParse["tokens"], { start, end }: Span): boolean {
  const isText = ({ kind }: KqlParse["tokens"][number]): boolean => kind === "field" || kind === "unquoted";
  const before = tokens.find((token) => token.span.end === start);
  const after = tokens.find((token) => token.span.start === end);
  if (before !== undefined && isText(before)) return after?.kind !== "keyword";
  return after !== undefined && isText(after) && text[end] !== '"';
}

function withoutBreaks(span: Span, message: string): QuerySyntaxError {
  return refusal(span, message, replaceWith(span, " ".repeat(span.end - span.start), "Write a blank"));
}

const OTHER_BLANK = "a blank that does not break (U+00A0)";

function* refusedLiteral(text: string, literal: KqlLiteral, role: Role): Generator<QuerySyntaxError> {
  const { span, form, type } = literal;
  const image = textAt(text, span);
  if (form === "quoted") {
    if (/[\r\n]/.test(image)) yield refusal(span, "a line break in quotes");
    return;
  }
  const escape = UNICODE.exec(image)?.[0];
  const hasBlanks = (type === "wildcard" ? /\s/ : /[ \t\r\n]/).test(image);
  const word = hasBlanks ? WORD_INSIDE.exec(image)?.[1] : loneWord(text, span, role);
  if (escape !== undefined) yield refusal(span, `the escape \`${escape}\``, asText(literal));
  else if (isEscapedInBothCases(image)) yield refusal(span, "a backslash before a word", asText(literal));
  else if (word !== undefined)
    yield refusal(span, `\`${word}\` in a text without quotes`, ...quotedFix(literal));
  else if (hasBlanks && !(type === "wildcard" && takesBlanks(image, role)))
    yield refusal(span, BLANKS[role], ...quotedFix(literal));
}

const BLANKS: Readonly<Record<Role, string>> = {
  field: "a blank in the name of a field without quotes",
  value: "a value with blanks without quotes",
  limit: "a value with blanks without quotes",
  text: "a text with blanks without quotes",
};

/** A connective where it cannot be one: among other words, lib/kql knows no other use of them. */
const WORD_INSIDE = /(?:^|\s)(and|or|not)(?![\p{L}\p{N}_])/iu;

/** Where no connective can stand, the word is a text, but one that is checked for the blanks around it. */
function loneWord(text: string, { start, end }: Span, role: Role): string | undefined {
  const word = text.slice(start, end);
  if (word === "not" || word === "NOT") return role === "limit" ? undefined : word;
  if (!/^(?:and|or)$/i.test(word)) return undefined;
  const [before, after] = [text[start - 1] ?? "\n", text[end] ?? "\n"];
  const isAlone = before === "\n" && after === "\n";
  return /\s/.test(before) && /\s/.test(after) && !isAlone ? undefined : word;
}

const UNICODE = /(?<!\\)(?:\\\\)*\\u[0-9a-fA-F]{4}/;
const ESCAPED_WORD = /(?<!\\)(?:\\\\)*\\(and|or|not)/i;

/** `\Or`: lib/kql knows the escape in capitals or small letters. */
function isEscapedInBothCases(image: string): boolean {
  const word = ESCAPED_WORD.exec(image)?.[1];
  return word !== undefined && word !== word.toLowerCase() && word !== word.toUpperCase();
}

/** Patterns may go on over blanks; as a text without a field not to a word that begins with a star. */
function takesBlanks(image: string, role: Role): boolean {
  return (role === "value" && !image.includes("'")) || (role === "text" && !/'|\s\*/.test(image));
}

function* misreadLiteral(text: string, literal: KqlLiteral, role: Role): Generator<QuerySyntaxError> {
  const { span, form, type } = literal;
  const image = textAt(text, span);
  if (form === "quoted") {
    const escape = UNICODE.exec(image)?.[0].replace(/^(?:\\\\)*/, "");
    if (escape !== undefined) yield refusal(span, `\`${escape}\` in quotes as six characters`);
    return;
  }
  const number = type === "string" ? pythonNumber(image) : undefined;
  if (/^(?:not|NOT)[^\s]/.test(image))
    yield refusal(
      span,
      `\`${shortened(image)}\` as \`not ${shortened(image.slice(3))}\``,
      ...quotedFix(literal),
    );
  else if (number !== undefined && number !== image)
    yield refusal(span, `\`${image}\` as the number ${number}`, ...quotedFix(literal));
  else if ((role === "value" || role === "limit") && type !== "wildcard" && image.includes("?"))
    yield refusal(span, "? as a wildcard", ...quotedFix(literal));
  else if (ESCAPED_WORD.test(image))
    yield refusal(span, "the backslash before a word as part of the text", asText(literal));
  else if (role === "field" && (type === "null" || type === "boolean"))
    yield refusal(span, `the field \`${image}\` as the value`, ...quotedFix(literal));
  else if (/^\\[trn]|(?<!\\)(?:\\\\)*\\[trn]$/.test(image))
    yield refusal(span, "white space at the edge of a text as part of it");
}

/** Quotes would take the wildcards away. Of one word they change nothing; several become a phrase on text fields. */
function quotedFix({ span, type, text, form }: KqlLiteral): readonly Fix[] {
  if (type === "wildcard" || type === "null" || form === "quoted") return [];
  const fix = replaceWith(span, encodeQuoted(text), "Put it in quotes");
  return [/^\w+(?:\.\w+)*$/.test(text) && type === "string" ? fix : asGuess(fix)];
}

/** The text itself, without escapes that only Kibana knows. */
function asText(literal: KqlLiteral): Fix {
  const { span, pieces } = literal;
  const escaped = pieces.map((piece) => piece.replace(/[\\():<>"*{}]/g, "\\$&")).join("*");
  return asGuess(replaceWith(span, escaped, "Write the text itself"));
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

const LONGEST = 30;
