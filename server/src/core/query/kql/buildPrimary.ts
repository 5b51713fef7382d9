/** One operand of a chain: a comparison, free text, a value or something in brackets. */
import { type IToken } from "chevrotain";
import { type Edit, type Fix } from "../../text/edit.ts";
import { type Span, spanOf, textAt } from "../../text/span.ts";
import { asGuess, insertAt } from "../fixes.ts";
import {
  type KqlCondition,
  type KqlHole,
  type KqlIs,
  type KqlLiteral,
  type KqlNested,
  type KqlRange,
  type KqlRangeOperator,
  type KqlValue,
} from "./ast.ts";
import { buildConditions, buildValues } from "./build.ts";
import {
  type BuildContext,
  holeHere,
  read,
  readLiteral,
  reportMissing,
  reportUnclosed,
} from "./buildContext.ts";
import {
  type BracketsCstNode,
  type ComparisonCstNode,
  type ExpressionCstNode,
  type OperandCstNode,
  type PrimaryCstNode,
} from "./cst.generated.ts";
import * as t from "./tokens.ts";

/** `>6`, where a field should stand before the operator. */
export function lacksField({ children }: OperandCstNode): boolean {
  const primary = children.primary?.[0]?.children;
  return children.Not === undefined && primary?.Literal === undefined && primary?.comparison !== undefined;
}

export function buildCondition(
  context: BuildContext,
  { children }: PrimaryCstNode,
  isNegated: boolean,
): KqlCondition {
  const brackets = children.brackets?.[0];
  if (brackets !== undefined) return buildGroup(context, brackets);
  const [literal] = children.Literal ?? [];
  const [first, second] = children.comparison ?? [];
  const field = literal === undefined ? holeHere(context) : readLiteral(context, literal);
  if (first === undefined) {
    return field.kind === "literal" ? { kind: "text", span: field.span, value: field } : field;
  }
  if (field.kind === "hole") reportMissingField(context, first);
  const comparison = buildComparison(context, field, first, isNegated);
  if (second === undefined) return comparison;
  reportChained(context, second);
  const others = (children.comparison ?? []).slice(1);
  const parts = [comparison, ...others.map((one) => buildComparison(context, holeHere(context), one, false))];
  return { kind: "invalid", span: spanOf(comparison.span.start, context.reached), parts };
}

export function buildValue(context: BuildContext, primary: PrimaryCstNode): KqlValue {
  const { children } = primary;
  const brackets = children.brackets?.[0];
  if (brackets?.children.LParen !== undefined) return buildListGroup(context, brackets);
  const [literal] = children.Literal ?? [];
  if (literal !== undefined && children.comparison === undefined) return readLiteral(context, literal);
  const token = literal ?? children.comparison?.[0]?.children.Operator[0] ?? brackets?.children.LBrace?.[0];
  const { errors, reached } = context;
  if (token !== undefined) {
    const span = spanOf(token.startOffset, token.startOffset + token.image.length);
    const what = literal === undefined ? token.image : "A field";
    const message = `${what} cannot stand among the values of another field: is a ) missing before it?`;
    errors.reportGap(span, span, message);
    context.isListBroken = true;
  }
  const part = buildCondition(context, primary, false);
  return {
    kind: "invalid",
    span: spanOf(Math.min(part.span.start, reached), context.reached),
    parts: [part],
  };
}

function reportMissingField(context: BuildContext, { children }: ComparisonCstNode): void {
  const [operator] = children.Operator;
  if (operator === undefined) return;
  const start = operator.startOffset;
  const span = spanOf(start, start + operator.image.length);
  const { errors, lastField, text } = context;
  const name = lastField === undefined ? "" : text.slice(lastField.span.start, lastField.span.end);
  const blank = operator.tokenType === t.Colon ? "" : " ";
  const fix = asGuess(insertAt(start, `${name}${blank}`, `Insert \`${name}\``));
  const gap = spanOf(context.reached, start);
  errors.reportGap(gap, span, `Expected a field before ${operator.image}`, name === "" ? [] : [fix]);
}

