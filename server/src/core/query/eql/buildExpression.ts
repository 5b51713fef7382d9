import { type IToken } from "chevrotain";
import { cover, type Span, spanOf } from "../../text/span.ts";
import { tokenSpan } from "../chevrotain.ts";
import {
  type EqlArithmeticOperator,
  type EqlComparisonOperator,
  type EqlExpression,
  type EqlMatchOperator,
} from "./ast.ts";
import { type BuildContext, reportMissing, shown } from "./buildContext.ts";
import { buildPrimary } from "./buildPrimary.ts";
import { type Chain, chainOf, type Joins, type Link, type Rank } from "./chain.ts";
import { type ExpressionCstNode } from "./cst.generated.ts";
import * as slips from "./slips.ts";
import * as t from "./tokens.ts";

/** The operands from `from` up to and including `to`, of which the first one has `taken` prefixes less. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly taken: number;
}

/** Gives ranks to the flat chain of the grammar. The whole may be a hole, which the caller then reports. */
export function buildExpression(context: BuildContext, node: ExpressionCstNode, joins: Joins): EqlExpression {
  const chain = chainOf(context, node, joins, (primary) => buildPrimary(context, primary));
  return disjunction(chain, { from: 0, to: chain.operands.length - 1, taken: 0 });
}

function disjunction(chain: Chain, range: Range): EqlExpression {
  return logic(chain, range, "or", conjunction);
}

function conjunction(chain: Chain, range: Range): EqlExpression {
  return logic(chain, range, "and", negation);
}

function logic(
  chain: Chain,
  range: Range,
  kind: "and" | "or",
  inner: (chain: Chain, range: Range) => EqlExpression,
): EqlExpression {
  const cuts = cutsOf(chain, range, kind === "or" ? ["or"] : ["and", "missing"]);
  if (cuts.length === 0) return inner(chain, range);
  const operands = rangesOf(range, cuts).map((part) => inner(chain, part));
  const operators = cuts.map((cut) => linkAt(chain, cut));
  for (const [i, operand] of operands.entries()) {
    if (operand.kind !== "hole") continue;
    const [before, after] = [operators[i - 1], operators[i]];
    if (before?.rank === "missing" || (before === undefined && after?.rank === "missing")) continue;
    if (before !== undefined) slips.reportMissingCondition(chain.context, operand.span.start, before, after);
    else if (after !== undefined)
      missing(chain, operand, `Expected a condition before ${shown(after.operator)}`);
  }
  for (const cut of cuts) if (linkAt(chain, cut).rank === "missing") slips.reportMissingLink(chain, cut);
  return { kind, span: around(operands), operands, operatorSpans: operators.map(({ span }) => span) };
}

function negation(chain: Chain, range: Range): EqlExpression {
  const prefixes = chain.operands[range.from]?.prefixes ?? [];
  const firstSign = prefixes.findIndex((prefix) => prefix.tokenType !== t.Not);
  const count = firstSign < 0 ? prefixes.length : firstSign;
  const inner = comparison(chain, { ...range, taken: count });
  if (count > 0 && inner.kind === "hole") missing(chain, inner, "Expected a condition after `not`");
  return withPrefixes(prefixes.slice(0, count), inner);
}

function comparison(chain: Chain, range: Range): EqlExpression {
  const cuts = cutsOf(chain, range, ["comparison"]);
  const parts = rangesOf(range, cuts).map((part) => sum(chain, part));
  const [left, right] = parts;
  const [cut] = cuts;
  if (left === undefined) throw new Error("An expression has at least one operand");
  if (cut === undefined || right === undefined) {
    const lacksOperator = chain.links[range.from - 1]?.rank === "missing";
    if (left.kind === "list" && !lacksOperator) slips.reportStrayList(chain.context, left);
    return left;
  }
  const link = linkAt(chain, cut);
  reportHoles(chain, parts, cuts);
  if (parts.length > 2) {
    if (parts.every(({ kind }) => kind !== "hole"))
      slips.reportChained(chain.context, linkAt(chain, cuts[1] ?? cut));
    return { kind: "invalid", span: around(parts), parts };
  }
  if (left.kind === "list") slips.reportStrayList(chain.context, left);
  if (right.kind === "list") slips.reportComparedList(chain.context, link, right);
  const operator = link.operator as EqlComparisonOperator; // The labels of the tokens in category Comparison.
  const span = cover(left.span, right.span);
  const compared: EqlExpression = {
    kind: "comparison",
    span,
    operator,
    operatorSpan: link.span,
    left,
    right,
  };
  if (link.notSpan === undefined) return compared;
  slips.reportNotBeforeOperator(chain.context, left, link.notSpan, link);
  return { kind: "not", span, operatorSpan: link.notSpan, operand: compared };
}

function sum(chain: Chain, range: Range): EqlExpression {
  return arithmetic(chain, range, "sum", product);
}

function product(chain: Chain, range: Range): EqlExpression {
  return arithmetic(chain, range, "product", signed);
}

function arithmetic(
  chain: Chain,
  range: Range,
  rank: "sum" | "product",
  inner: (chain: Chain, range: Range) => EqlExpression,
): EqlExpression {
  const cuts = cutsOf(chain, range, [rank]);
  if (cuts.length === 0) return inner(chain, range);
  const operands = rangesOf(range, cuts).map((part) => inner(chain, part));
  reportHoles(chain, operands, cuts);
  for (const operand of operands) if (operand.kind === "list") slips.reportStrayList(chain.context, operand);
  const operators = cuts.map((cut) => {
    const { operator, span } = linkAt(chain, cut);
    return { operator: operator as EqlArithmeticOperator, span }; // The labels of the tokens with these ranks.
  });
  return { kind: "arithmetic", span: around(operands), operands, operators };
}

