/** A query as the clauses it is made of: what stands between `and` at the outermost level, without comments. */
import { type EqlBody, type EqlExpression, type EqlQuery } from "../query/eql/ast.ts";
import { type KqlCondition, type KqlQuery } from "../query/kql/ast.ts";
import { type QueryParse } from "../query/language.ts";
import { languageSupport } from "../query/languages.ts";
import { type EmbeddedQuery } from "../rule/model.ts";
import { type Span } from "../text/span.ts";
import { joinedWords } from "./joinedWords.ts";
import { esqlCommands, luceneText } from "./lexedClauses.ts";

export interface QueryClause {
  /** Blanks and line breaks do not count. */
  readonly text: string;
  /** What stands before the list of values, and the list; undefined for other clauses. */
  readonly list: { readonly head: string; readonly values: readonly string[] } | undefined;
}

export interface QueryClauses {
  readonly clauses: readonly QueryClause[];
  /**
   * Steps of a series, pipes and commands mean something else in another order; `whole` is a query that is one clause,
   * since nothing tells where others begin.
   */
  readonly form: "in-any-order" | "ordered" | "whole";
}

/** Undefined for a query that cannot be read. */
export function queryClauses({ language, text }: EmbeddedQuery): QueryClauses | undefined {
  switch (language) {
    case "esql":
      return { clauses: esqlCommands(text).map(plainClause), form: "ordered" };
    case "lucene":
      return { clauses: [plainClause(luceneText(text))], form: "whole" };
    case "eql":
    case "kuery":
      return parsedClauses(language, text);
  }
}

function plainClause(text: string): QueryClause {
  return { text, list: undefined };
}

function parsedClauses(language: "eql" | "kuery", text: string): QueryClauses | undefined {
  const parse = languageSupport(language)?.parse(text);
  if (parse === undefined || 0 < parse.errors.length) return undefined;
  // The language says which tree it is.
  const spans =
    language === "eql" ? eqlSpans(parse.ast as EqlQuery) : kqlSpans((parse.ast as KqlQuery).condition);
  const isOrdered = language === "eql" && isOrderedEql(parse.ast as EqlQuery);
  return {
    clauses: spans.map((span) => clauseAt(parse, span)),
    form: isOrdered ? "ordered" : "in-any-order",
  };
}

function eqlSpans({ body, pipes }: EqlQuery): readonly Span[] {
  return [...bodySpans(body), ...pipes.map(({ span }) => span)];
}

function isOrderedEql({ body, pipes }: EqlQuery): boolean {
  return body.kind !== "event" || 0 < pipes.length;
}

function bodySpans(body: EqlBody): readonly Span[] {
  if (body.kind !== "event") {
    // The steps of a series belong together in their order: each is one clause, and so is what it begins with.
    const first = body.steps[0]?.span.start ?? body.span.end;
    const last = body.steps.at(-1)?.span.end ?? body.span.end;
    const around = [
      { start: body.span.start, end: first },
      { start: last, end: body.span.end },
    ];
    return [around[0], ...body.steps.map(({ span }) => span), around[1]].flatMap((span) =>
      span === undefined || span.end <= span.start ? [] : [span],
    );
  }
  const head = body.category?.span;
  return [...(head === undefined ? [] : [head]), ...conjuncts(body.condition)];
}

function conjuncts(condition: EqlExpression): readonly Span[] {
  return condition.kind === "and" ? condition.operands.flatMap(conjuncts) : [condition.span];
}

function kqlSpans(condition: KqlCondition | undefined): readonly Span[] {
  if (condition === undefined) return [];
  return condition.kind === "and" ? condition.operands.flatMap(kqlSpans) : [condition.span];
}

function clauseAt({ text, tokens }: QueryParse, span: Span): QueryClause {
  const words = tokens
    .filter((token) => span.start <= token.span.start && token.span.end <= span.end)
    .map((token) => text.slice(token.span.start, token.span.end))
    .filter((word) => word.trim() !== "" && !/^(?:\/\/|\/\*)/.test(word));
  return { text: joinedWords(words), list: listIn(words) };
}

/** `process.name : ( a , b )`: one bracket, which ends the clause. */
function listIn(words: readonly string[]): QueryClause["list"] {
  const open = words.indexOf("(");
  const isList = 0 < open && words.at(-1) === ")" && words.indexOf(")") === words.length - 1;
  if (!isList) return undefined;
  const inner = words.slice(open + 1, -1);
  const isSeparator = (word: string): boolean => word === "," || word.toLowerCase() === "or";
  const values = inner.filter((word) => !isSeparator(word));
  // Anything else than values with a sign between each two of them is a condition.
  if (values.some((word) => /^[=<>!:]+$|^(?:and|not|in|where)$/i.test(word))) return undefined;
  return { head: joinedWords(words.slice(0, open)), values };
}
