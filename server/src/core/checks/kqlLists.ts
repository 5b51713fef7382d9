/** Where a KQL query can be written with fewer comparisons, by the rules that Elastic's tool rewrites queries by. */
import { unreachable } from "../base/unreachable.ts";
import {
  type KqlCondition,
  type KqlIs,
  type KqlLogic,
  type KqlNot,
  type KqlQuery,
  type KqlValue,
  withoutGroups,
} from "../query/kql/index.ts";
import { type Edit } from "../text/edit.ts";
import { type Span, spanOf, textAt } from "../text/span.ts";

export interface Shortening {
  readonly span: Span;
  /** One sentence without a full stop. */
  readonly message: string;
  readonly title: string;
  /** Undefined where it is not plain what comes out. */
  readonly edits: readonly Edit[] | undefined;
}

/** Outer ones before those inside. */
export function shortenings(text: string, { condition }: KqlQuery): Iterable<Shortening> {
  return condition === undefined ? [] : inCondition(text, condition);
}

function* inCondition(text: string, condition: KqlCondition): Generator<Shortening> {
  switch (condition.kind) {
    case "and":
    case "or":
      yield* needlessParentheses(condition.kind, condition.operands);
      yield* repeatedFields(text, condition);
      for (const operand of condition.operands) yield* inCondition(text, operand);
      return;
    case "not": {
      const inner = withoutGroups(condition.operand);
      yield* doubleNegation(text, condition.span, inner);
      if (inner.kind === "is") yield* inComparison(text, { comparison: inner, not: condition.span });
      else yield* inCondition(text, condition.operand);
      return;
    }
    case "group":
    case "nested":
      yield* inCondition(text, condition.inner);
      return;
    case "is":
      yield* inComparison(text, { comparison: condition, not: undefined });
      return;
    case "range":
    case "text":
    case "invalid":
    case "hole":
      return;
    default:
      return unreachable(condition);
  }
}

/** A comparison with the `not` right before it. */
interface Place {
  readonly comparison: KqlIs;
  /** From the `not` to the end of the comparison. */
  readonly not: Span | undefined;
}

function* inComparison(text: string, place: Place): Generator<Shortening> {
  yield* negatedValue(text, place);
  yield* inValue(text, place, place.comparison.value);
}

/** `not f:x`; without the `not` if another one stands before it. */
function negation(text: string, { comparison, not }: Place, values: string): Edit {
  const plain = `${textAt(text, comparison.field.span)}:${values}`;
  return not === undefined ? { span: comparison.span, text: `not ${plain}` } : { span: not, text: plain };
}

function* inValue(text: string, place: Place, value: KqlValue): Generator<Shortening> {
  switch (value.kind) {
    case "and":
    case "or":
      yield* needlessParentheses(value.kind, value.operands);
      yield* negatedValues(text, place, value);
      for (const operand of value.operands) yield* inValue(text, place, operand);
      return;
    case "not":
      yield* doubleNegation(text, value.span, withoutGroups(value.operand));
      yield* inValue(text, place, value.operand);
      return;
    case "group":
      yield* inValue(text, place, value.inner);
      return;
    case "literal":
    case "invalid":
    case "hole":
      return;
    default:
      return unreachable(value);
  }
}

function* doubleNegation(text: string, span: Span, inner: KqlCondition | KqlValue): Generator<Shortening> {
  if (inner.kind !== "not") return;
  yield {
    span,
    message: "Two `not` cancel each other out",
    title: "Remove both",
    edits: [{ span, text: textAt(text, inner.operand.span) }],
  };
}

/** `f:(not a)`. */
function* negatedValue(text: string, place: Place): Generator<Shortening> {
  const { field, value } = place.comparison;
  const inner = withoutGroups(value);
  if (inner.kind !== "not") return;
  const name = textAt(text, field.span);
  const isDouble = place.not !== undefined;
  yield {
    span: inner.operatorSpan,
    message: isDouble
      ? "Two `not` cancel each other out"
      : `\`not\` stands before the field: \`not ${name}\``,
    title: isDouble ? "Remove both" : `Write not ${name}`,
    edits: [negation(text, place, textAt(text, inner.operand.span))],
  };
}

/** `f:(a and not b and not c)`. */
function* negatedValues(text: string, place: Place, list: KqlLogic<KqlValue>): Generator<Shortening> {
  const negated = list.operands.flatMap((operand) => negatedLiteral(operand) ?? []);
  const [first] = negated;
  if (first === undefined || negated.length < 2) return;
  const dual = list.kind === "and" ? "or" : "and";
  const joined = negated.map(({ operand }) => textAt(text, operand.span)).join(` ${dual} `);
  const isWhole = negated.length === list.operands.length && list === withoutGroups(place.comparison.value);
  const some = list.operands.filter((operand) => negatedLiteral(operand) !== undefined);
  const edits = isWhole
    ? [negation(text, place, `(${joined})`)]
    : merged(list.operands, some, `not (${joined})`);
  yield {
    span: first.operatorSpan,
    message: `Values with \`not\` are put together: \`not (… ${dual} …)\``,
    title: `Write ${shortened(edits[0]?.text ?? "")}`,
    edits,
  };
}

