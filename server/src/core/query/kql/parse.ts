import { type IToken } from "chevrotain";
import { spanOf } from "../../text/span.ts";
import { reportRecognitionErrors, syntaxErrors, tokenSpan } from "../chevrotain.ts";
import { type QueryParse, type QuerySyntaxError, type QueryToken } from "../language.ts";
import { type KqlQuery } from "./ast.ts";
import { balanceBrackets } from "./brackets.ts";
import { buildConditions } from "./build.ts";
import { type BuildContext } from "./buildContext.ts";
import { type ExpressionCstNode } from "./cst.generated.ts";
import { foreignQuery } from "./foreignQuery.ts";
import { kqlParser } from "./grammar.ts";
import { kqlTokens } from "./lexer.ts";
import { isOperator, isType } from "./place.ts";
import { repairTokens } from "./repair.ts";
import * as t from "./tokens.ts";

/** Longer texts are refused unread, so that no text can stop the editor. */
const LONGEST_QUERY = 4_000_000;

export type KqlTokenKind =
  "field" | "keyword" | "quoted" | "unquoted" | "operator" | "punctuation" | "unknown";

export interface KqlParse extends QueryParse<KqlQuery> {
  readonly tokens: readonly (QueryToken & { readonly kind: KqlTokenKind })[];
}

/** Reads a query as Kibana does. */
export function parseKql(text: string): KqlParse {
  const span = spanOf(0, text.length);
  if (LONGEST_QUERY < text.length) return tooLong(text, { kind: "query", span, condition: undefined });
  const lexed = kqlTokens(text);
  const tokens = lexed.map((token, i) => ({ kind: kindOf(token, lexed[i + 1]), span: tokenSpan(token) }));
  if (lexed.length === 0)
    return { text, ast: { kind: "query", span, condition: undefined }, errors: [], tokens };
  const errors = syntaxErrors();
  const context: BuildContext = {
    text,
    tokens: balanceBrackets(repairTokens(text, lexed, errors), errors),
    errors,
    reached: 0,
    lastField: undefined,
    isListBroken: false,
  };
  const parser = kqlParser();
  parser.input = [...context.tokens];
  const tree = parser.expression() as ExpressionCstNode; // The generated type of this rule.
  reportRecognitionErrors(parser.errors, text.length, errors, notHere);
  const ast: KqlQuery = { kind: "query", span, condition: buildConditions(context, tree) };
  return { text, ast, errors: explained(text, errors.all()), tokens };
}

/** A query of another language has one mistake. */
function explained(text: string, errors: readonly QuerySyntaxError[]): readonly QuerySyntaxError[] {
  const foreign = errors.length === 0 ? undefined : foreignQuery(text);
  return foreign === undefined ? errors : [foreign];
}

function notHere(_rule: string, found: string): string {
  return found === "" ? "The query ends too early" : `\`${found}\` does not belong here`;
}

function tooLong(text: string, ast: KqlQuery): KqlParse {
  const message = `This query is too long to be checked: more than ${LONGEST_QUERY} characters`;
  return { text, ast, errors: [{ span: spanOf(0, 1), message, fixes: [] }], tokens: [] };
}

function kindOf(token: IToken, next: IToken | undefined): KqlTokenKind {
  if (isType(token, t.And, t.Or, t.Not)) return "keyword";
  if (isOperator(token)) return "operator";
  if (isType(token, t.Backslash)) return "unknown";
  if (isType(token, t.LParen, t.RParen, t.LBrace, t.RBrace)) return "punctuation";
  if (isOperator(next)) return "field";
  return isType(token, t.Unquoted) ? "unquoted" : "quoted";
}
