/**
 * EQL conditions by the book, without any thought for speed: the tree is walked for every document, every combination
 * of values is tried, and patterns are regular expressions of JavaScript. The engine must agree with it.
 */
import { type EqlOptions } from "../../server/src/core/engine/eql/plan.ts";
import { type JsonObject, type JsonValue } from "../../server/src/core/engine/event.ts";
import {
  childrenOf,
  type EqlExpression,
  type EqlField,
  withoutGroups,
} from "../../server/src/core/query/eql/index.ts";
import { naiveCall } from "./naiveFunctions.ts";

export type NaiveValue = string | number | boolean | null;

interface Scope {
  readonly document: JsonObject;
  readonly options: EqlOptions;
  /** Which of its values each field of the leaf has in the combination at hand. */
  readonly chosen: ReadonlyMap<EqlField, NaiveValue>;
}

/** True, false, or null where constants make it unknown. */
export function naiveCondition(
  expression: EqlExpression,
  document: JsonObject,
  options: EqlOptions,
): boolean | null {
  const scope: Scope = { document, options, chosen: new Map() };
  return condition(expression, scope);
}

/** All values that the expression can have. */
export function naiveValues(
  expression: EqlExpression,
  document: JsonObject,
  options: EqlOptions,
): ReadonlySet<NaiveValue> {
  const scope: Scope = { document, options, chosen: new Map() };
  return new Set(combinations(expression, scope).map((one) => value(expression, one)));
}

function condition(expression: EqlExpression, scope: Scope): boolean | null {
  const inner = withoutGroups(expression);
  if (!dependsOnDocument(inner, scope)) return truth(value(inner, scope));
  switch (inner.kind) {
    case "not":
      return not(condition(inner.operand, scope));
    case "and":
      return inner.operands.map((one) => condition(one, scope)).reduce(and);
    case "or":
      return inner.operands.map((one) => condition(one, scope)).reduce(or);
    case "in":
      if (inner.notSpan !== undefined) return not(condition({ ...inner, notSpan: undefined }, scope));
      break;
    case "comparison":
      if (inner.operator === "!=") return not(condition({ ...inner, operator: "==" }, scope));
      if (inner.operator === "==") {
        for (const [one, other] of [
          [inner.left, inner.right],
          [inner.right, inner.left],
        ] as const) {
          const constant = constantOf(other, scope);
          if (constant === null)
            return combinations(one, scope).every((combination) => value(one, combination) === null);
        }
        for (const [one, other] of [
          [inner.left, inner.right],
          [inner.right, inner.left],
        ] as const) {
          const constant = constantOf(other, scope);
          if (typeof constant === "boolean" && isBooleanExpression(one)) {
            return constant ? condition(one, scope) : not(condition(one, scope));
          }
        }
      }
      break;
    default:
  }
  return combinations(inner, scope).some((combination) => truth(value(inner, combination)) === true);
}

function isBooleanExpression(expression: EqlExpression): boolean {
  const inner = withoutGroups(expression);
  if (inner.kind === "call") return /^(?:startsWith|endsWith|stringContains|cidrMatch)$/i.test(inner.name);
  return /^(?:and|or|not|comparison|in|match)$/.test(inner.kind);
}

/** Undefined if it is none. */
function constantOf(expression: EqlExpression, scope: Scope): NaiveValue | undefined {
  return dependsOnDocument(expression, scope) ? undefined : value(expression, scope);
}

function dependsOnDocument(expression: EqlExpression, scope: Scope): boolean {
  return fieldsIn(expression).some((field) => isMapped(field, scope));
}

function isMapped({ optionalSpan, name }: EqlField, { options }: Scope): boolean {
  const isSeen = options.seenFields === undefined || options.seenFields.has(name);
  return optionalSpan === undefined || isSeen || options.types.get(name) !== undefined;
}

function fieldsIn(expression: EqlExpression): readonly EqlField[] {
  if (expression.kind === "field") return [expression];
  return childrenOf(expression).flatMap((child) => fieldsIn(child as EqlExpression)); // Of expressions all children are.
}

/** Each mention of a field takes each of its values, independently of the others. */
function combinations(expression: EqlExpression, scope: Scope): readonly Scope[] {
  let scopes = [scope];
  for (const field of fieldsIn(expression)) {
    const values = isMapped(field, scope) ? naiveFieldValues(field.name, scope) : [];
    const several = values.length === 0 ? [null] : values;
    scopes = scopes.flatMap((one) =>
      several.map((value) => ({ ...one, chosen: new Map([...one.chosen, [field, value]]) })),
    );
  }
  return scopes;
}

