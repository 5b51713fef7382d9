import { type IToken, type TokenType } from "chevrotain";
import { type Span, spanOf } from "../../text/span.ts";
import { isA, tokenSpan } from "../chevrotain.ts";
import { type EqlExpression } from "./ast.ts";
import { type BuildContext, excerpt, holeHere, read } from "./buildContext.ts";
import {
  type ExpressionCstNode,
  type LinkCstNode,
  type OperandCstNode,
  type PrimaryCstNode,
} from "./cst.generated.ts";
import * as t from "./tokens.ts";

/** An expression as it is written: operands, with a link between each and the next. */
export interface Chain {
  readonly context: BuildContext;
  readonly operands: readonly Operand[];
  /** `links[i]` stands between `operands[i]` and `operands[i + 1]`. */
  readonly links: readonly Link[];
  readonly joins: Joins;
}

export interface Operand {
  /** The `not`s and signs before it. */
  readonly prefixes: readonly IToken[];
  readonly primary: EqlExpression;
  readonly start: number;
}

/** From the loosest to the tightest; `missing` is an operator that the author left out. */
export type Rank = "or" | "and" | "missing" | "comparison" | "sum" | "product" | "predicate";

export interface Link {
  readonly rank: Rank;
  readonly operator: string;
  readonly span: Span;
  /** A `not` before the operator. */
  readonly notSpan: Span | undefined;
}

/** What the operands of an expression are, so that a missing link between them can be named. */
export type Joins = "conditions" | "values" | "keys";

const PREDICATES: readonly TokenType[] = [
  t.In,
  t.InTilde,
  t.Colon,
  t.Like,
  t.LikeTilde,
  t.Regex,
  t.RegexTilde,
];

/** Reads the operands with `primaryOf`, from left to right. */
export function chainOf(
  context: BuildContext,
  node: ExpressionCstNode,
  joins: Joins,
  primaryOf: (node: PrimaryCstNode) => EqlExpression,
): Chain {
  const operands: Operand[] = [operandOf(context, node.children.operand?.[0], primaryOf)];
  const links: Link[] = [];
  for (const linkNode of node.children.link ?? []) {
    links.push(linkOf(context, linkNode));
    operands.push(operandOf(context, linkNode.children.operand?.[0], primaryOf));
  }
  return { context, operands, links, joins };
}

function operandOf(
  context: BuildContext,
  node: OperandCstNode | undefined,
  primaryOf: (node: PrimaryCstNode) => EqlExpression,
): Operand {
  const prefixes = node?.children.Prefix ?? [];
  for (const prefix of prefixes) read(context, prefix);
  const primaryNode = node?.children.primary?.[0];
  const primary = primaryNode === undefined ? holeHere(context) : primaryOf(primaryNode);
  return { prefixes, primary, start: prefixes[0]?.startOffset ?? primary.span.start };
}

function linkOf(context: BuildContext, node: LinkCstNode): Link {
  const { Not: nots, Negatable: negatable, Infix: infix, Misplaced: misplaced } = node.children;
  const notSpan = nots?.[0] === undefined ? undefined : read(context, nots[0]);
  const operator = negatable?.[0] ?? infix?.[0];
  if (operator !== undefined) {
    const span = read(context, operator);
    return { rank: rankOf(operator), operator: t.labelOf(operator.tokenType), span, notSpan };
  }
  const wrong = misplaced?.[0];
  const here = spanOf(context.reached, context.reached);
  if (wrong !== undefined) reportMisplaced(context, wrong);
  return { rank: "missing", operator: "", span: here, notSpan };
}

function reportMisplaced(context: BuildContext, token: IToken): void {
  const span = tokenSpan(token);
  const message =
    token.tokenType === t.Dot
      ? "Expected a field name before this ."
      : `\`${excerpt(token.image)}\` does not belong here`;
  context.errors.reportGap(span, span, message);
  read(context, token);
}

function rankOf(operator: IToken): Rank {
  const type = operator.tokenType;
  if (type === t.Or) return "or";
  if (type === t.And) return "and";
  if (isA(operator, t.Comparison)) return "comparison";
  if (PREDICATES.includes(type)) return "predicate";
  return type === t.Plus || type === t.Minus ? "sum" : "product";
}
