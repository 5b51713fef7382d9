/** Which values a query demands of a field: what it matches has one of them. */
import { type EqlExpression, type EqlQuery } from "../query/eql/index.ts";
import { type Clause, clauseOf } from "../query/eql/clauses.ts";
import { type KqlCondition, type KqlQuery, type KqlValue } from "../query/kql/index.ts";
import { type AnalyzedQuery } from "./check.ts";

type Values = ReadonlySet<string> | undefined;

/**
 * In small letters. Undefined if events with other values, or without the field, match as well, or it cannot be told.
 * Of a sequence, those of all its steps together.
 */
export function demandedValues({ support, parse }: AnalyzedQuery, fields: readonly string[]): Values {
  const { ast, errors } = parse;
  // What `and` and `or` join is not known in half a query.
  if (errors.length !== 0 || ast.kind !== "query") return undefined;
  // The language says which tree it is.
  if (support.id === "eql") return ofEql(ast as EqlQuery, fields);
  const { condition } = ast as KqlQuery;
  return support.id === "kuery" && condition !== undefined ? ofCondition(condition, fields) : undefined;
}

function ofEql({ body }: EqlQuery, fields: readonly string[]): Values {
  if (body.kind === "event") return ofClause(clauseOf(body.condition), fields);
  // A step that must not occur demands nothing of the events that are found.
  const events = body.steps.filter(({ missing }) => !missing).map(({ event }) => event.condition);
  return united(events.map((condition: EqlExpression) => ofClause(clauseOf(condition), fields)));
}

function ofClause(clause: Clause, fields: readonly string[]): Values {
  if (clause.kind === "all") return intersected(clause.parts.map((part) => ofClause(part, fields)));
  if (clause.kind === "any") return united(clause.parts.map((part) => ofClause(part, fields)));
  if (clause.kind !== "test" || !clause.isPositive || !fields.includes(clause.test.field.name))
    return undefined;
  const values = clause.test.sets.map((set) =>
    set.kind === "text" && !set.hasWildcards ? set.text.toLowerCase() : undefined,
  );
  return allKnown(values);
}

function ofCondition(condition: KqlCondition, fields: readonly string[]): Values {
  switch (condition.kind) {
    case "and":
      return intersected(condition.operands.map((operand) => ofCondition(operand, fields)));
    case "or":
      return united(condition.operands.map((operand) => ofCondition(operand, fields)));
    case "group":
      return ofCondition(condition.inner, fields);
    case "is": {
      const { field, value } = condition;
      const isAsked = field.kind === "literal" && field.type === "string" && fields.includes(field.text);
      return isAsked ? ofValue(value) : undefined;
    }
    default:
      return undefined;
  }
}

function ofValue(value: KqlValue): Values {
  switch (value.kind) {
    // A field may hold several values: of those that it must all have, each one counts.
    case "and":
      return intersected(value.operands.map(ofValue));
    case "or":
      return united(value.operands.map(ofValue));
    case "group":
      return ofValue(value.inner);
    case "literal":
      return value.type === "string" ? new Set([value.text.toLowerCase()]) : undefined;
    default:
      return undefined;
  }
}

function allKnown(values: readonly (string | undefined)[]): Values {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length && 0 < known.length ? new Set(known) : undefined;
}

function united(parts: readonly Values[]): Values {
  const all = new Set<string>();
  for (const part of parts) {
    if (part === undefined) return undefined;
    for (const value of part) all.add(value);
  }
  return 0 < all.size ? all : undefined;
}

/** The fewest that one of the parts demands: two parts can mean different values of a list. */
function intersected(parts: readonly Values[]): Values {
  return parts.filter((part) => part !== undefined).sort((a, b) => a.size - b.size)[0];
}