function naiveFieldValues(name: string, { document, options }: Scope): readonly NaiveValue[] {
  const all: NaiveValue[] = [];
  flatten(document, "", (path, value) => {
    if (path === name) all.push(value);
  });
  const mapped = options.types.get(name);
  const type = mapped?.type ?? "unknown";
  return all
    .map((value) => (value === null ? (mapped?.nullValue ?? null) : value))
    .map((value) => (value === null ? null : readAs(type, value)))
    .filter((value) => value !== null);
}

function flatten(
  value: JsonValue | undefined,
  path: string,
  found: (path: string, value: NaiveValue) => void,
): void {
  if (Array.isArray(value)) for (const item of value as readonly JsonValue[]) flatten(item, path, found);
  else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value))
      flatten(inner, path === "" ? key : `${path}.${key}`, found);
  } else if (value !== undefined) found(path, value);
}

function readAs(type: string, value: string | number | boolean): NaiveValue {
  switch (type) {
    case "keyword":
      return String(value);
    case "long":
      return typeof value === "boolean" ? null : nullIfNaN(Math.trunc(naiveNumber(value)));
    case "double":
      return typeof value === "boolean" ? null : nullIfNaN(naiveNumber(value));
    case "boolean":
      return value === true || value === "true"
        ? true
        : value === false || value === "false" || value === ""
          ? false
          : null;
    default:
      return value;
  }
}

function nullIfNaN(value: number): number | null {
  return Number.isNaN(value) ? null : value + 0;
}

export function naiveNumber(value: string | number): number {
  if (typeof value === "number") return value;
  return /^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[-+]?[0-9]+)?$/i.test(value) ? parseFloat(value) : NaN;
}

function truth(value: NaiveValue): boolean | null {
  if (value === "true") return true;
  return typeof value === "boolean" ? value : value === "false" ? false : null;
}

function value(expression: EqlExpression, scope: Scope): NaiveValue {
  switch (expression.kind) {
    case "group":
      return value(expression.inner, scope);
    case "string":
    case "number":
    case "boolean":
      return expression.value;
    case "null":
      return null;
    case "field":
      return scope.chosen.get(expression) ?? null;
    case "sign": {
      const operand = numberOrNull(value(expression.operand, scope));
      return operand === null || expression.operator === "+" ? operand : 0 - operand;
    }
    case "arithmetic": {
      const { operands, operators } = expression;
      const values = operands.map((operand) => value(operand, scope));
      const types = operands.map((operand) => numberType(operand, scope));
      let result = values[0] ?? null;
      let type = types[0] ?? "number";
      for (const [i, { operator }] of operators.entries()) {
        const right = types[i + 1] ?? "number";
        result = calculate(operator, result, values[i + 1] ?? null, type === "double" || right === "double");
        type = resultType(type, right);
      }
      return result;
    }
    case "not":
      return not(truth(value(expression.operand, scope)));
    case "and":
      return expression.operands.map((one) => truth(value(one, scope))).reduce(and);
    case "or":
      return expression.operands.map((one) => truth(value(one, scope))).reduce(or);
    case "comparison":
      return comparison(expression, scope);
    case "in":
    case "match":
      return membership(expression, scope);
    case "call":
      return naiveCall(
        expression,
        expression.arguments.map((one) => value(one, scope)),
        expression.arguments.map((one) => numberType(one, scope)),
      );
    default:
      throw new Error(`The reference does not know ${expression.kind}`);
  }
}

type NumberType = "integer" | "double" | "number";

function numberType(expression: EqlExpression, scope: Scope): NumberType {
  switch (expression.kind) {
    case "group":
      return numberType(expression.inner, scope);
    case "sign":
      return numberType(expression.operand, scope);
    case "number":
      return expression.type === "double" ? "double" : "integer";
    case "field": {
      const type = isMapped(expression, scope) ? scope.options.types.get(expression.name)?.type : undefined;
      return type === "long" ? "integer" : type === "double" ? "double" : "number";
    }
    case "arithmetic":
      return expression.operands.map((operand) => numberType(operand, scope)).reduce(resultType);
    case "call":
      return /^(?:length|indexOf)$/i.test(expression.name) ? "integer" : "number";
    default:
      return "number";
  }
}