function signed(chain: Chain, range: Range): EqlExpression {
  const prefixes = (chain.operands[range.from]?.prefixes ?? []).slice(range.taken);
  const inner = predicate(chain, range);
  const last = prefixes.at(-1);
  if (last === undefined) return inner;
  if (inner.kind === "hole")
    missing(chain, inner, `Expected a value after ${shown(t.labelOf(last.tokenType))}`);
  const misplaced = prefixes.find((prefix) => prefix.tokenType === t.Not);
  if (misplaced !== undefined) slips.reportNotInside(chain.context, tokenSpan(misplaced));
  return withPrefixes(prefixes, inner);
}

/** `in`, `:`, `like` and `regex` bind tighter than all else. */
function predicate(chain: Chain, range: Range): EqlExpression {
  const operand = chain.operands[range.from]?.primary;
  if (operand === undefined) throw new Error("A range has at least one operand");
  if (slips.isMistakenForField(chain, range.from)) return { kind: "invalid", span: operand.span, parts: [] };
  const [first, second] = [chain.links[range.from], chain.links[range.from + 1]];
  if (range.from === range.to || first === undefined) return operand;
  if (operand.kind === "hole") missing(chain, operand, `Expected a field before ${shown(first.operator)}`);
  const rights: EqlExpression[] = [];
  for (let i = range.from + 1; i <= range.to; i++) rights.push(rightSide(chain, i));
  const [right, ...others] = rights;
  if (right === undefined) return operand;
  const node = predicateNode(chain.context, operand, first, right);
  if (second === undefined || others.length === 0) return node;
  slips.reportChained(chain.context, second);
  return { kind: "invalid", span: around([node, ...others]), parts: [node, ...others] };
}

function rightSide(chain: Chain, index: number): EqlExpression {
  const link = linkAt(chain, index - 1);
  const operand = chain.operands[index];
  const isList = link.operator === "in" || link.operator === "in~";
  if (operand === undefined || operand.primary.kind === "hole") {
    const hole = operand?.primary ?? { kind: "hole", span: spanOf(link.span.end, link.span.end) };
    missing(
      chain,
      hole,
      `Expected a ${isList ? "list in parentheses" : "value"} after ${shown(link.operator)}`,
    );
    return withPrefixes(operand?.prefixes ?? [], hole);
  }
  const right = withPrefixes(operand.prefixes, operand.primary);
  return isList
    ? slips.listAfterIn(chain.context, link, right)
    : slips.constantsAfter(chain.context, link, right);
}

function predicateNode(
  context: BuildContext,
  operand: EqlExpression,
  link: Link,
  right: EqlExpression,
): EqlExpression {
  const { notSpan, span: operatorSpan, operator } = link;
  const span = cover(operand.span, right.span);
  if (operator === "in" || operator === "in~")
    return { kind: "in", span, operand, notSpan, operator, operatorSpan, right };
  if (notSpan !== undefined) slips.reportNotBeforeOperator(context, operand, notSpan, link);
  const matching = operator as EqlMatchOperator; // The labels of the other predicates.
  return { kind: "match", span, operand, notSpan, operator: matching, operatorSpan, right };
}

function withPrefixes(prefixes: readonly IToken[], operand: EqlExpression): EqlExpression {
  return prefixes.reduceRight<EqlExpression>((inner, prefix) => {
    const operatorSpan = tokenSpan(prefix);
    const span = cover(operatorSpan, inner.span);
    if (prefix.tokenType === t.Not) return { kind: "not", span, operatorSpan, operand: inner };
    return {
      kind: "sign",
      span,
      operator: prefix.tokenType === t.Plus ? "+" : "-",
      operatorSpan,
      operand: inner,
    };
  }, operand);
}

/** Operands of a sum or comparison that are missing. */
function reportHoles(chain: Chain, operands: readonly EqlExpression[], cuts: readonly number[]): void {
  for (const [i, operand] of operands.entries()) {
    if (operand.kind !== "hole") continue;
    const before = cuts[i - 1];
    const after = cuts[i];
    if (before !== undefined)
      missing(chain, operand, `Expected a value after ${linkAt(chain, before).operator}`);
    else if (after !== undefined)
      missing(chain, operand, `Expected a value before ${linkAt(chain, after).operator}`);
  }
}

function missing(chain: Chain, hole: EqlExpression, message: string): void {
  reportMissing(chain.context, hole.span.start, message);
}

/** Indexes of the links of these ranks within the range. */
function cutsOf(chain: Chain, range: Range, ranks: readonly Rank[]): readonly number[] {
  const cuts: number[] = [];
  for (let i = range.from; i < range.to; i++) if (ranks.includes(linkAt(chain, i).rank)) cuts.push(i);
  return cuts;
}

function rangesOf(range: Range, cuts: readonly number[]): readonly Range[] {
  return [...cuts, range.to].map((cut, i) => {
    const before = cuts[i - 1];
    return before === undefined ? { ...range, to: cut } : { from: before + 1, to: cut, taken: 0 };
  });
}

function linkAt(chain: Chain, index: number): Link {
  const link = chain.links[index];
  if (link === undefined) throw new Error("A cut is the index of a link");
  return link;
}

function around(nodes: readonly EqlExpression[]): Span {
  return nodes.reduce((span, node) => cover(span, node.span), nodes[0]?.span ?? spanOf(0, 0));
}
