import { type EqlEvent, type EqlExpression, type EqlLogic, type EqlNot } from "./ast.ts";
import { withoutGroups } from "./children.ts";
import { capitalized, subjectOf } from "./problem.ts";
import { allConstant, described, type EqlValue, isOpen, valueOfType } from "./valueTypes.ts";
import { type Verification } from "./verify.ts";

export function checkLogic(verification: Verification, node: EqlLogic | EqlNot): EqlValue {
  const operands = node.kind === "not" ? [node.operand] : node.operands;
  for (const operand of isGuessed(node) ? [] : operands) checkBoolean(verification, operand);
  return valueOfType("boolean", allConstant(operands.map((operand) => verification.valueOf(operand))));
}

export function checkCondition(verification: Verification, event: EqlEvent): void {
  checkBoolean(verification, event.condition);
}

function checkBoolean(verification: Verification, expression: EqlExpression): void {
  const { type } = verification.valueOf(expression);
  if (type === "boolean" || isOpen(type)) return;
  const inner = withoutGroups(expression);
  const message = `${capitalized(subjectOf(inner))} is ${described(type)}, not a condition: compare it with a value`;
  verification.problems.report("non-boolean", inner.span, message);
}

/** Something was missing between two operands, which has been reported: what they were meant to be is not known. */
function isGuessed(node: EqlLogic | EqlNot): boolean {
  return node.kind !== "not" && node.operatorSpans.some(({ start, end }) => start === end);
}
