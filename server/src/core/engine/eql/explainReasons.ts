/** What an event has where a leaf of a condition asks, in words: "was `powershell.exe`". */
import { lazy } from "../../base/lazy.ts";
import { type EqlExpression, withoutGroups } from "../../query/eql/index.ts";
import { type JsonObject } from "../event.ts";
import { quoted, quotedList } from "../excerpt.ts";
import { type Scalar, type ValueType } from "../value.ts";
import { isSeveral, type ValueTest } from "./compiled.ts";
import { compileContext } from "./context.ts";
import { hasField, subjectOf } from "./explainSubject.ts";
import { compileExpression } from "./expression.ts";
import { fieldReader } from "./fields.ts";
import { type EqlOptions } from "./plan.ts";

export type ReasonReader = (document: JsonObject) => string | undefined;

export function reasonReader(text: string, leaf: EqlExpression, options: EqlOptions): ReasonReader {
  const expression = positive(withoutGroups(leaf));
  const asked = subjectsOf(expression).filter(hasField);
  const [only] = asked;
  if (only === undefined) {
    const isLiteral = expression.kind === "boolean" || expression.kind === "null";
    return () => (isLiteral ? undefined : "the same for every event");
  }
  const isNamed = 1 < asked.length || expression.kind === "call";
  const subjects = asked.map((one) => subjectOf(text, one, options));
  const [subject] = subjects;
  if (subject === undefined || 1 < subjects.length) {
    return (document) => subjects.map((one) => one.sentence(document, isNamed)).join("; ");
  }
  const { test } = compileExpression(compileContext(options), expression);
  if (test === undefined) return (document) => subject.sentence(document, isNamed);
  const words = wordsFor(expression);
  const hint = hintReader(expression, test, options);
  const prefix = isNamed || !subject.isField ? `${subject.name}: ` : "";
  return (document) => {
    const values = test.operand(document);
    if (isSeveral(values)) return `${prefix}${tally(values, test, words, subject.type)}`;
    return `${subject.sentence(document, isNamed)}${hint(document)}`;
  };
}

export function categoryReason(options: EqlOptions): (document: JsonObject) => string {
  const { categoryField } = options;
  const read = fieldReader(options, categoryField, "string");
  return (document) => {
    const values = read(document);
    if (values === null) return `\`${categoryField}\` is absent`;
    return `\`${categoryField}\` was ${isSeveral(values) ? quotedList(values) : quoted(values)}`;
  };
}

/** `a != b` and `a not in b` are told by what they deny. */
function positive(expression: EqlExpression): EqlExpression {
  if (expression.kind === "in") return { ...expression, notSpan: undefined };
  if (expression.kind === "comparison" && expression.operator === "!=") {
    return { ...expression, operator: "==" };
  }
  return expression;
}

/** Of what the values are told. */
function subjectsOf(expression: EqlExpression): readonly EqlExpression[] {
  switch (expression.kind) {
    case "comparison":
      return [expression.left, expression.right];
    case "in":
      return [expression.operand, ...(expression.right.kind === "list" ? expression.right.items : [])];
    case "match":
      return [expression.operand];
    case "call":
      return expression.arguments;
    default:
      return [expression];
  }
}

interface Words {
  readonly none: string;
  readonly one: string;
}

function wordsFor(expression: EqlExpression): Words {
  switch (expression.kind) {
    case "comparison":
      return expression.operator === "=="
        ? { none: "none equal", one: "is equal" }
        : { none: "none fits", one: "fits" };
    case "in":
      return { none: "none in the list", one: "is in the list" };
    case "match":
      return { none: "none matches", one: "matches" };
    default:
      return { none: "none fits", one: "fits" };
  }
}

function tally(values: readonly Scalar[], { accepts }: ValueTest, words: Words, type: ValueType): string {
  const accepted = values.find((value) => value !== null && accepts(value));
  return accepted === undefined
    ? `${values.length} values, ${words.none}: ${quotedList(values, type)}`
    : `${quoted(accepted, type)}, one of ${values.length} values, ${words.one}`;
}

/** What is worth knowing beside the value: which pattern it was, or that only the case of letters is in the way. */
function hintReader(
  expression: EqlExpression,
  test: ValueTest,
  options: EqlOptions,
): (document: JsonObject) => string {
  const patterns = lazy(() => patternTests(expression, options));
  const insensitive = lazy(() => {
    const form = insensitiveForm(expression);
    return form === undefined ? undefined : compileExpression(compileContext(options), form).test;
  });
  return (document) => {
    if (!isAccepted(test, document)) {
      return isAccepted(insensitive(), document) ? ", where only the case differs" : "";
    }
    const pattern = patterns().find((one) => isAccepted(one.test, document));
    return pattern === undefined ? "" : `, which matches ${quoted(pattern.text)}`;
  };
}

function isAccepted(test: ValueTest | undefined, document: JsonObject): boolean {
  const values = test?.operand(document) ?? null;
  return test !== undefined && values !== null && !isSeveral(values) && test.accepts(values);
}

interface PatternTest {
  readonly text: Scalar;
  readonly test: ValueTest | undefined;
}

/** None unless there are several patterns to choose from. */
function patternTests(expression: EqlExpression, options: EqlOptions): readonly PatternTest[] {
  if (expression.kind !== "match" || expression.right.kind !== "list") return [];
  const { items } = expression.right;
  if (items.length < 2) return [];
  return items.map((item) => ({
    text: item.kind === "string" ? item.value : null,
    test: compileExpression(compileContext(options), { ...expression, right: item }).test,
  }));
}

function insensitiveForm(expression: EqlExpression): EqlExpression | undefined {
  switch (expression.kind) {
    case "comparison": {
      const { left, right, operator, span, operatorSpan } = expression;
      if (operator !== "==") return undefined;
      const [operand, constant] = right.kind === "string" ? [left, right] : [right, left];
      if (constant.kind !== "string") return undefined;
      const list: EqlExpression = { kind: "list", span, items: [constant], closeSpan: undefined };
      return { kind: "in", span, operand, notSpan: undefined, operator: "in~", operatorSpan, right: list };
    }
    case "in":
      return { ...expression, operator: "in~" };
    case "match":
      return expression.operator === "like"
        ? { ...expression, operator: "like~" }
        : expression.operator === "regex"
          ? { ...expression, operator: "regex~" }
          : undefined;
    case "call":
      return { ...expression, insensitive: true };
    default:
      return undefined;
  }
}
