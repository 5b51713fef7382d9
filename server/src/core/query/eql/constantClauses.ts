import { type Span } from "../../text/span.ts";
import { type EqlExpression } from "./ast.ts";
import { withoutGroups } from "./children.ts";
import { constantOf } from "./constants.ts";

export interface ConstantClause {
  readonly span: Span;
  readonly value: boolean | null;
}

/** The clauses of a condition that are the same for every event. */
export function* constantClauses(condition: EqlExpression): Generator<ConstantClause> {
  const inner = withoutGroups(condition);
  if (inner.kind === "and" || inner.kind === "or") {
    for (const operand of inner.operands) yield* constantClauses(operand);
    return;
  }
  const value = inner.kind === "not" && isLogic(inner.operand) ? undefined : constantOf(inner)?.value;
  if (value === null || typeof value === "boolean") yield { span: inner.span, value };
  else if (inner.kind === "not") yield* constantClauses(inner.operand);
}

function isLogic(expression: EqlExpression): boolean {
  const inner = withoutGroups(expression);
  return inner.kind === "and" || inner.kind === "or" || (inner.kind === "not" && isLogic(inner.operand));
}