function reportChained(context: BuildContext, { children }: ComparisonCstNode): void {
  const [operator] = children.Operator;
  if (operator === undefined) return;
  const span = spanOf(operator.startOffset, operator.startOffset + operator.image.length);
  const isRange = operator.tokenType === t.Range;
  const message = isRange
    ? "A comparison has one limit: two are joined by `and`"
    : "Only one : stands in a condition: is there an `and` missing?";
  context.errors.reportGap(span, span, message);
}

function buildComparison(
  context: BuildContext,
  field: KqlLiteral | KqlHole,
  { children }: ComparisonCstNode,
  isNegated: boolean,
): KqlCondition {
  const [operator] = children.Operator;
  const { start } = field.span;
  if (operator === undefined)
    return field.kind === "hole" ? field : { kind: "text", span: field.span, value: field };
  if (field.kind === "literal") context.lastField = field;
  const operatorSpan = read(context, operator);
  const nots = (children.Not ?? []).map((token) => read(context, token));
  reportLateNot(context, field, nots, isNegated, children);
  const brackets = children.brackets?.[0];
  const node = { field, operator, operatorSpan, start };
  const comparison =
    operator.tokenType === t.Range
      ? buildRange(context, node, children.Literal?.[0], brackets)
      : brackets?.children.LBrace === undefined
        ? buildIs(context, node, children.Literal?.[0], brackets)
        : buildNested(context, node, brackets);
  const { span } = comparison;
  return nots.length % 2 === 0
    ? comparison
    : { kind: "not", span, operatorSpan: spanOf(span.start, span.start), operand: comparison };
}

/** `a:not b`, which means `not a:b`. */
function reportLateNot(
  { errors, text }: BuildContext,
  field: KqlLiteral | KqlHole,
  nots: readonly Span[],
  isNegated: boolean,
  { Literal: literals, brackets }: ComparisonCstNode["children"],
): void {
  const [first] = nots;
  const last = nots.at(-1);
  if (first === undefined || last === undefined) return;
  const valueStart = literals?.[0]?.startOffset ?? brackets?.[0]?.children.LParen?.[0]?.startOffset;
  const { start } = field.span;
  const isKept = nots.length % 2 === 1;
  const edits: readonly Edit[] = [
    ...(isKept ? [{ span: spanOf(start, start), text: "not " }] : []),
    { span: spanOf(first.start, valueStart ?? last.end), text: "" },
  ];
  const title = isKept ? "Move `not` before the field" : "Remove them";
  const isFixable = !isNegated && valueStart !== undefined && field.kind === "literal";
  const fixes: readonly Fix[] = isFixable ? [{ title, safety: "safe", edits }] : [];
  errors.report(first, `\`${textAt(text, first)}\` stands before the field, not before the value`, fixes);
  errors.silence(spanOf(first.start, last.end));
}

interface Compared {
  readonly field: KqlLiteral | KqlHole;
  readonly operator: IToken;
  readonly operatorSpan: Span;
  readonly start: number;
}

function buildIs(
  context: BuildContext,
  { field, operatorSpan, start }: Compared,
  literal: IToken | undefined,
  brackets: BracketsCstNode | undefined,
): KqlIs {
  const value = valueOf(context, literal, brackets);
  if (value.kind === "hole") reportMissing(context, context.reached, "Expected a value after :");
  return { kind: "is", span: spanOf(start, context.reached), field, operatorSpan, value };
}

function valueOf(
  context: BuildContext,
  literal: IToken | undefined,
  brackets: BracketsCstNode | undefined,
): KqlValue {
  if (literal !== undefined) return readLiteral(context, literal);
  return brackets === undefined ? holeHere(context) : buildListGroup(context, brackets);
}

