import { unreachable } from "../../base/unreachable.ts";
import { type EqualityRef, type FieldRef, type QueryFacts } from "../facts.ts";
import { type KqlCondition, type KqlHole, type KqlLiteral, type KqlQuery, type KqlValue } from "./ast.ts";

interface Found {
  readonly fields: FieldRef[];
  readonly equalities: EqualityRef[];
}

/**
 * Fields in the order of the text, those inside `path:{ … }` by their whole names. A pattern such as `process.*` names
 * no field, and `path` before braces is no field that has values.
 */
export function factsOf({ condition, span }: KqlQuery): QueryFacts {
  const found: Found = { fields: [], equalities: [] };
  if (condition !== undefined) addCondition(found, condition, "");
  return { ...found, calls: [], parts: [{ span, ...found }] };
}

/** The name under which documents have the field; undefined for patterns, holes and the field `null`. */
export function wholeName(field: KqlLiteral | KqlHole, prefix: string): string | undefined {
  if (field.kind === "hole" || field.type === "wildcard" || field.type === "null") return undefined;
  return `${prefix}${field.text}`;
}

function addCondition(found: Found, condition: KqlCondition, prefix: string): void {
  switch (condition.kind) {
    case "and":
    case "or":
      for (const operand of condition.operands) addCondition(found, operand, prefix);
      return;
    case "not":
      return addCondition(found, condition.operand, prefix);
    case "group":
      return addCondition(found, condition.inner, prefix);
    case "nested": {
      const path = wholeName(condition.field, prefix);
      return addCondition(found, condition.inner, path === undefined ? "" : `${path}.`);
    }
    case "is":
    case "range": {
      const name = wholeName(condition.field, prefix);
      if (name !== undefined) found.fields.push({ name, span: condition.field.span, optional: false });
      if (condition.kind === "is" || condition.value.kind === "invalid")
        addValue(found, condition.value, name, prefix);
      return;
    }
    case "invalid":
      for (const part of condition.parts) addPart(found, part, undefined, prefix);
      return;
    case "text":
    case "hole":
      return;
    default:
      return unreachable(condition);
  }
}

function addValue(found: Found, value: KqlValue, field: string | undefined, prefix: string): void {
  switch (value.kind) {
    case "and":
    case "or":
      for (const operand of value.operands) addValue(found, operand, field, prefix);
      return;
    case "not":
      return addValue(found, value.operand, field, prefix);
    case "group":
      return addValue(found, value.inner, field, prefix);
    case "literal":
      if (field !== undefined && value.type === "string")
        found.equalities.push({ field, value: value.text, span: value.span });
      return;
    case "invalid":
      for (const part of value.parts) addPart(found, part, field, prefix);
      return;
    case "hole":
      return;
    default:
      return unreachable(value);
  }
}

/** What cannot stand where it does names fields all the same. */
function addPart(
  found: Found,
  part: KqlCondition | KqlValue,
  field: string | undefined,
  prefix: string,
): void {
  switch (part.kind) {
    case "is":
    case "range":
    case "nested":
    case "text":
      return addCondition(found, part, prefix);
    case "literal":
      return addValue(found, part, field, prefix);
    case "and":
    case "or":
      for (const operand of part.operands) addPart(found, operand, field, prefix);
      return;
    case "not":
      return addPart(found, part.operand, field, prefix);
    case "group":
      return addPart(found, part.inner, field, prefix);
    case "invalid":
      for (const inner of part.parts) addPart(found, inner, field, prefix);
      return;
    case "hole":
      return;
    default:
      return unreachable(part);
  }
}
