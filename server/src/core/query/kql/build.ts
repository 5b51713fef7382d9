/** Ranks in the flat chain of the grammar. Only this file and `buildPrimary.ts` read Chevrotain's concrete tree. */
import { type IToken } from "chevrotain";
import { type Span, spanOf } from "../../text/span.ts";
import { asGuess, insertAt, replaceWith } from "../fixes.ts";
import { type KqlCondition, type KqlHole, type KqlLogic, type KqlNot, type KqlValue } from "./ast.ts";
import {
  type BuildContext,
  firstTokenSpan,
  gapAfter,
  holeHere,
  isNotAfter,
  read,
  reportMissing,
} from "./buildContext.ts";
import { buildCondition, buildValue, lacksField } from "./buildPrimary.ts";
import { type ExpressionCstNode, type OperandCstNode, type PrimaryCstNode } from "./cst.generated.ts";
import * as t from "./tokens.ts";

/** The whole may be a hole, which the caller then reports. */
export function buildConditions(context: BuildContext, node: ExpressionCstNode): KqlCondition {
  return buildChain<KqlCondition>(context, node, {
    what: "condition",
    whenMissing: "and",
    build: (primary, isNegated) => buildCondition(context, primary, isNegated),
    wrap: (node) => node,
  });
}

/** What stands in the parentheses after `field:`. */
export function buildValues(context: BuildContext, node: ExpressionCstNode): KqlValue {
  return buildChain<KqlValue>(context, node, {
    what: "value",
    whenMissing: "or",
    build: (primary) => buildValue(context, primary),
    wrap: (node) => node,
  });
}

/** What a chain consists of. */
interface Kind<T> {
  readonly what: "condition" | "value";
  /** How operands are taken to be joined that have nothing between them. */
  readonly whenMissing: "and" | "or";
  readonly build: (primary: PrimaryCstNode, isNegated: boolean) => T;
  readonly wrap: (node: KqlLogic<T> | KqlNot<T> | KqlHole) => T;
}

interface Link {
  readonly kind: "and" | "or";
  readonly span: Span;
}

function buildChain<T extends { readonly span: Span }>(
  context: BuildContext,
  { children }: ExpressionCstNode,
  kind: Kind<T>,
): T {
  const [first] = children.operand ?? [];
  const links = children.link ?? [];
  const [firstConnective] = links[0]?.children.Connective ?? [];
  const operands = [first === undefined ? kind.wrap(holeHere(context)) : buildOperand(context, first, kind)];
  if (first === undefined && firstConnective !== undefined)
    reportBare(context, firstConnective, `Expected a ${kind.what} before`);
  const joints: Link[] = [];
  for (const { children } of links) {
    const [operand] = children.operand ?? [];
    const [connective] = children.Connective ?? [];
    joints.push(
      connective === undefined ? missingLink(context, kind, operand) : readLink(context, connective),
    );
    if (operand === undefined && connective !== undefined)
      reportBare(context, connective, `Expected a ${kind.what} after`);
    operands.push(
      operand === undefined ? kind.wrap(holeHere(context)) : buildOperand(context, operand, kind),
    );
  }
  return ranked(kind, operands, joints);
}

/** An operand is missing beside the connective. */
function reportBare(context: BuildContext, connective: IToken, message: string): void {
  const { image, startOffset: start } = connective;
  const end = start + image.length;
  const fix = asGuess(replaceWith(spanOf(start, end), "", `Remove \`${image}\``));
  const gap = spanOf(context.reached, gapAfter(context, end).end);
  context.errors.reportGap(gap, spanOf(start, end), `${message} \`${image}\``, [fix]);
}

function readLink(context: BuildContext, token: IToken): Link {
  return { kind: token.tokenType === t.Or ? "or" : "and", span: read(context, token) };
}

