import { type IToken } from "chevrotain";
import { cover, type Span, spanOf } from "../../text/span.ts";
import { tokenSpan } from "../chevrotain.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import {
  type EqlExpression,
  type EqlField,
  type EqlFieldPart,
  type EqlNumber,
  type EqlString,
} from "./ast.ts";
import { type BuildContext, holeHere, read, reportMissing, reportUnclosed } from "./buildContext.ts";
import { buildExpression } from "./buildExpression.ts";
import { buildStep } from "./buildSeries.ts";
import { type Joins } from "./chain.ts";
import {
  type ExpressionCstNode,
  type FieldCstNode,
  type FieldTailCstNode,
  type PrimaryCstNode,
} from "./cst.generated.ts";
import { quotesOf } from "./quotes.ts";
import { decodeQuotedName, decodeString } from "./strings.ts";
import * as t from "./tokens.ts";

const LONGEST_INTEGER = 2_147_483_647;
const LONGEST_LONG = 9_223_372_036_854_775_807n;

export function buildPrimary(context: BuildContext, node: PrimaryCstNode): EqlExpression {
  const { children } = node;
  const relation = children.Identifier?.[0];
  if (relation !== undefined) return relationship(context, node, relation);
  const open = children.LParen?.[0];
  const name = children.Name?.[0];
  if (name !== undefined && open !== undefined) return call(context, node, name, open);
  if (open !== undefined) return group(context, node, open);
  const field = children.field?.[0];
  if (field !== undefined) return buildField(context, field);
  return literal(context, node);
}

function literal(context: BuildContext, { children }: PrimaryCstNode): EqlExpression {
  const text = children.Text?.[0];
  if (text !== undefined) return buildString(context, text);
  const number = children.NumberLiteral?.[0];
  if (number !== undefined) return buildNumber(context, number);
  const word = children.True?.[0] ?? children.False?.[0];
  if (word !== undefined)
    return { kind: "boolean", span: read(context, word), value: word.tokenType === t.True };
  const nothing = children.Null?.[0];
  return nothing === undefined ? holeHere(context) : { kind: "null", span: read(context, nothing) };
}

export function buildString(context: BuildContext, token: IToken): EqlString {
  const span = read(context, token);
  const { form, bodySpan } = quotesOf(token);
  const { value, problem } = decodeString(context.text, bodySpan, form);
  const isClosed = token.tokenType === t.StringLiteral;
  if (problem !== undefined && isClosed) context.errors.report(problem.span, problem.message, problem.fixes);
  return { kind: "string", span, value, form, bodySpan };
}

function buildNumber(context: BuildContext, token: IToken): EqlNumber {
  const span = read(context, token);
  const value = Number(token.image);
  const isDecimal = token.tokenType === t.Decimal;
  const isLong = !isDecimal && value < 1e20 && BigInt(token.image) <= LONGEST_LONG;
  const type = isLong ? (value <= LONGEST_INTEGER ? "integer" : "long") : "double";
  return { kind: "number", span, value, text: token.image, type };
}

function relationship(context: BuildContext, { children }: PrimaryCstNode, relation: IToken): EqlExpression {
  const nameSpan = read(context, relation);
  const of = children.Of?.[0];
  const words = of === undefined ? nameSpan : cover(nameSpan, read(context, of));
  context.errors.report(words, `Process relationships such as \`${relation.image} of\` are not supported`);
  const stepNode = children.step?.[0];
  const step = stepNode === undefined ? undefined : buildStep(context, stepNode);
  context.errors.silence(words);
  const span = step === undefined ? words : cover(words, step.span);
  return { kind: "relationship", span, name: relation.image, step };
}

function call(
  context: BuildContext,
  { children }: PrimaryCstNode,
  nameToken: IToken,
  open: IToken,
): EqlExpression {
  const nameSpan = read(context, nameToken);
  read(context, open);
  const insensitive = nameToken.tokenType === t.TildeIdentifier;
  const name = insensitive ? nameToken.image.slice(0, -1) : nameOf(nameToken);
  if (nameToken.image.startsWith("`")) {
    const fix = asGuess(replaceWith(nameSpan, name, "Remove the backticks"));
    context.errors.report(nameSpan, "The name of a function takes no backticks", [fix]);
  }
  const items = buildItems(context, children.expression ?? [], children.Comma ?? [], "values");
  const isEmpty = items.length === 1 && items[0]?.kind === "hole";
  const closeSpan = close(context, children.RParen?.[0], tokenSpan(nameToken), "call that opens");
  const span = spanOf(nameSpan.start, context.reached);
  return { kind: "call", span, name, nameSpan, insensitive, arguments: isEmpty ? [] : items, closeSpan };
}

