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
type Role = "field" | "value" | "text";

/** In the order of the tree; spans and messages say nothing of who refuses: "a blank in the name of a field". */
export function* refusedByPython({ text, ast, tokens }: KqlParse): Generator<QuerySyntaxError> {
  if (ast.condition === undefined) yield { span: ast.span, message: "an empty query", fixes: [] };
  for (const { kind, span } of tokens) if (kind === "keyword") yield* refusedKeyword(text, span);
  yield* otherBlanks({ text, tokens });
  for (const [literal, role] of literalsOf(ast)) yield* refusedLiteral(text, literal, role);
}

/** What it takes for something else; messages go on after "reads": "`007` as the number 7". */
export function* misreadByPython({ text, ast }: KqlParse): Generator<QuerySyntaxError> {
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
    for (const value of walk<KqlAst>(node.value, childrenOf))
      if (value.kind === "literal") yield [value, "value"];
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

/** U+00A0 between tokens, which looks like a blank. */
function* otherBlanks({ text, tokens }: Pick<KqlParse, "text" | "tokens">): Generator<QuerySyntaxError> {
  if (!text.includes("\u00a0")) return;
  const quoted = tokens.filter(({ kind, span }) => kind === "quoted" || text[span.start] === '"');
  for (const { index } of text.matchAll(/\u00a0/g)) {
    if (quoted.some(({ span }) => span.start < index && index < span.end)) continue;
    const span = spanOf(index, index + 1);
    yield refusal(span, "a blank that does not break (U+00A0)", replaceWith(span, " ", "Write a blank"));
  }
}

function* refusedLiteral(text: string, literal: KqlLiteral, role: Role): Generator<QuerySyntaxError> {
  const { span, form, type } = literal;
  const image = textAt(text, span);
  if (form === "quoted") {
    if (/[\r\n]/.test(image)) yield refusal(span, "a line break in quotes");
    return;
  }
  const word = isWordAfterWord(text, span, role) ? undefined : LONE_WORD.exec(image)?.[1];
  const escape = UNICODE.exec(image)?.[0];
  if (escape !== undefined) yield refusal(span, `the escape \`${escape}\``, asText(literal));
  else if (ESCAPED_WORD.test(image)) yield refusal(span, "a backslash before a word", asText(literal));
  else if (word !== undefined)
    yield refusal(span, `\`${word}\` in a text without quotes`, ...quotedFix(literal));
  else if (/[ \t\r\n]/.test(image) && !(type === "wildcard" && role !== "field" && !isStarLate(image, role)))
    yield refusal(span, BLANKS[role], ...quotedFix(literal));
}

const BLANKS: Readonly<Record<Role, string>> = {
  field: "a blank in the name of a field without quotes",
  value: "a value with blanks without quotes",
  text: "a text with blanks without quotes",
};

/** A connective where it cannot be one: lib/kql knows no other use of the words. */
const LONE_WORD = /(?:^|\s)(and|or|not)(?![\w.-])/i;

/** `a:x or and`: where a condition must come, the word alone is read as one. */
function isWordAfterWord(text: string, span: Span, role: Role): boolean {
  if (role !== "text" || !/^(?:and|or)$/.test(textAt(text, span))) return false;
  return /\s(?:and|or)\s+$/.test(text.slice(Math.max(0, span.start - MUCH), span.start));
}

/** Nobody writes so many blanks. */
const MUCH = 100;

const UNICODE = /(?<!\\)(?:\\\\)*\\u[0-9a-fA-F]{4}/;
const ESCAPED_WORD = /(?<!\\)(?:\\\\)*\\(?:or|and)/i;

/** A text without a field may go on over blanks, but not to a word that begins with a star. */
function isStarLate(image: string, role: Role): boolean {
  return role === "text" && /\s\*/.test(image);
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
  else if (role === "value" && type !== "wildcard" && image.includes("?"))
    yield refusal(span, "? as a wildcard", ...quotedFix(literal));
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