function missingLink<T>(context: BuildContext, kind: Kind<T>, operand: OperandCstNode | undefined): Link {
  const { reached } = context;
  const link: Link = { kind: kind.whenMissing, span: spanOf(reached, reached) };
  if (operand !== undefined && lacksField(operand)) return link;
  const span = firstTokenSpan(context, reached);
  const [likely, other] = kind.whenMissing === "and" ? ["and", "or"] : ["or", "and"];
  const place = isNotAfter(context, reached) ? "before `not`" : `between these ${kind.what}s`;
  const blank = reached === span.start ? " " : "";
  const fix = asGuess(insertAt(span.start, `${blank}${likely} `, `Insert \`${likely}\``));
  const message = `Expected \`${likely}\` or \`${other}\` ${place}`;
  context.errors.reportGap(gapAfter(context, reached), span, message, [fix]);
  return link;
}

/** `and` binds tighter than `or`. */
function ranked<T extends { readonly span: Span }>(
  kind: Kind<T>,
  operands: readonly T[],
  links: readonly Link[],
): T {
  const alternatives: T[] = [];
  const ors: Span[] = [];
  let from = 0;
  for (const [i, link] of links.entries()) {
    if (link.kind !== "or") continue;
    alternatives.push(joined(kind, "and", operands.slice(from, i + 1), spansOf(links.slice(from, i))));
    ors.push(link.span);
    from = i + 1;
  }
  alternatives.push(joined(kind, "and", operands.slice(from), spansOf(links.slice(from))));
  return joined(kind, "or", alternatives, ors);
}

function spansOf(links: readonly Link[]): readonly Span[] {
  return links.map(({ span }) => span);
}

function joined<T extends { readonly span: Span }>(
  { wrap }: Kind<T>,
  kind: "and" | "or",
  operands: readonly T[],
  operatorSpans: readonly Span[],
): T {
  const [first] = operands;
  if (first === undefined) throw new Error("A chain has at least one operand");
  if (operands.length === 1) return first;
  const span = spanOf(first.span.start, operands.at(-1)?.span.end ?? first.span.end);
  return wrap({ kind, span, operands, operatorSpans });
}

function buildOperand<T extends { readonly span: Span }>(
  context: BuildContext,
  { children }: OperandCstNode,
  kind: Kind<T>,
): T {
  const nots = (children.Not ?? []).map((token) => read(context, token));
  const [primary] = children.primary ?? [];
  const inner = primary === undefined ? kind.wrap(holeHere(context)) : kind.build(primary, nots.length !== 0);
  if (primary === undefined) reportMissing(context, context.reached, `Expected a ${kind.what} after \`not\``);
  const [, second] = nots;
  if (second !== undefined) reportRepeatedNot(context, nots, second, inner.span.start);
  return inTree(nots).reduceRight((operand, operatorSpan) => {
    const span = spanOf(operatorSpan.start, operand.span.end);
    return kind.wrap({ kind: "not", span, operatorSpan, operand });
  }, inner);
}

/** So many `not`s are refused anyway, and whoever walks a tree goes one call deeper for each. */
const MOST_NOTS = 50;

/** The first and the last of them; as many as are left out undo one another. */
function inTree(nots: readonly Span[]): readonly Span[] {
  const leftOut = Math.max(0, nots.length - MOST_NOTS);
  return leftOut === 0 ? nots : [...nots.slice(0, 1), ...nots.slice(1 + leftOut + (leftOut % 2))];
}

/** `not not a` is refused, though `not (not a)` is not. */
function reportRepeatedNot(
  context: BuildContext,
  nots: readonly Span[],
  second: Span,
  operandStart: number,
): void {
  const isOdd = nots.length % 2 === 1;
  const removed = spanOf(isOdd ? second.start : (nots[0]?.start ?? second.start), operandStart);
  const title = isOdd ? "Keep one `not`" : "Remove them";
  context.errors.report(second, "Only one `not` stands before a condition or value", [
    replaceWith(removed, "", title),
  ]);
}