function negatedLiteral(value: KqlValue): KqlNot<KqlValue> | undefined {
  const inner = withoutGroups(value);
  return inner.kind === "not" && withoutGroups(inner.operand).kind === "literal" ? inner : undefined;
}

/** `(a and b) and c`. */
function* needlessParentheses(
  kind: "and" | "or",
  operands: readonly (KqlCondition | KqlValue)[],
): Generator<Shortening> {
  for (const operand of operands) {
    if (operand.kind !== "group" || operand.closeSpan === undefined) continue;
    const inner = innermost(operand);
    if (inner.kind !== kind) continue;
    const edits = [
      { span: spanOf(operand.span.start, inner.span.start), text: "" },
      { span: spanOf(inner.span.end, operand.span.end), text: "" },
    ];
    const message = `Parentheses around \`${kind}\` in another \`${kind}\` have no effect`;
    yield { span: operand.span, message, title: "Remove the parentheses", edits };
  }
}

function innermost(node: KqlCondition | KqlValue): KqlCondition | KqlValue {
  let inner = node;
  while (inner.kind === "group") inner = inner.inner;
  return inner;
}

interface Comparison {
  /** As it stands under the `and` or `or`. */
  readonly operand: KqlCondition;
  readonly is: KqlIs;
  readonly isNegated: boolean;
}

/** `f:a or f:b`. */
function* repeatedFields(text: string, node: KqlLogic<KqlCondition>): Generator<Shortening> {
  const byField = new Map<string, Comparison[]>();
  for (const operand of node.operands) {
    const comparison = comparisonOf(operand);
    if (comparison?.is.field.kind !== "literal") continue;
    const name = comparison.is.field.text;
    const same = byField.get(name);
    if (same === undefined) byField.set(name, [comparison]);
    else same.push(comparison);
  }
  for (const [name, comparisons] of byField) {
    const [, second] = comparisons;
    if (second === undefined) continue;
    const whole = joinedComparison(text, node.kind, comparisons);
    yield {
      span: second.is.field.span,
      message: `\`${name}\` is compared ${comparisons.length === 2 ? "twice" : `${comparisons.length} times`} in one \`${node.kind}\`, where a list of values does`,
      title: `Write ${shortened(whole ?? "")}`,
      edits:
        whole === undefined
          ? undefined
          : merged(
              node.operands,
              comparisons.map(({ operand }) => operand),
              whole,
            ),
    };
  }
}

function comparisonOf(operand: KqlCondition): Comparison | undefined {
  const inner = withoutGroups(operand);
  if (inner.kind === "is") return { operand, is: inner, isNegated: false };
  if (inner.kind !== "not") return undefined;
  const negated = withoutGroups(inner.operand);
  return negated.kind === "is" ? { operand, is: negated, isNegated: true } : undefined;
}

/** Undefined where lists of both kinds are mixed. */
function joinedComparison(
  text: string,
  kind: "and" | "or",
  comparisons: readonly Comparison[],
): string | undefined {
  const [first] = comparisons;
  const dual = kind === "and" ? "or" : "and";
  const positive = comparisons
    .filter(({ isNegated }) => !isNegated)
    .map(({ is }) => valuesIn(text, is.value, kind));
  const negative = comparisons
    .filter(({ isNegated }) => isNegated)
    .map(({ is }) => valuesIn(text, is.value, dual));
  if (first === undefined || negative.some((values) => values === undefined)) return undefined;
  const excluded = negative.flatMap((values) => values ?? []);
  const listed = excluded.length === 1 ? (excluded[0] ?? "") : `(${excluded.join(` ${dual} `)})`;
  const name = textAt(text, first.is.field.span);
  if (positive.length === 0) return `not ${name}:${listed}`;
  const parts = positive.flatMap((values) => values ?? []);
  if (positive.some((values) => values === undefined)) return undefined;
  if (0 < excluded.length) parts.push(`not ${listed}`);
  return `${name}:(${parts.join(` ${kind} `)})`;
}

/** The values of a list of this kind, or the only one; undefined for a list of the other kind, and for one with `not` in it. */
function valuesIn(text: string, value: KqlValue, kind: "and" | "or"): readonly string[] | undefined {
  const inner = withoutGroups(value);
  if (inner.kind === "literal") return [textAt(text, inner.span)];
  if (inner.kind !== kind || inner.operands.some((operand) => withoutGroups(operand).kind !== "literal"))
    return undefined;
  return inner.operands.map((operand) => textAt(text, withoutGroups(operand).span));
}

/** The first of some operands is replaced, and the others go with what joins them to those before. */
function merged(
  operands: readonly { readonly span: Span }[],
  some: readonly { readonly span: Span }[],
  text: string,
): readonly Edit[] {
  const taken = new Set(some);
  const edits: Edit[] = [];
  for (const [i, operand] of operands.entries()) {
    if (!taken.has(operand)) continue;
    const before = operands[i - 1];
    if (edits.length === 0 || before === undefined) edits.push({ span: operand.span, text });
    else edits.push({ span: spanOf(before.span.end, operand.span.end), text: "" });
  }
  return edits;
}

const LONGEST_TITLE = 80;

function shortened(text: string): string {
  return text.length <= LONGEST_TITLE ? text : `${text.slice(0, LONGEST_TITLE - 1)}…`;
}
