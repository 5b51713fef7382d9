import { type ILexingResult, type IToken } from "chevrotain";
import { spanOf } from "../../text/span.ts";
import { isA, reportRecognitionErrors, syntaxErrors, tokenEnd, tokenSpan } from "../chevrotain.ts";
import { type QueryParse, type QueryToken } from "../language.ts";
import { type EqlAst, type EqlExpression, type EqlQuery } from "./ast.ts";
import { balanceBrackets, type Scope } from "./brackets.ts";
import { buildCondition, buildQuery } from "./build.ts";
import { type BuildContext } from "./buildContext.ts";
import { type ConditionCstNode, type StatementCstNode } from "./cst.generated.ts";
import { foreignQuery } from "./foreignQuery.ts";
import { eqlParser } from "./grammar.ts";
import { isUnclosedText, lineAround } from "./quotes.ts";
import { repairTokens } from "./repair.ts";
import { checkStructure } from "./structure.ts";
import * as t from "./tokens.ts";

/** Longer texts are refused unread, so that no text can stop the editor. The longest public rule has 47 kB. */
const LONGEST_QUERY = 4_000_000;

export type EqlTokenKind =
  "name" | "keyword" | "string" | "number" | "operator" | "punctuation" | "comment" | "unknown";

export interface EqlParse<A extends EqlAst = EqlQuery> extends QueryParse<A> {
  readonly tokens: readonly (QueryToken & { readonly kind: EqlTokenKind })[];
}

/** A whole query: `process where …`, a sequence or sample, and pipes. */
export function parseEql(text: string): EqlParse {
  if (LONGEST_QUERY < text.length) return tooLong(text, emptyQuery(text));
  const lexed = t.eqlLexer().tokenize(text);
  const foreign = foreignQuery(text, lexed.tokens, isRight);
  if (foreign !== undefined) {
    const tokens = publicTokens(lexed.tokens, lexed.groups["comments"] ?? []);
    return { text, ast: emptyQuery(text), errors: [foreign], tokens };
  }
  const reading = readTokens(text, lexed, "query");
  const parser = eqlParser();
  parser.input = [...reading.context.tokens];
  const tree = parser.statement() as StatementCstNode; // The generated type of this rule.
  reportRecognitionErrors(parser.errors, text.length, reading.context.errors, notHere);
  const ast = buildQuery(reading.context, tree);
  if (!reading.isUnclosed && !reading.context.hasStray) {
    const last = lexed.tokens.at(-1);
    const isHalfTyped = last !== undefined && reading.context.errors.reaches(tokenEnd(last));
    checkStructure(ast, isHalfTyped, reading.context.errors);
  }
  return { text, ast, errors: reading.context.errors.all(), tokens: reading.tokens };
}

function isRight(text: string): boolean {
  return parseEql(text).errors.length === 0;
}

/** A condition alone, as it stands after `where`. */
export function parseEqlCondition(text: string): EqlParse<EqlExpression> {
  if (LONGEST_QUERY < text.length) return tooLong(text, emptyQuery(text).body.condition);
  const reading = readTokens(text, t.eqlLexer().tokenize(text), "condition");
  const parser = eqlParser();
  parser.input = [...reading.context.tokens];
  const tree = parser.condition() as ConditionCstNode; // The generated type of this rule.
  reportRecognitionErrors(parser.errors, text.length, reading.context.errors, notHere);
  const ast = buildCondition(reading.context, tree);
  return { text, ast, errors: reading.context.errors.all(), tokens: reading.tokens };
}

interface Reading {
  readonly context: BuildContext;
  readonly tokens: EqlParse["tokens"];
  /** A string or comment without its end hides part of the query. */
  readonly isUnclosed: boolean;
}

function readTokens(text: string, { tokens, groups }: ILexingResult, scope: Scope): Reading {
  const errors = syntaxErrors();
  const comments = groups["comments"] ?? [];
  const openComment = comments.findLast((comment) => comment.tokenType === t.BlockComment);
  const isOpen = openComment !== undefined && t.isUnclosedComment(openComment.image);
  if (isOpen) {
    const { start } = tokenSpan(openComment);
    const opening = spanOf(start, start + 2);
    const covers = spanOf(lineAround(text, opening).start, text.length);
    errors.reportRoot(opening, covers, "Expected */ to close this comment");
    errors.silence(spanOf(start, text.length));
  }
  const context: BuildContext = {
    text,
    tokens: balanceBrackets(repairTokens(text, tokens, errors), scope, errors),
    errors,
    hasStray: false,
    reached: 0,
  };
  return {
    context,
    tokens: publicTokens(tokens, comments),
    isUnclosed: isOpen || tokens.some(isUnclosedText),
  };
}

function notHere(_rule: string, found: string): string {
  return found === "" ? "The query ends too early" : `\`${found}\` does not belong here`;
}

function emptyQuery(text: string): EqlQuery & { readonly body: { readonly condition: EqlExpression } } {
  const here = spanOf(0, 0);
  const condition: EqlExpression = { kind: "hole", span: here };
  const body = { kind: "event", span: here, category: undefined, whereSpan: undefined, condition } as const;
  return { kind: "query", span: spanOf(0, text.length), body, pipes: [] };
}

function tooLong<A extends EqlAst>(text: string, ast: A): EqlParse<A> {
  const message = `This query is too long to be checked: more than ${LONGEST_QUERY} characters`;
  return { text, ast, errors: [{ span: spanOf(0, 1), message, fixes: [] }], tokens: [] };
}

function publicTokens(tokens: readonly IToken[], comments: readonly IToken[]): EqlParse["tokens"] {
  const all =
    comments.length === 0 ? tokens : [...tokens, ...comments].sort((a, b) => a.startOffset - b.startOffset);
  return all.map((token) => ({ kind: kindOf(token), span: tokenSpan(token) }));
}

function kindOf(token: IToken): EqlTokenKind {
  const type = token.tokenType;
  if (type === t.LineComment || type === t.BlockComment || type === t.HashComment || type === t.DashComment)
    return "comment";
  if (t.isKeyword(type)) return "keyword";
  if (isA(token, t.Name)) return "name";
  if (isA(token, t.Text)) return "string";
  if (isA(token, t.NumberLiteral)) return "number";
  if (isA(token, t.Infix) || type === t.Foreign || type === t.Assign || type === t.Question)
    return "operator";
  return type === t.Unknown ? "unknown" : "punctuation";
}
