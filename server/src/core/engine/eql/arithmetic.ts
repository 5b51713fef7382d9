/** Numbers and what is computed from them. Whole numbers stay whole, as in Elasticsearch. */
import { type EqlArithmeticOperator } from "../../query/eql/index.ts";
import { type Span } from "../../text/span.ts";
import { isNumeric, numberFrom, type Scalar, type ValueType } from "../value.ts";
import { type Apply2, combine, type Compiled, compiledOf, lift, REFUSED } from "./compiled.ts";
import { combinationsIn, type CompileContext, failWith, refuse } from "./context.ts";

export interface ArithmeticStep {
  readonly operator: EqlArithmeticOperator;
  readonly operand: Compiled;
  readonly span: Span;
}

/** `first + second - third`, from left to right, in one closure however many there are. */
export function compileArithmetic(
  context: CompileContext,
  first: Compiled,
  firstSpan: Span,
  steps: readonly ArithmeticStep[],
  span: Span,
): Compiled {
  const start = asNumber(context, first, firstSpan);
  let type = start.type;
  const operations = steps.map(({ operator, operand, span }) => {
    const right = asNumber(context, operand, span);
    const fail = (feature: string): null => failWith(context, feature, span);
    const apply = operationOf(operator, type, right.type, fail);
    type = typeOfResult(type, right.type);
    return { right, apply };
  });
  const allows = combinationsIn(context, span);
  return compiledOf(type, [start, ...operations.map(({ right }) => right)], (document) => {
    let values = start.evaluate(document);
    for (const { right, apply } of operations) {
      values = combine(values, right.evaluate(document), apply, allows);
    }
    return values;
  });
}

export function compileSign(
  context: CompileContext,
  operator: "+" | "-",
  operand: Compiled,
  span: Span,
): Compiled {
  const number = asNumber(context, operand, span);
  if (operator === "+") return number;
  const isDouble = number.type === "double";
  const evaluate = lift(number.evaluate, (value) =>
    typeof value !== "number" ? null : isDouble ? -value : 0 - value,
  );
  return compiledOf(number.type, [number], evaluate);
}

/** What is of unknown type may be a number; of other types it is refused. */
export function asNumber(context: CompileContext, compiled: Compiled, span: Span): Compiled {
  if (isNumeric(compiled.type) || compiled.type === "null") return compiled;
  if (compiled.type !== "unknown") {
    refuse(context, `a value of the type ${compiled.type} where a number must be`, span);
    return REFUSED;
  }
  const evaluate = lift(compiled.evaluate, numberOrNull);
  return { ...compiledOf("number", [compiled], evaluate), isField: compiled.isField };
}

function numberOrNull(value: Scalar): number | null {
  if (typeof value === "number") return value;
  const number = typeof value === "string" ? numberFrom(value) : NaN;
  return Number.isNaN(number) ? null : number;
}

export function typeOfResult(left: ValueType, right: ValueType): ValueType {
  if (left === "null" || right === "null") return "number";
  if (left === "double" || right === "double") return "double";
  return left === "integer" && right === "integer" ? "integer" : "number";
}

/** Two whole numbers divide towards zero. Nothing is divided by zero. */
export function operationOf(
  operator: EqlArithmeticOperator,
  left: ValueType,
  right: ValueType,
  fail: (feature: string) => null,
): Apply2 {
  const isDouble = left === "double" || right === "double";
  return (one, other) => {
    if (typeof one !== "number" || typeof other !== "number") return null;
    if (other === 0 && (operator === "/" || operator === "%")) return fail("a division by zero");
    const isWhole = !isDouble && Number.isInteger(one) && Number.isInteger(other);
    const result = calculate(operator, one, other, isWhole);
    return Number.isNaN(result) ? null : result;
  };
}

/** Whole numbers have no negative zero. */
function calculate(operator: EqlArithmeticOperator, one: number, other: number, isWhole: boolean): number {
  switch (operator) {
    case "+":
      return one + other;
    case "-":
      return one - other;
    case "*":
      return isWhole ? one * other + 0 : one * other;
    case "/":
      return isWhole ? Math.trunc(one / other) + 0 : one / other;
    default:
      return isWhole ? (one % other) + 0 : one % other;
  }
}
