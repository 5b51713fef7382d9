/** The tree of an EQL query, for checks that need its structure. */
import { walk } from "../query/ast.ts";
import { childrenOf, type EqlAst, type EqlEvent, type EqlQuery } from "../query/eql/index.ts";
import { type AnalyzedQuery } from "./check.ts";
import { eqlParseOf } from "./eqlParse.ts";

export function eqlQueryOf(query: AnalyzedQuery): EqlQuery {
  return eqlParseOf(query).ast;
}

/** Every node of the query, parents before children. */
export function eqlNodes(query: AnalyzedQuery): Iterable<EqlAst> {
  return walk<EqlAst>(eqlQueryOf(query), childrenOf);
}

/** The events that the query looks for, steps of sequences included. */
export function* eqlEvents(query: AnalyzedQuery): Generator<EqlEvent> {
  const { body } = eqlQueryOf(query);
  if (body.kind === "event") yield body;
  else for (const step of body.steps) yield step.event;
  if ("until" in body && body.until?.step !== undefined) yield body.until.step.event;
}

/** The events of a query that can be read whole: what `and` and `or` join is not known in half a query. */
export function wholeEvents(query: AnalyzedQuery): Iterable<EqlEvent> {
  return query.parse.errors.length === 0 ? eqlEvents(query) : [];
}
