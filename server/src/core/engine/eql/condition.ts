/** Conditions: leaves that are true or false for a document, joined by `and`, `or` and `not`. */
import {
  type EqlComparison,
  type EqlExpression,
  functionNamed,
  withoutGroups,
} from "../../query/eql/index.ts";
import { every, some } from "../predicates.ts";
import { not3, type Truth } from "../value.ts";
import { type Compiled, isSeveral, type ValueTest } from "./compiled.ts";
import { type CompileContext } from "./context.ts";
import { asBoolean, compileExpression } from "./expression.ts";
import { type Predicate } from "./plan.ts";

/**
 * A leaf fails where it does not hold. Constants are three-valued, and what is joined with a null can do neither: then
 * `fails` says when it does, else it is the opposite of `holds`.
 */
export type Condition =
  | { readonly kind: "constant"; readonly value: Truth }
  | { readonly kind: "test"; readonly holds: Predicate; readonly fails: Predicate | undefined };

type Test = Condition & { readonly kind: "test" };

export function compileConditionTree(context: CompileContext, expression: EqlExpression): Condition {
  switch (expression.kind) {
    case "group":
      return compileConditionTree(context, expression.inner);
    case "and":
      return allOf(expression.operands.map((one) => compileConditionTree(context, one)));
    case "or": {
      const operands = expression.operands.map((one) => compileConditionTree(context, one));
      return operands.every(isPlainTest) ? anyTest(operands) : opposite(allOf(operands.map(opposite)));
    }
    case "not":
      return opposite(compileConditionTree(context, expression.operand));
    case "comparison":
      return compileComparisonLeaf(context, expression);
    case "in": {
      const { notSpan, ...member } = expression;
      const found = leafOf(context, { ...member, notSpan: undefined });
      return notSpan === undefined ? found : opposite(found);
    }
    default:
      return leafOf(context, expression);
  }
}

export function predicateOf(condition: Condition): Predicate {
  if (condition.kind === "test") return condition.holds;
  return condition.value === true ? () => true : () => false;
}

/** `!=` is the opposite of `==`, also for a document without the field. */
function compileComparisonLeaf(context: CompileContext, comparison: EqlComparison): Condition {
  const { operator } = comparison;
  if (operator === "!=") return opposite(compileComparisonLeaf(context, { ...comparison, operator: "==" }));
  if (operator !== "==") return leafOf(context, comparison);
  const left = compileExpression(context, comparison.left);
  const right = compileExpression(context, comparison.right);
  if (right.constant === null) return nullCheck(left);
  if (left.constant === null) return nullCheck(right);
  if (typeof right.constant === "boolean" && isBooleanExpression(comparison.left)) {
    return equalTo(compileConditionTree(context, comparison.left), right.constant);
  }
  if (typeof left.constant === "boolean" && isBooleanExpression(comparison.right)) {
    return equalTo(compileConditionTree(context, comparison.right), left.constant);
  }
  return leafOf(context, comparison);
}

function equalTo(condition: Condition, value: boolean): Condition {
  return value ? condition : opposite(condition);
}

/** `X == true` is X, where X is no field and no value. */
function isBooleanExpression(expression: EqlExpression): boolean {
  const inner = withoutGroups(expression);
  if (inner.kind === "call") return functionNamed(inner.name)?.returns === "boolean";
  return ["and", "or", "not", "comparison", "in", "match"].includes(inner.kind);
}

function nullCheck({ constant, evaluate }: Compiled): Condition {
  if (constant !== undefined) return { kind: "constant", value: constant === null };
  return testOf((document) => {
    const values = evaluate(document);
    return values === null; // Of several, at least one is a value.
  });
}

function leafOf(context: CompileContext, expression: EqlExpression): Condition {
  const leaf = asBoolean(context, compileExpression(context, expression), expression.span);
  if (leaf.constant !== undefined) {
    return { kind: "constant", value: typeof leaf.constant === "boolean" ? leaf.constant : null };
  }
  if (leaf.test !== undefined) return testOf(anyAccepted(leaf.test));
  const { evaluate } = leaf;
  return testOf((document) => {
    const values = evaluate(document);
    return isSeveral(values) ? values.includes(true) : values === true;
  });
}

function anyAccepted({ operand, accepts }: ValueTest): Predicate {
  return (document) => {
    const values = operand(document);
    if (values === null) return false;
    if (typeof values !== "object") return accepts(values);
    for (const value of values) if (value !== null && accepts(value)) return true;
    return false;
  };
}

function testOf(holds: Predicate, fails?: Predicate): Test {
  return { kind: "test", holds, fails };
}

function isPlainTest(condition: Condition): condition is Test {
  return condition.kind === "test" && condition.fails === undefined;
}

function opposite(condition: Condition): Condition {
  if (condition.kind === "constant") return { kind: "constant", value: not3(condition.value) };
  const { holds, fails } = condition;
  return fails === undefined ? testOf((document) => !holds(document)) : testOf(fails, holds);
}

function allOf(conditions: readonly Condition[]): Condition {
  const constants = conditions.flatMap((one) => (one.kind === "constant" ? [one.value] : []));
  const tests = conditions.filter((one) => one.kind === "test");
  if (constants.includes(false)) return { kind: "constant", value: false };
  const hasNull = constants.includes(null);
  if (tests.length === 0) return { kind: "constant", value: hasNull ? null : true };
  const [only] = tests;
  if (!hasNull && only !== undefined && tests.length === 1) return only;
  if (!hasNull && tests.every(isPlainTest)) return testOf(every(tests.map(({ holds }) => holds)));
  const fails = some(tests.map(failsOf));
  return testOf(hasNull ? () => false : every(tests.map(({ holds }) => holds)), fails);
}

function failsOf({ holds, fails }: Test): Predicate {
  return fails ?? ((document) => !holds(document));
}

function anyTest(tests: readonly Test[]): Condition {
  return testOf(some(tests.map(({ holds }) => holds)));
}
