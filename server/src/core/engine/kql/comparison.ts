/** `field:value` and `field > value` as clauses. */
import { unreachable } from "../../base/unreachable.ts";
import {
  isLoneStar,
  type KqlFreeText,
  type KqlIs,
  type KqlLiteral,
  type KqlRange,
  type KqlValue,
  nullField,
} from "../../query/kql/index.ts";
import { type FieldTarget, targetsOf } from "../../query/kql/fieldTargets.ts";
import { type Span } from "../../text/span.ts";
import { type JsonObject } from "../event.ts";
import { type Clause } from "../explain.ts";
import { type CompileContext, refuse } from "./context.ts";
import { compileExistence } from "./existence.ts";
import { type Leaf, readerOf, someValue } from "./fields.ts";
import { compileFreeText } from "./freeText.ts";
import { manyTest } from "./manyValues.ts";
import { type KqlOptions, type ValueTest } from "./plan.ts";
import { rangeTest } from "./rangeTests.ts";
import { foundReason, type Subject, valueReason } from "./reasons.ts";
import { unmappedLeaves } from "./unmapped.ts";
import { equalityTest, wildcardTest } from "./valueTests.ts";

/** What stands before the operator. */
interface Compared {
  readonly field: KqlLiteral;
  readonly targets: readonly FieldTarget[];
}

type TestFor = (type: string | undefined) => ValueTest | undefined;

export function compileIs(context: CompileContext, { field, value, span }: KqlIs): Clause {
  if (field.kind === "hole") return incomplete(context, span);
  const targets = targetsOf(context.options.types, field, context.path);
  return { ...compileValue(context, { field, targets }, value), span };
}

/** A text without a field; in the braces of a nested field Kibana asks the field `null` in them for it. */
export function compileText(context: CompileContext, { value, span }: KqlFreeText): Clause {
  const field = nullField(span);
  const targets = targetsOf(context.options.types, field, context.path);
  return oneOf(context, { field, targets }, [value], span);
}

export function compileRange(context: CompileContext, { field, operator, value, span }: KqlRange): Clause {
  if (field.kind === "hole" || value.kind !== "literal") return incomplete(context, span);
  const { types, now } = context.options;
  const targets = targetsOf(types, field, context.path);
  const testFor: TestFor = (type) => rangeTest(type, operator, value, now);
  return leaf(context, { field, targets }, span, testFor, [value]);
}

function incomplete(context: CompileContext, span: Span): Clause {
  refuse(context, "a query that is incomplete", span);
  return { kind: "any", span, children: [] };
}

function compileValue(context: CompileContext, compared: Compared, value: KqlValue): Clause {
  const { span } = value;
  switch (value.kind) {
    case "and":
    case "or": {
      const literals = value.kind === "or" ? plainLiterals(value.operands) : undefined;
      if (literals !== undefined) return oneOf(context, compared, literals, span);
      const children = value.operands.map((operand) => compileValue(context, compared, operand));
      return { kind: value.kind === "and" ? "all" : "any", span, children };
    }
    case "not":
      return { kind: "not", span, child: compileValue(context, compared, value.operand) };
    case "group":
      return compileValue(context, compared, value.inner);
    case "literal":
      return oneOf(context, compared, [value], span);
    case "invalid":
    case "hole":
      return incomplete(context, span);
    default:
      return unreachable(value);
  }
}

/** The values of a list that are one test together; undefined if some are more than values. */
function plainLiterals(values: readonly KqlValue[]): readonly KqlLiteral[] | undefined {
  const literals = values.filter((value) => value.kind === "literal");
  return literals.length === values.length && !literals.some(isLoneStar) ? literals : undefined;
}

function oneOf(
  context: CompileContext,
  compared: Compared,
  literals: readonly KqlLiteral[],
  span: Span,
): Clause {
  const { options, path } = context;
  const { field } = compared;
  const [only] = literals;
  // The field `null` is none: its value is free text. In braces the path stands before it, and it is one.
  if (field.type === "null" && path === undefined) return freeText(options, literals, span);
  if (only !== undefined && isLoneStar(only)) {
    if (isLoneStar(field)) return { kind: "all", span, children: [] };
    return compileExistence(context, field, compared.targets, span);
  }
  const testFor: TestFor = (type) =>
    manyTest(type, literals, (literal) =>
      literal.type === "wildcard" ? wildcardTest(type, literal) : equalityTest(type, literal, options.now),
    );
  return leaf(context, compared, span, testFor, literals);
}

function freeText(options: KqlOptions, literals: readonly KqlLiteral[], span: Span): Clause {
  const leaves = literals.map((literal): Clause => {
    const search = compileFreeText(options, literal);
    return {
      kind: "leaf",
      span,
      truthOf: (document) => search(document) !== undefined,
      reasonOf: foundReason(search),
    };
  });
  const [only] = leaves;
  return only !== undefined && leaves.length === 1 ? only : { kind: "any", span, children: leaves };
}

function leaf(
  context: CompileContext,
  { field, targets }: Compared,
  span: Span,
  testFor: TestFor,
  literals: readonly KqlLiteral[],
): Clause {
  const { types } = context.options;
  const subjects = targets.flatMap((target) => subjectOf(context, target, testFor, span) ?? []);
  const holders = subjects
    .filter(({ note }) => note === undefined)
    .map(({ read, test }) => someValue(read, test));
  const [only] = holders;
  const inMapped =
    only !== undefined && holders.length === 1
      ? only
      : (document: JsonObject) => holders.some((holds) => holds(document));
  const unmapped =
    field.type === "wildcard" && !types.isComplete ? unmappedLeaves(context, field, targets) : undefined;
  // A mapping that does not list its names may know the types of these all the same.
  const tests = new Map<string | undefined, ValueTest | undefined>();
  const holdsLeaf = ({ name, value }: Leaf): boolean => {
    const type = types.get(name)?.type;
    if (!tests.has(type)) tests.set(type, testFor(type));
    return tests.get(type)?.(value) === true;
  };
  const truthOf =
    unmapped === undefined
      ? inMapped
      : (document: JsonObject) => inMapped(document) || unmapped(document).some(holdsLeaf);
  return { kind: "leaf", span, truthOf, reasonOf: valueReason(subjects, literals, truthOf) };
}

/** Undefined, and refused, if fields of the type cannot be asked. */
function subjectOf(
  context: CompileContext,
  target: FieldTarget,
  testFor: TestFor,
  span: Span,
): Subject | undefined {
  const { types } = context.options;
  const { name, type } = target;
  // Of a mapping that names every field, what is missing never matches.
  if (type === undefined && types.isComplete)
    return { name, read: () => null, test: () => false, note: "no field of the mapping" };
  const test = testFor(type === undefined && name === TIMESTAMP ? "date" : type);
  if (test !== undefined) return { name, read: readerOf(types, target, context.path), test, note: undefined };
  refuse(context, `the field \`${name}\` of the type ${type ?? ""}`, span);
  return undefined;
}

/** Of events it is a date, whether a mapping is at hand or not. */
const TIMESTAMP = "@timestamp";
