/** What an expression is worth whatever the event, in the three-valued logic of EQL. */
import { unreachable } from "../../base/unreachable.ts";
import {
  type EqlArithmetic,
  type EqlArithmeticOperator,
  type EqlCall,
  type EqlComparison,
  type EqlComparisonOperator,
  type EqlExpression,
  type EqlField,
  type EqlMatch,
  type EqlMembership,
} from "./ast.ts";
import { covers, globOf, overlaps } from "./glob.ts";

export interface Constant {
  readonly value: string | number | boolean | null;
}

const NULL: Constant = { value: null };
const TRUE: Constant = { value: true };
const FALSE: Constant = { value: false };

/** Fields that are null whatever the event. */
export type IsNull = (field: EqlField) => boolean;

/** Undefined if the value depends on the event, or if we cannot tell. */
export function constantOf(expression: EqlExpression, isNull?: IsNull): Constant | undefined {
  switch (expression.kind) {
    case "string":
    case "boolean":
      return { value: expression.value };
    case "number":
      // A long may have more digits than a number of ours can hold.
      return Number.isSafeInteger(expression.value) || expression.type === "double"
        ? { value: expression.value }
        : undefined;
    case "null":
      return NULL;
    case "group":
      return constantOf(expression.inner, isNull);
    case "sign": {
      const inner = constantOf(expression.operand, isNull);
      if (inner === undefined || inner.value === null || expression.operator === "+") return inner;
      return typeof inner.value === "number" ? { value: -inner.value } : undefined;
    }
    case "not": {
      const inner = constantOf(expression.operand, isNull);
      if (inner === undefined || inner.value === null) return inner;
      return typeof inner.value === "boolean" ? { value: !inner.value } : undefined;
    }
    case "and":
      return logicOf(allOf(expression.operands, isNull), false);
    case "or":
      return logicOf(allOf(expression.operands, isNull), true);
    case "comparison":
      return comparisonOf(expression, isNull);
    case "arithmetic":
      return arithmeticOf(expression, isNull);
    case "in":
      return membershipOf(expression, isNull);
    case "match":
      return matchOf(expression, isNull);
    case "call":
      return callOf(expression, isNull);
    case "field":
      return isNull?.(expression) === true ? NULL : undefined;
    case "list":
    case "relationship":
    case "invalid":
    case "hole":
      return undefined;
    default:
      return unreachable(expression);
  }
}

function allOf(
  expressions: readonly EqlExpression[],
  isNull: IsNull | undefined,
): readonly (Constant | undefined)[] {
  return expressions.map((one) => constantOf(one, isNull));
}

/** One operand worth `decisive` decides; without one, all must be known. */
function logicOf(operands: readonly (Constant | undefined)[], decisive: boolean): Constant | undefined {
  if (operands.some((operand) => operand?.value === decisive)) return { value: decisive };
  if (operands.some((operand) => operand === undefined)) return undefined;
  return operands.some((operand) => operand?.value === null) ? NULL : { value: !decisive };
}

function comparisonOf(
  { operator, left, right }: EqlComparison,
  isNull: IsNull | undefined,
): Constant | undefined {
  const [a, b] = [constantOf(left, isNull), constantOf(right, isNull)];
  if (operator === "==" || operator === "!=") {
    // Against null, equality asks whether there is a value.
    if (a === undefined || b === undefined) return undefined;
    if (a.value === null || b.value === null) return { value: (a.value === b.value) === (operator === "==") };
  } else if (a?.value === null || b?.value === null) return NULL;
  if (a === undefined || b === undefined) return undefined;
  const order = orderOf(a.value, b.value);
  return order === undefined ? undefined : { value: holds(operator, order) };
}

function orderOf(a: Constant["value"], b: Constant["value"]): number | undefined {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a === b ? 0 : 1;
  return undefined;
}

/** `order` is below, at or above 0, as the left side is smaller, equal or greater. */
export function holds(operator: EqlComparisonOperator, order: number): boolean {
  switch (operator) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return 0 < order;
    case ">=":
      return 0 <= order;
    default:
      return unreachable(operator);
  }
}

