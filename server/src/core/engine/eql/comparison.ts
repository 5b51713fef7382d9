/** `==`, `<` and the like, for values of every type. */
import { holds } from "../../query/eql/constants.ts";
import { type EqlComparisonOperator } from "../../query/eql/index.ts";
import { type Span } from "../../text/span.ts";
import { dateRange, timeOf } from "../date.ts";
import { compareAddresses, parseAddress, parseBlock } from "../ip.ts";
import {
  compareScalars,
  not3,
  numberFrom,
  type Present,
  readBoolean,
  type Truth,
  type ValueType,
} from "../value.ts";
import { compareVersions } from "../version.ts";
import { type Compiled, compiledOf, lift, lift2, REFUSED, testOf } from "./compiled.ts";
import { combinationsIn, type CompileContext, refuse } from "./context.ts";

export type Accepts = (value: Present) => boolean;

type Order = Exclude<EqlComparisonOperator, "!=">;

/** `a != b` is `not (a == b)`, and `a == null` asks for the value alone. */
export function compileComparison(
  context: CompileContext,
  operator: EqlComparisonOperator,
  left: Compiled,
  right: Compiled,
  span: Span,
): Compiled {
  if (operator === "!=") return negated(compileComparison(context, "==", left, right, span));
  if (operator === "==" && right.constant === null) return isNull(left);
  if (operator === "==" && left.constant === null) return isNull(right);
  if (right.constant !== undefined && left.constant === undefined) {
    return withConstant(context, operator, left, right, span);
  }
  if (left.constant !== undefined && right.constant === undefined) {
    return withConstant(context, MIRRORED[operator], right, left, span);
  }
  const compare = comparatorOf(left.type, right.type);
  const evaluate = lift2(
    left.evaluate,
    right.evaluate,
    (one, other) => (one === null || other === null ? null : holds(operator, compare(one, other))),
    combinationsIn(context, span),
  );
  return compiledOf("boolean", [left, right], evaluate);
}

/** The value-wise opposite; null stays null. */
export function negated(compiled: Compiled): Compiled {
  return compiledOf(
    "boolean",
    [compiled],
    lift(compiled.evaluate, (value) => not3(truthOf(value))),
  );
}

export function truthOf(value: unknown): Truth {
  return typeof value === "boolean" ? value : null;
}

function isNull(operand: Compiled): Compiled {
  return compiledOf(
    "boolean",
    [operand],
    lift(operand.evaluate, (value) => value === null),
  );
}

const MIRRORED: Readonly<Record<Order, Order>> = { "==": "==", "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

function withConstant(
  context: CompileContext,
  operator: Order,
  operand: Compiled,
  constant: Compiled,
  span: Span,
): Compiled {
  if (constant.constant === null || constant.constant === undefined) {
    return compiledOf("boolean", [operand], () => null);
  }
  const accepts = acceptsOf(operator, operand.type, constant.constant);
  if (accepts === undefined) {
    refuse(context, `\`${String(constant.constant)}\` beside a value of the type ${operand.type}`, span);
    return REFUSED;
  }
  return testOf(operand, accepts);
}

/** What a value of a type must be; undefined if the constant cannot be read as one of the type. */
export function acceptsOf(operator: Order, type: ValueType, constant: Present): Accepts | undefined {
  switch (type) {
    case "date":
      return dateTest(operator, constant);
    case "ip":
      return typeof constant === "string" ? addressTest(operator, constant) : undefined;
    case "version":
      return versionTest(operator, String(constant));
    case "integer":
    case "double":
    case "number":
      return numericTest(operator, constant);
    case "boolean": {
      const truth = readBoolean(constant);
      return truth === undefined ? undefined : (value) => holds(operator, compareScalars(value, truth));
    }
    default:
      return typeof constant === "string"
        ? textTest(operator, constant)
        : (value) => holds(operator, compareScalars(value, constant));
  }
}

/** For two values of which none is constant. */
function comparatorOf(left: ValueType, right: ValueType): (left: Present, right: Present) => number {
  const types = [left, right];
  if (types.includes("date")) return (one, other) => timeOf(one) - timeOf(other);
  if (types.includes("ip")) {
    return (one, other) => {
      const [address, otherAddress] = [parseAddress(String(one)), parseAddress(String(other))];
      if (address === undefined || otherAddress === undefined) return NaN;
      return compareAddresses(address, otherAddress);
    };
  }
  if (types.includes("version")) return (one, other) => compareVersions(String(one), String(other));
  return compareScalars;
}

/** `== "2024-05-31"` takes in the whole day, and `> "2024-05-31"` begins after it. */
function dateTest(operator: Order, constant: Present): Accepts | undefined {
  const range = typeof constant === "boolean" ? undefined : dateRange(constant);
  if (range === undefined) return undefined;
  const { first, last } = range;
  switch (operator) {
    case "==":
      return (value) => typeof value === "number" && first <= value && value <= last;
    case "<":
      return (value) => typeof value === "number" && value < first;
    case "<=":
      return (value) => typeof value === "number" && value <= last;
    case ">":
      return (value) => typeof value === "number" && last < value;
    default:
      return (value) => typeof value === "number" && first <= value;
  }
}

function addressTest(operator: Order, constant: string): Accepts | undefined {
  if (operator === "==") {
    const block = parseBlock(constant);
    if (block === undefined) return undefined;
    return (value) => {
      const address = parseAddress(String(value));
      return address !== undefined && block.contains(address);
    };
  }
  const bound = parseAddress(constant);
  if (bound === undefined) return undefined;
  return (value) => {
    const address = parseAddress(String(value));
    return address !== undefined && holds(operator, compareAddresses(address, bound));
  };
}

function versionTest(operator: Order, constant: string): Accepts {
  if (operator === "==") return (value) => value === constant;
  return (value) => holds(operator, compareVersions(String(value), constant));
}

function numericTest(operator: Order, constant: Present): Accepts | undefined {
  const bound = typeof constant === "string" ? numberFrom(constant) : constant;
  if (typeof bound === "boolean" || Number.isNaN(bound)) return undefined;
  switch (operator) {
    case "==":
      return (value) => value === bound;
    case "<":
      return (value) => typeof value === "number" && value < bound;
    case "<=":
      return (value) => typeof value === "number" && value <= bound;
    case ">":
      return (value) => typeof value === "number" && bound < value;
    default:
      return (value) => typeof value === "number" && bound <= value;
  }
}

function textTest(operator: Order, constant: string): Accepts {
  if (operator !== "==") {
    return (value) => holds(operator, compareScalars(value, constant));
  }
  return (value) =>
    value === constant || (typeof value !== "string" && compareScalars(value, constant) === 0);
}
