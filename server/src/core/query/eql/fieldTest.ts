/** Leaves of a condition that ask one field for one of several values, and how two of them relate. */
import { lazy } from "../../base/lazy.ts";
import { type Span } from "../../text/span.ts";
import { type EqlComparisonOperator, type EqlExpression, type EqlField } from "./ast.ts";
import { valuesOf } from "./canonical.ts";
import { withoutGroups } from "./children.ts";
import { type Constant, constantOf } from "./constants.ts";
import { covers, type Glob, globOf, isAscii, overlaps, smallLetters } from "./glob.ts";

/** True of an event if one of the field's values is in one of the sets. */
export interface FieldTest {
  readonly field: EqlField;
  readonly span: Span;
  readonly sets: readonly ValueSet[];
}

/** Values of a field: `any` are all that there can be, `range` are the numbers between two bounds. */
export type ValueSet = { readonly span: Span } & (
  | { readonly kind: "any" }
  | TextSet
  | { readonly kind: "equal"; readonly value: number | boolean }
  | { readonly kind: "range"; readonly low: number; readonly high: number; readonly isOpen: boolean }
);

interface TextSet {
  readonly kind: "text";
  /** The text as EQL reads it. */
  readonly text: string;
  readonly hasWildcards: boolean;
  /** The text in small letters. */
  readonly lowered: () => string;
  /** Its longest part without wildcards, in small letters: what it cannot match is often seen by that. */
  readonly core: () => string;
  /** At least, and at most, what the text stands for: the two differ where letters beyond ASCII are folded. */
  readonly least: () => Glob;
  readonly most: () => Glob;
}

/** A test as it stands in the query: `f != "x"` is the test of `f == "x"`, turned around. */
export interface SignedTest {
  readonly test: FieldTest;
  readonly isPositive: boolean;
}

/** Undefined for whatever asks more, or otherwise. */
export function signedTestOf(expression: EqlExpression): SignedTest | undefined {
  switch (expression.kind) {
    case "field": {
      const sets: ValueSet[] = [{ kind: "equal", value: true, span: expression.span }];
      return expression.incomplete ? undefined : signed(expression, expression, sets, true);
    }
    case "comparison": {
      const { left, right, operator } = expression;
      const mirrored = comparisonTest(expression, right, left, MIRRORED[operator]);
      return comparisonTest(expression, left, right, operator) ?? mirrored;
    }
    case "in": {
      const letterCase = expression.operator === "in" ? EXACT : FOLDED;
      const sets = expression.right.kind === "list" ? setsOf(expression.right.items, letterCase) : undefined;
      return sets && signed(expression, expression.operand, sets, expression.notSpan === undefined);
    }
    case "match": {
      const { operator, notSpan, operand } = expression;
      if (operator === "regex" || operator === "regex~" || notSpan !== undefined) return undefined;
      const sets = setsOf(valuesOf(expression.right), operator === "like" ? EXACT_GLOB : FOLDED_GLOB);
      const isText = sets?.every(({ kind }) => kind === "text") === true;
      return isText ? signed(expression, operand, sets, true) : undefined;
    }
    default:
      return undefined;
  }
}

function signed(
  { span }: EqlExpression,
  operand: EqlExpression,
  sets: readonly ValueSet[],
  isPositive: boolean,
): SignedTest | undefined {
  const field = withoutGroups(operand);
  if (field.kind !== "field" || field.incomplete || sets.length === 0) return undefined;
  return { test: { field, span, sets }, isPositive };
}

const MIRRORED: Readonly<Record<EqlComparisonOperator, EqlComparisonOperator>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

function comparisonTest(
  whole: EqlExpression,
  operand: EqlExpression,
  value: EqlExpression,
  operator: EqlComparisonOperator,
): SignedTest | undefined {
  const constant = constantOf(value);
  if (constant === undefined) return undefined;
  const { span } = value;
  if (operator === "==" || operator === "!=") {
    if (constant.value === null) return signed(whole, operand, [{ kind: "any", span }], operator === "!=");
    const set = setOf(constant, span, EXACT);
    return set && signed(whole, operand, [set], operator === "==");
  }
  if (typeof constant.value !== "number") return undefined;
  const isOpen = operator === "<" || operator === ">";
  const isUpper = operator === "<" || operator === "<=";
  const low = isUpper ? -Infinity : constant.value;
  const high = isUpper ? constant.value : Infinity;
  return signed(whole, operand, [{ kind: "range", low, high, isOpen, span }], true);
}

