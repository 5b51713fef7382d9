/** A query's tree as Kibana has it, as plain data: value lists are expanded, and parentheses are gone. */
import { unreachable } from "../../base/unreachable.ts";
import {
  type KqlCondition,
  type KqlHole,
  type KqlLiteral,
  type KqlQuery,
  type KqlRangeOperator,
  type KqlValue,
} from "./ast.ts";

/** A field of null is free text. Values are text; `null` is the literal. */
export type KibanaTree =
  | readonly ["and" | "or", ...KibanaTree[]]
  | readonly ["not", KibanaTree]
  | readonly ["is", string | null, string | null]
  | readonly ["is", string | null, string | null, "quoted"]
  | readonly ["wildcard", string | null, string]
  | readonly ["exists", string]
  | readonly ["range", string | null, "gt" | "gte" | "lt" | "lte", string | null]
  | readonly ["nested", string | null, KibanaTree];

/** Undefined for a query with errors. */
export function kibanaTree({ condition }: KqlQuery): KibanaTree | undefined {
  return condition === undefined ? ["exists", "*"] : conditionTree(condition);
}

/** The literal that names a field; null means no field, as the field `null` does. */
export function fieldName({ type, text }: KqlLiteral): string | null {
  return type === "null" ? null : text;
}

export const RANGE_NAMES: Readonly<Record<KqlRangeOperator, "gt" | "gte" | "lt" | "lte">> = {
  ">": "gt",
  ">=": "gte",
  "<": "lt",
  "<=": "lte",
};

function conditionTree(condition: KqlCondition): KibanaTree | undefined {
  switch (condition.kind) {
    case "and":
    case "or":
      return joined(condition.kind, condition.operands.map(conditionTree));
    case "not":
      return negated(conditionTree(condition.operand));
    case "group":
      return conditionTree(condition.inner);
    case "text":
      return leaf(null, condition.value);
    case "is": {
      const field = fieldOf(condition.field);
      return field === undefined ? undefined : valueTree(field, condition.value);
    }
    case "range": {
      const field = fieldOf(condition.field);
      const { value, operator } = condition;
      if (field === undefined || value.kind !== "literal") return undefined;
      return ["range", field, RANGE_NAMES[operator], value.type === "null" ? null : value.text];
    }
    case "nested": {
      const field = fieldOf(condition.field);
      const inner = conditionTree(condition.inner);
      return field === undefined || inner === undefined ? undefined : ["nested", field, inner];
    }
    case "invalid":
    case "hole":
      return undefined;
    default:
      return unreachable(condition);
  }
}

function valueTree(field: string | null, value: KqlValue): KibanaTree | undefined {
  switch (value.kind) {
    case "and":
    case "or":
      return joined(
        value.kind,
        value.operands.map((operand) => valueTree(field, operand)),
      );
    case "not":
      return negated(valueTree(field, value.operand));
    case "group":
      return valueTree(field, value.inner);
    case "literal":
      return leaf(field, value);
    case "invalid":
    case "hole":
      return undefined;
    default:
      return unreachable(value);
  }
}

function leaf(field: string | null, value: KqlLiteral): KibanaTree {
  if (field !== null && isOnlyStars(value)) return ["exists", field];
  if (value.type === "wildcard") return ["wildcard", field, value.text];
  const text = value.type === "null" ? null : value.text;
  return value.form === "quoted" ? ["is", field, text, "quoted"] : ["is", field, text];
}

/** Any number of wildcards is written as one. */
function isOnlyStars({ type, pieces }: KqlLiteral): boolean {
  return type === "wildcard" && pieces.every((piece) => piece.trim() === "");
}

function fieldOf(field: KqlLiteral | KqlHole): string | null | undefined {
  return field.kind === "hole" ? undefined : fieldName(field);
}

function joined(kind: "and" | "or", operands: readonly (KibanaTree | undefined)[]): KibanaTree | undefined {
  const known = operands.filter((operand) => operand !== undefined);
  return known.length === operands.length ? [kind, ...known] : undefined;
}

function negated(tree: KibanaTree | undefined): KibanaTree | undefined {
  return tree === undefined ? undefined : ["not", tree];
}
