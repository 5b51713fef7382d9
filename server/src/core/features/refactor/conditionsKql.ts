/** The conditions of a KQL query. */
import {
  encodeQuoted,
  isLoneStar,
  type KqlCondition,
  type KqlValue,
  parseKql,
} from "../../query/kql/index.ts";
import { spanOf, textAt } from "../../text/span.ts";
import { type Condition, type ConditionView, type ListedValue, type ValueTest } from "./conditions.ts";

export function kqlConditions(text: string): ConditionView {
  const { condition } = parseKql(text).ast;
  return {
    text,
    roots: condition === undefined ? [] : [conditionOf(text, condition)],
    comments: [],
    isSeries: false,
    separator: " or ",
    writeTest: ({ field }, values) => {
      const texts = values.map((value) => value.text);
      return texts.length === 1 ? `${field}:${texts.join("")}` : `${field}:(${texts.join(" or ")})`;
    },
    writeEquality: (field, value) => `${field}:${encodeQuoted(value)}`,
  };
}

function conditionOf(text: string, condition: KqlCondition): Condition {
  const { kind, span } = condition;
  switch (kind) {
    case "and":
    case "or":
      return { kind, span, operands: condition.operands.map((one) => conditionOf(text, one)) };
    case "not":
      return { kind, span, operand: conditionOf(text, condition.operand) };
    case "group":
      return { kind, span, inner: conditionOf(text, condition.inner) };
    default:
      return { kind: "leaf", span, test: valueTest(text, condition) };
  }
}

function valueTest(text: string, condition: KqlCondition): ValueTest | undefined {
  if (condition.kind !== "is" || condition.field.kind !== "literal") return undefined;
  const { field, value } = condition;
  const values = listedValues(text, value);
  if (values === undefined || values.length === 0) return undefined;
  const written = textAt(text, field.span);
  const list = value.kind === "group" ? value.span : undefined;
  return { field: written, operator: ":", key: written, isNegated: false, values, list };
}

/** Undefined where a value is more than text, such as `f:(a and b)` or `f:*`, which asks whether there is a value. */
function listedValues(text: string, value: KqlValue): readonly ListedValue[] | undefined {
  switch (value.kind) {
    case "group":
      return listedValues(text, value.inner);
    case "or": {
      const parts = value.operands.map((one) => listedValues(text, one));
      const found = parts.filter((one) => one !== undefined);
      return found.length < parts.length ? undefined : found.flat();
    }
    case "literal": {
      if (value.type === "null" || isLoneStar(value)) return undefined;
      const written = textAt(text, value.span).trimEnd();
      const span = spanOf(value.span.start, value.span.start + written.length);
      const meaning = JSON.stringify([value.form === "quoted", value.type, value.pieces]);
      return [{ text: written, span, meaning, sortKey: value.text.toLowerCase(), isListOnly: false }];
    }
    case "and":
    case "not":
    case "invalid":
    case "hole":
      return undefined;
  }
}
