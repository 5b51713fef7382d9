/** The conditions of an EQL query. */
import { canonicalValue } from "../../query/eql/canonical.ts";
import {
  encodeString,
  type EqlExpression,
  type EqlField,
  type EqlQuery,
  parseEql,
} from "../../query/eql/index.ts";
import { type Span, textAt } from "../../text/span.ts";
import { type Condition, type ConditionView, type ListedValue, type ValueTest } from "./conditions.ts";

export function eqlConditions(text: string): ConditionView {
  const { ast, tokens } = parseEql(text);
  return {
    text,
    roots: rootsOf(ast).map((condition) => conditionOf(text, condition)),
    comments: tokens.filter(({ kind }) => kind === "comment").map(({ span }) => span),
    isSeries: ast.body.kind !== "event",
    separator: ", ",
    writeTest: ({ field, operator }, values) => {
      const [only] = values;
      const single = SINGLE.get(operator) ?? operator;
      return values.length === 1 && only?.isListOnly === false
        ? `${field} ${single} ${only.text}`
        : `${field} ${operator} (${values.map((value) => value.text).join(", ")})`;
    },
    writeEquality: (field, value) =>
      // A colon would take these for wildcards.
      /[*?]/.test(value) ? `${field} == ${encodeString(value)}` : `${field} : ${encodeString(value)}`,
  };
}

/** The operator for one value where it is another than that for a list. */
const SINGLE: ReadonlyMap<string, string> = new Map([
  ["in", "=="],
  ["in~", ":"],
]);

function rootsOf({ body }: EqlQuery): readonly EqlExpression[] {
  if (body.kind === "event") return [body.condition];
  const until = body.kind === "sample" ? undefined : body.until?.step;
  return [...body.steps, ...(until === undefined ? [] : [until])].map(({ event }) => event.condition);
}

function conditionOf(text: string, expression: EqlExpression): Condition {
  const { kind, span } = expression;
  switch (kind) {
    case "and":
    case "or":
      return { kind, span, operands: expression.operands.map((one) => conditionOf(text, one)) };
    case "not":
      return { kind, span, operand: conditionOf(text, expression.operand) };
    case "group":
      return { kind, span, inner: conditionOf(text, expression.inner) };
    default:
      return { kind: "leaf", span, test: valueTest(text, expression) };
  }
}

function valueTest(text: string, expression: EqlExpression): ValueTest | undefined {
  switch (expression.kind) {
    case "comparison": {
      const { left, right, operator } = expression;
      if (left.kind !== "field" || (operator !== "==" && operator !== "!=")) return undefined;
      return test(text, left, "in", [right], undefined, operator === "!=" ? "none" : "some");
    }
    case "in":
    case "match": {
      const { operand, right, operator, notSpan } = expression;
      // A match has no `not` in the language.
      if (operand.kind !== "field" || (expression.kind === "match" && notSpan !== undefined))
        return undefined;
      const items = right.kind === "list" ? right.items : [right];
      const list = right.kind === "list" ? right.span : undefined;
      return test(text, operand, operator, items, list, notSpan === undefined ? "some" : "none");
    }
    default:
      return undefined;
  }
}

function test(
  text: string,
  field: EqlField,
  operator: string,
  items: readonly EqlExpression[],
  list: Span | undefined,
  wanted: "some" | "none",
): ValueTest | undefined {
  const values = items.flatMap((item) => listedValue(text, operator, item) ?? []);
  const kinds = new Set(items.map(({ kind }) => kind));
  if (field.incomplete || values.length !== items.length || kinds.size !== 1) return undefined;
  const written = textAt(text, field.span);
  const key = [written, operator, ...kinds].join("\0");
  return { field: written, operator, key, isNegated: wanted === "none", values, list };
}

/** Nulls are left out: a list with one in it asks another question than a comparison with it. */
function listedValue(text: string, operator: string, item: EqlExpression): ListedValue | undefined {
  const { span } = item;
  const ignoresCase = operator === ":" || operator === "in~" || operator === "like~";
  const common = { text: textAt(text, span), span, meaning: canonicalValue(item, ignoresCase) };
  if (item.kind === "string") {
    const sortKey = item.value.toLowerCase();
    return { ...common, sortKey, isListOnly: operator === "in~" && /[*?]/.test(item.value) };
  }
  return item.kind === "number" ? { ...common, sortKey: item.value, isListOnly: false } : undefined;
}
