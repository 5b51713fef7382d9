/** Expressions of a literal, as the generator looks at them: constants computed, fields put in, patterns turned inside out. */
import { compileValue } from "../../engine/eql/compile.ts";
import { type EqlOptions } from "../../engine/eql/plan.ts";
import { type Scalar } from "../../engine/value.ts";
import {
  type EqlCall,
  type EqlComparisonOperator,
  type EqlExpression,
  functionNamed,
  withoutGroups,
} from "../../query/eql/index.ts";
import { type Span } from "../../text/span.ts";
import { fieldNamed, fieldsIn } from "./goals.ts";
import { exactly, MANY, ONE, type Pattern } from "./pattern.ts";

/** The value of an expression without fields; undefined if it has some, or cannot be computed. */
export function constantIn(expression: EqlExpression, options: EqlOptions): Scalar | undefined {
  const inner = withoutGroups(expression);
  switch (inner.kind) {
    case "string":
    case "boolean":
    case "number":
      return inner.value;
    case "null":
      return null;
    default: {
      if (fieldsIn(inner).length !== 0) return undefined;
      const read = compileValue(inner, options);
      return read.ok ? read.value({})[0] : undefined;
    }
  }
}

/** The expression with the values of fields in place of their names. */
export function withValues(
  expression: EqlExpression,
  valueOf: (field: string) => string | number | boolean | undefined,
): EqlExpression {
  const substitute = (one: EqlExpression): EqlExpression => withValues(one, valueOf);
  switch (expression.kind) {
    case "field": {
      const value = valueOf(expression.name);
      return value === undefined ? expression : literalNode(value, expression.span);
    }
    case "group":
      return { ...expression, inner: substitute(expression.inner) };
    case "and":
    case "or":
    case "arithmetic":
      return { ...expression, operands: expression.operands.map(substitute) };
    case "not":
    case "sign":
      return { ...expression, operand: substitute(expression.operand) };
    case "comparison":
      return { ...expression, left: substitute(expression.left), right: substitute(expression.right) };
    case "in":
    case "match":
      return { ...expression, operand: substitute(expression.operand), right: substitute(expression.right) };
    case "list":
      return { ...expression, items: expression.items.map(substitute) };
    case "call":
      return { ...expression, arguments: expression.arguments.map(substitute) };
    default:
      return expression;
  }
}

export function literalNode(value: string | number | boolean, span: EqlExpression["span"]): EqlExpression {
  if (typeof value === "string") return { kind: "string", span, value, form: "escaped", bodySpan: span };
  if (typeof value === "boolean") return { kind: "boolean", span, value };
  return {
    kind: "number",
    span,
    value,
    text: String(value),
    type: Number.isInteger(value) ? "integer" : "double",
  };
}

/** `field == value` and the like. */
export function compared(
  field: string,
  operator: EqlComparisonOperator,
  value: string | number | boolean,
  span: Span,
): EqlExpression {
  const [left, right] = [fieldNamed(field, span), literalNode(value, span)];
  return { kind: "comparison", span, operator, operatorSpan: span, left, right };
}

export function functionName(call: EqlCall): string {
  return functionNamed(call.name)?.name.toLowerCase() ?? "";
}

/**
 * What a field must look like for an expression of it to look like the pattern: `substring(f, 0, -1)` like `a*` is
 * `f` like `a*?`. Undefined where that cannot be said.
 */
export function patternOfField(
  expression: EqlExpression,
  pattern: Pattern,
  options: EqlOptions,
): Pattern | undefined {
  const inner = withoutGroups(expression);
  if (inner.kind === "field") return pattern;
  if (inner.kind !== "call") return undefined;
  const [source, ...others] = inner.arguments;
  if (source === undefined) return undefined;
  const constants = others.map((one) => constantIn(one, options));
  switch (functionName(inner)) {
    case "string":
      return patternOfField(source, pattern, options);
    case "substring":
      return patternOfField(source, aroundSubstring(pattern, constants), options);
    case "between": {
      const [left, right] = constants;
      if (typeof left !== "string" || typeof right !== "string") return undefined;
      const around = [MANY, ...exactly(left), ...pattern, ...exactly(right), MANY];
      return patternOfField(source, around, options);
    }
    case "concat":
      return patternOfPart(inner, pattern, options);
    default:
      return undefined;
  }
}

function aroundSubstring(pattern: Pattern, [start, end]: readonly (Scalar | undefined)[]): Pattern {
  const from = typeof start === "number" ? start : 0;
  if (from < 0) return [MANY, ...pattern];
  const before = Array.from({ length: Math.min(from, MOST_SKIPPED) }, () => ONE);
  if (typeof end !== "number") return [...before, ...pattern];
  if (0 <= end) return [...before, ...pattern, MANY];
  return [...before, ...pattern, ...Array.from({ length: Math.min(-end, MOST_SKIPPED) }, () => ONE)];
}

const MOST_SKIPPED = 1000;

/** Of texts that are joined, the one that is not known. */
function patternOfPart(call: EqlCall, pattern: Pattern, options: EqlOptions): Pattern | undefined {
  const constants = call.arguments.map((one) => constantIn(one, options));
  const position = constants.findIndex((constant) => constant === undefined);
  const unknown = call.arguments[position];
  if (unknown === undefined || constants.slice(position + 1).includes(undefined)) return undefined;
  const before = constants.slice(0, position).map(String).join("");
  const after = constants
    .slice(position + 1)
    .map(String)
    .join("");
  const inside = withoutEnd(withoutStart(pattern, before), after);
  return inside === undefined ? undefined : patternOfField(unknown, inside, options);
}

function withoutStart(pattern: Pattern, text: string): Pattern | undefined {
  if (text === "") return pattern;
  const [first, ...rest] = pattern;
  if (first?.kind === "many") return pattern;
  if (first?.kind !== "text" || !first.text.toLowerCase().startsWith(text.toLowerCase())) return undefined;
  return [...exactly(first.text.slice(text.length)), ...rest];
}

function withoutEnd(pattern: Pattern | undefined, text: string): Pattern | undefined {
  if (text === "" || pattern === undefined) return pattern;
  const last = pattern.at(-1);
  if (last?.kind === "many") return pattern;
  if (last?.kind !== "text" || !last.text.toLowerCase().endsWith(text.toLowerCase())) return undefined;
  return [...pattern.slice(0, -1), ...exactly(last.text.slice(0, last.text.length - text.length))];
}