type Reading = { readonly wildcards: boolean; readonly folds: boolean };
const EXACT: Reading = { wildcards: false, folds: false };
const FOLDED: Reading = { wildcards: false, folds: true };
const EXACT_GLOB: Reading = { wildcards: true, folds: false };
const FOLDED_GLOB: Reading = { wildcards: true, folds: true };

function setsOf(items: readonly EqlExpression[], reading: Reading): readonly ValueSet[] | undefined {
  const sets: ValueSet[] = [];
  for (const item of items) {
    const constant = constantOf(item);
    const set = constant && setOf(constant, item.span, reading);
    if (set === undefined) return undefined;
    sets.push(set);
  }
  return sets;
}

function setOf({ value }: Constant, span: Span, { wildcards, folds }: Reading): ValueSet | undefined {
  if (value === null) return undefined;
  if (typeof value !== "string") return { kind: "equal", value, span };
  const hasWildcards = wildcards && /[*?]/.test(value);
  const lowered = lazy(() => smallLetters(value));
  const core = lazy(() => (hasWildcards ? longestOf(lowered().split(/[*?]/)) : lowered()));
  const least = lazy(() => globOf(value, { wildcards, letterCase: folds ? "ascii" : "exact" }));
  const most = lazy(() => globOf(value, { wildcards, letterCase: folds ? "unicode" : "exact" }));
  return { kind: "text", text: value, hasWildcards, lowered, core, span, least, most };
}

function longestOf(parts: readonly string[]): string {
  return parts.reduce((most, part) => (most.length < part.length ? part : most), "");
}

/** True if every value in `specific` is certainly in `general`. */
export function includes(general: ValueSet, specific: ValueSet): boolean {
  if (general.kind === "any") return true;
  if (general.kind === "text") {
    if (specific.kind === "text") return textIncludes(general, specific);
    return (
      specific.kind === "any" &&
      general.text !== "" &&
      /^\*+$/.test(general.text) &&
      general.least().hasWildcards
    );
  }
  if (general.kind === "equal") return specific.kind === "equal" && specific.value === general.value;
  const { low, high, isOpen } = general;
  if (specific.kind === "equal")
    return typeof specific.value === "number" && isWithin(specific.value, general);
  if (specific.kind !== "range") return false;
  const reaches = (inner: number, outer: number): boolean =>
    inner !== outer || !isOpen || specific.isOpen || !Number.isFinite(inner);
  return (
    low <= specific.low && specific.high <= high && reaches(specific.low, low) && reaches(specific.high, high)
  );
}

/** Most pairs are told apart by a part that one has and the other has not, before either is looked at closely. */
function textIncludes(general: TextSet, specific: TextSet): boolean {
  if (!general.hasWildcards && (specific.hasWildcards || general.lowered() !== specific.lowered()))
    return false;
  return specific.lowered().includes(general.core()) && covers(general.least(), specific.most());
}

/** True if no value can be in both. */
export function excludes(first: ValueSet, second: ValueSet): boolean {
  if (first.kind === "text" && second.kind === "text") return textExcludes(first, second);
  if (first.kind === "equal" && second.kind === "equal") {
    return typeof first.value === typeof second.value && first.value !== second.value;
  }
  if (first.kind === "equal" && second.kind === "range") return excludes(second, first);
  if (first.kind !== "range") return false;
  if (second.kind === "equal") return typeof second.value === "number" && !isWithin(second.value, first);
  if (second.kind !== "range") return false;
  const [low, high] = [Math.max(first.low, second.low), Math.min(first.high, second.high)];
  return high < low || (high === low && (first.isOpen || second.isOpen));
}

function textExcludes(first: TextSet, second: TextSet): boolean {
  const isPlain = !first.hasWildcards && !second.hasWildcards && isAscii(first.text) && isAscii(second.text);
  if (isPlain && first.lowered() !== second.lowered()) return true;
  return !overlaps(first.most(), second.most());
}

function isWithin(value: number, range: ValueSet & { kind: "range" }): boolean {
  if (range.isOpen) return range.low < value && value < range.high;
  return range.low <= value && value <= range.high;
}