function buildRange(
  context: BuildContext,
  { field, operator, operatorSpan, start }: Compared,
  literal: IToken | undefined,
  brackets: BracketsCstNode | undefined,
): KqlRange {
  const sign = operator.image as KqlRangeOperator; // The images of the token type Range.
  const [open] = brackets?.children.LParen ?? brackets?.children.LBrace ?? [];
  if (open !== undefined) {
    const span = spanOf(open.startOffset, open.startOffset + 1);
    context.errors.reportGap(span, span, `After ${sign} stands one value, not several`);
  }
  const value = valueOf(context, literal, brackets);
  if (value.kind === "hole") reportMissing(context, context.reached, `Expected a value after ${sign}`);
  const { reached } = context;
  const common = {
    kind: "range",
    span: spanOf(start, reached),
    field,
    operator: sign,
    operatorSpan,
  } as const;
  if (value.kind === "literal" || value.kind === "hole") return { ...common, value };
  return { ...common, value: { kind: "invalid", span: value.span, parts: [value] } };
}

function buildNested(
  context: BuildContext,
  { field, operatorSpan, start }: Compared,
  { children }: BracketsCstNode,
): KqlNested {
  const openSpan = openOf(context, children.LBrace?.[0]);
  const inner = buildInner(context, children.expression?.[0], "{ and }");
  const closeSpan = closeOf(context, children.RBrace?.[0], "}", openSpan);
  const span = spanOf(start, context.reached);
  return { kind: "nested", span, field, operatorSpan, inner, openSpan, closeSpan };
}

/** Parentheses around conditions; braces without a field before them are reported. */
function buildGroup(context: BuildContext, { children }: BracketsCstNode): KqlCondition {
  const [brace] = children.LBrace ?? [];
  const openSpan = openOf(context, brace ?? children.LParen?.[0]);
  if (brace !== undefined) context.errors.reportGap(openSpan, openSpan, "Expected a field and : before {");
  const signs = brace === undefined ? "( and )" : "{ and }";
  const inner = buildInner(context, children.expression?.[0], signs);
  const closer = brace === undefined ? ")" : "}";
  const closeSpan = closeOf(context, (children.RBrace ?? children.RParen)?.[0], closer, openSpan);
  return { kind: "group", span: spanOf(openSpan.start, context.reached), inner, closeSpan };
}

function buildInner(
  context: BuildContext,
  expression: ExpressionCstNode | undefined,
  signs: string,
): KqlCondition {
  const inner = expression === undefined ? holeHere(context) : buildConditions(context, expression);
  if (inner.kind === "hole") reportMissing(context, context.reached, `Expected a condition between ${signs}`);
  return inner;
}

/** Parentheses around values. */
function buildListGroup(context: BuildContext, { children }: BracketsCstNode): KqlValue {
  const openSpan = openOf(context, (children.LParen ?? children.LBrace)?.[0]);
  const expression = children.expression?.[0];
  const wasBroken = context.isListBroken;
  context.isListBroken = false;
  const inner = expression === undefined ? holeHere(context) : buildValues(context, expression);
  if (inner.kind === "hole") reportMissing(context, context.reached, "Expected a value between ( and )");
  const closing = (children.RParen ?? children.RBrace)?.[0];
  const isTold = closing === undefined && context.isListBroken;
  const closeSpan = isTold ? undefined : closeOf(context, closing, ")", openSpan);
  context.isListBroken ||= wasBroken;
  return { kind: "group", span: spanOf(openSpan.start, context.reached), inner, closeSpan };
}

function openOf(context: BuildContext, token: IToken | undefined): Span {
  return token === undefined ? spanOf(context.reached, context.reached) : read(context, token);
}

function closeOf(
  context: BuildContext,
  token: IToken | undefined,
  closer: ")" | "}",
  openSpan: Span,
): Span | undefined {
  if (token !== undefined) return read(context, token);
  reportUnclosed(context, closer, openSpan);
  return undefined;
}