function resultType(left: NumberType, right: NumberType): NumberType {
  if (left === "double" || right === "double") return "double";
  return left === "integer" && right === "integer" ? "integer" : "number";
}

function numberOrNull(value: NaiveValue): number | null {
  return value === null || typeof value === "boolean" ? null : nullIfNaN(naiveNumber(value));
}

function calculate(operator: string, left: NaiveValue, right: NaiveValue, isDouble: boolean): number | null {
  const [one, other] = [numberOrNull(left), numberOrNull(right)];
  if (one === null || other === null) return null;
  const isWhole = !isDouble && Number.isInteger(one) && Number.isInteger(other);
  if (operator === "+") return one + other;
  if (operator === "-") return one - other;
  if (operator === "*") return one * other;
  if (other === 0) return null;
  if (operator === "/") return isWhole ? Math.trunc(one / other) : one / other;
  return one % other;
}

function comparison(expression: EqlExpression & { readonly kind: "comparison" }, scope: Scope): NaiveValue {
  const { operator } = expression;
  if (operator === "!=") return not(truth(comparison({ ...expression, operator: "==" }, scope)));
  const [left, right] = [value(expression.left, scope), value(expression.right, scope)];
  if (operator === "==") {
    if (constantOf(expression.right, scope) === null) return left === null;
    if (constantOf(expression.left, scope) === null) return right === null;
  }
  if (left === null || right === null) return null;
  const [one, other] = comparable(left, right);
  if (one === undefined || other === undefined) return false;
  if (operator === "==") return one === other;
  if (operator === "<") return one < other;
  if (operator === "<=") return one <= other;
  return operator === ">" ? one > other : one >= other;
}

type Pair = readonly [string | number, string | number] | readonly [undefined, undefined];

function comparable(left: string | number | boolean, right: string | number | boolean): Pair {
  if (typeof left === "string" && typeof right === "string") return [left, right];
  if (typeof left !== "boolean" && typeof right !== "boolean") {
    const [one, other] = [naiveNumber(left), naiveNumber(right)];
    return Number.isNaN(one) || Number.isNaN(other) ? [undefined, undefined] : [one, other];
  }
  if (typeof left === "number" || typeof right === "number") return [undefined, undefined];
  const [one, other] = [truth(left), truth(right)];
  return one === null || other === null ? [undefined, undefined] : [Number(one), Number(other)];
}

function membership(expression: EqlExpression & { readonly kind: "in" | "match" }, scope: Scope): NaiveValue {
  const operand = value(expression.operand, scope);
  const { right, operator } = expression;
  const items = right.kind === "list" ? right.items : [right];
  const isField =
    withoutGroups(expression.operand).kind === "field" && dependsOnDocument(expression.operand, scope);
  const found = items.map((item): boolean | null => {
    const wanted = value(item, scope);
    if (operand === null || wanted === null) return null;
    if (operator !== "in") {
      if (typeof wanted === "string" && (typeof operand === "string" || operator !== "in~")) {
        return matches(operator, String(operand), wanted, isField);
      }
    }
    const [one, other] = comparable(operand, wanted);
    return one !== undefined && one === other;
  });
  const any = found.reduce(or, operand === null ? null : false);
  return expression.kind === "in" && expression.notSpan !== undefined ? not(any) : any;
}

function matches(operator: string, text: string, pattern: string, isField: boolean): boolean {
  const isSensitive = operator === "like";
  const fold = (some: string): string =>
    isSensitive ? some : [...some].map((letter) => foldLetter(letter, isField)).join("");
  if (operator === "in~") return fold(text) === fold(pattern);
  const source = [...fold(pattern)].map((one) =>
    one === "*" ? ".*" : one === "?" ? "." : `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return new RegExp(`^${source.join("")}$`, "su").test(fold(text));
}

export function foldLetter(letter: string, isAscii: boolean): string {
  if (isAscii) return /[A-Z]/.test(letter) ? letter.toLowerCase() : letter;
  const lower = letter.toLowerCase();
  return lower.length === letter.length ? lower.replace("ς", "σ") : letter;
}

function not(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

function and(left: boolean | null, right: boolean | null): boolean | null {
  return left === false || right === false ? false : left === null || right === null ? null : true;
}

function or(left: boolean | null, right: boolean | null): boolean | null {
  return not(and(not(left), not(right)));
}