/** Of whole numbers only: what Elasticsearch makes of fractions and of long numbers is not ours to repeat. */
function arithmeticOf(
  { operands, operators }: EqlArithmetic,
  isNull: IsNull | undefined,
): Constant | undefined {
  const values = allOf(operands, isNull);
  if (values.some((one) => one?.value === null)) return NULL;
  let result = values[0]?.value;
  for (const [i, { operator }] of operators.entries()) {
    const value = values[i + 1]?.value;
    if (typeof result !== "number" || typeof value !== "number") return undefined;
    if (!Number.isInteger(result) || !Number.isInteger(value)) return undefined;
    result = calculated(operator, result, value);
    if (result === undefined || !Number.isSafeInteger(result)) return undefined;
  }
  return result === undefined ? undefined : { value: result };
}

function calculated(operator: EqlArithmeticOperator, a: number, b: number): number | undefined {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0 ? undefined : Math.trunc(a / b);
    case "%":
      return b === 0 ? undefined : a % b;
    default:
      return unreachable(operator);
  }
}

function membershipOf(
  { operand, notSpan, operator, right }: EqlMembership,
  isNull: IsNull | undefined,
): Constant | undefined {
  if (right.kind !== "list" || right.items.length === 0) return undefined;
  const value = constantOf(operand, isNull);
  const items = allOf(right.items, isNull);
  // Nothing equals null, so a list of nulls alone never decides.
  if (value?.value === null || items.every((item) => item?.value === null)) return NULL;
  if (value === undefined) return undefined;
  const hits = items.map((item) => item && equalsItem(value, item, operator));
  const found = logicOf(hits, true);
  if (notSpan === undefined || found === undefined || found.value === null) return found;
  return found.value === true ? FALSE : TRUE;
}

function equalsItem(value: Constant, item: Constant, operator: "in" | "in~"): Constant | undefined {
  if (item.value === null) return NULL;
  if (typeof value.value === "string" && typeof item.value === "string" && operator === "in~") {
    return matches(value.value, item.value, false);
  }
  const order = orderOf(value.value, item.value);
  return order === undefined ? undefined : { value: order === 0 };
}

function matchOf(
  { operand, operator, notSpan, right }: EqlMatch,
  isNull: IsNull | undefined,
): Constant | undefined {
  const patterns = allOf(right.kind === "list" ? right.items : [right], isNull);
  if (patterns.length === 0 || notSpan !== undefined) return undefined;
  const value = constantOf(operand, isNull);
  if (value?.value === null || patterns.every((pattern) => pattern?.value === null)) return NULL;
  if (typeof value?.value !== "string" || operator === "regex" || operator === "regex~") return undefined;
  const text = value.value;
  return logicOf(
    patterns.map((pattern) => {
      if (pattern?.value === null) return NULL;
      if (typeof pattern?.value !== "string") return undefined;
      if (operator !== "like") return matches(text, pattern.value, true);
      const exact = { wildcards: true, letterCase: "exact" } as const;
      const literal = globOf(text, { ...exact, wildcards: false });
      return { value: covers(globOf(pattern.value, exact), literal) };
    }),
    true,
  );
}

/** Whatever the case of letters. Undefined where ASCII and Unicode folding disagree. */
function matches(text: string, pattern: string, wildcards: boolean): Constant | undefined {
  const literal = globOf(text, { wildcards: false, letterCase: "exact" });
  if (covers(globOf(pattern, { wildcards, letterCase: "ascii" }), literal)) return TRUE;
  const widest = globOf(pattern, { wildcards, letterCase: "unicode" });
  return overlaps(widest, globOf(text, { wildcards: false, letterCase: "unicode" })) ? undefined : FALSE;
}

/** Arguments that may be null: their defaults then hold. */
const NULLABLE_FROM: ReadonlyMap<string, number> = new Map([
  ["between", 3],
  ["indexof", 2],
  ["number", 1],
  ["substring", 1],
]);

function callOf(call: EqlCall, isNull: IsNull | undefined): Constant | undefined {
  const name = call.name.toLowerCase();
  const values = allOf(call.arguments, isNull);
  const required = values.slice(0, NULLABLE_FROM.get(name) ?? values.length);
  if (required.some((one) => one?.value === null)) return NULL;
  return undefined;
}
