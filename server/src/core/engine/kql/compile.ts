/** KQL as clauses over documents: what can be known beforehand is computed once, and nothing is interpreted per event. */
import { type Result } from "../../base/result.ts";
import { unreachable } from "../../base/unreachable.ts";
import { type KqlCondition, type KqlQuery, verifyKql } from "../../query/kql/index.ts";
import { type Predicate, type Unsupported } from "../eql/plan.ts";
import { type Clause } from "../explain.ts";
import { compileIs, compileRange, compileText } from "./comparison.ts";
import { type CompileContext } from "./context.ts";
import { compileNested } from "./nested.ts";
import { type KqlOptions } from "./plan.ts";
import { predicateOf } from "./predicate.ts";

/** Does the query match a document? */
export function compileKql(query: KqlQuery, options: KqlOptions): Result<Predicate, Unsupported> {
  const clause = kqlClause(query, options);
  return clause.ok ? { ok: true, value: predicateOf(clause.value) } : clause;
}

/** The query taken apart. What Kibana or Elasticsearch refuses cannot be run. */
export function kqlClause(query: KqlQuery, options: KqlOptions): Result<Clause, Unsupported> {
  const [problem] = verifyKql({ text: "", ast: query }, options.types);
  if (problem !== undefined) {
    return { ok: false, error: { kind: "unsupported", feature: problem.message, span: problem.span } };
  }
  const { condition, span } = query;
  if (condition === undefined) return { ok: true, value: { kind: "all", span, children: [] } };
  const context: CompileContext = { options, path: undefined, refusals: [] };
  const clause = compileCondition(context, condition);
  const [error] = context.refusals;
  return error === undefined ? { ok: true, value: clause } : { ok: false, error };
}

export function compileCondition(context: CompileContext, condition: KqlCondition): Clause {
  const { span } = condition;
  switch (condition.kind) {
    case "and":
    case "or": {
      const children = condition.operands.map((operand) => compileCondition(context, operand));
      return { kind: condition.kind === "and" ? "all" : "any", span, children };
    }
    case "not":
      return { kind: "not", span, child: compileCondition(context, condition.operand) };
    case "group":
      return compileCondition(context, condition.inner);
    case "text":
      return compileText(context, condition);
    case "is":
      return compileIs(context, condition);
    case "range":
      return compileRange(context, condition);
    case "nested":
      return compileNested(context, condition, (inner) => compileCondition(inner, condition.inner));
    case "invalid":
    case "hole":
      context.refusals.push({ kind: "unsupported", feature: "a query that is incomplete", span });
      return { kind: "any", span, children: [] };
    default:
      return unreachable(condition);
  }
}