/** One expression in parentheses, or the values of a list. */
function group(context: BuildContext, { children }: PrimaryCstNode, open: IToken): EqlExpression {
  const openSpan = read(context, open);
  const expressions = children.expression ?? [];
  const joins = expressions.length > 1 || isOnlyLiterals(expressions) ? "values" : "conditions";
  const items = buildItems(context, expressions, children.Comma ?? [], joins);
  const [inner = holeHere(context)] = items;
  const holeEnd = context.reached;
  if (items.length === 1 && inner.kind === "hole")
    reportMissing(context, holeEnd, "Expected a value between ( and )");
  const what = items.length > 1 ? "list that opens" : "parenthesis that opens";
  const closeSpan = close(context, children.RParen?.[0], openSpan, what);
  const span = spanOf(openSpan.start, context.reached);
  return items.length > 1
    ? { kind: "list", span, items, closeSpan }
    : { kind: "group", span, inner, closeSpan };
}

/** `("a" "b")` lacks a comma, not an `and`. */
function isOnlyLiterals(expressions: readonly ExpressionCstNode[]): boolean {
  const operands = expressions.flatMap(({ children }) => [
    ...(children.operand ?? []),
    ...(children.link ?? []).flatMap((link) => link.children.operand ?? []),
  ]);
  return operands.every(({ children }) => {
    const primary = children.primary?.[0]?.children;
    return primary?.Text !== undefined || primary?.NumberLiteral !== undefined;
  });
}

function close(
  context: BuildContext,
  closer: IToken | undefined,
  open: Span,
  what: string,
): Span | undefined {
  if (closer !== undefined) return read(context, closer);
  reportUnclosed(context, ")", open, what);
  return undefined;
}

/** Expressions between commas. A single empty one stands for none, and is left to the caller. */
export function buildItems(
  context: BuildContext,
  expressions: readonly ExpressionCstNode[],
  commas: readonly IToken[],
  joins: Joins,
): readonly EqlExpression[] {
  return expressions.map((expression, i) => {
    const comma = commas[i - 1];
    if (comma !== undefined) read(context, comma);
    const item = buildExpression(context, expression, joins);
    const nearest = comma ?? commas[i];
    if (item.kind === "hole" && nearest !== undefined) {
      const span = tokenSpan(nearest);
      const message = `Expected a ${joins === "keys" ? "field" : "value"} ${comma === undefined ? "before" : "after"} this comma`;
      const gap = spanOf(item.span.start, commas[i]?.startOffset ?? item.span.start);
      context.errors.reportGap(gap, span, message, [replaceWith(span, "", "Remove the comma")]);
    }
    return item;
  });
}

function buildField(context: BuildContext, { children }: FieldCstNode): EqlField {
  const question = children.Question?.[0];
  const optionalSpan = question === undefined ? undefined : read(context, question);
  const first = children.Name?.[0];
  const parts: EqlFieldPart[] = [];
  if (first !== undefined) parts.push(fieldPart(context, first));
  else reportMissing(context, context.reached, "Expected a field name after ?");
  let incomplete = first === undefined;
  const start = first?.startOffset ?? context.reached;
  for (const tail of children.fieldTail ?? []) incomplete = !fieldTail(context, tail, parts) || incomplete;
  const nameSpan = spanOf(start, context.reached);
  const span = optionalSpan === undefined ? nameSpan : cover(optionalSpan, nameSpan);
  const name = parts.map(({ text }) => text).join(".");
  return { kind: "field", span, name, nameSpan, parts, optionalSpan, incomplete };
}

/** Whether the name goes on after the dot. */
function fieldTail(context: BuildContext, { children }: FieldTailCstNode, parts: EqlFieldPart[]): boolean {
  const dot = children.Dot?.[0];
  const open = children.IndexOpen?.[0];
  if (open !== undefined) {
    const openSpan = read(context, open);
    const [inner] = children.expression ?? [];
    if (inner !== undefined) buildExpression(context, inner, "values");
    const closer = children.RBracket?.[0];
    if (closer !== undefined) read(context, closer);
    context.errors.report(spanOf(openSpan.start, context.reached), "Array indexes are not supported");
    context.errors.silence(spanOf(openSpan.start, context.reached));
    return true;
  }
  if (dot !== undefined) read(context, dot);
  const name = children.Name?.[0];
  if (name === undefined) {
    reportMissing(context, context.reached, "Expected a name after the dot");
    return false;
  }
  parts.push(fieldPart(context, name));
  return true;
}

function fieldPart(context: BuildContext, token: IToken): EqlFieldPart {
  const span = read(context, token);
  const text = nameOf(token);
  if (text === "" && token.tokenType === t.QuotedIdentifier) {
    context.errors.report(span, "Expected a field name between the backticks");
    context.errors.silence(span);
  }
  return { text, span, quoted: token.image.startsWith("`") };
}

export function nameOf(token: IToken): string {
  return token.image.startsWith("`") ? decodeQuotedName(token.image) : token.image;
}
