import { type IToken } from "chevrotain";
import { spanOf } from "../../text/span.ts";
import { tokenSpan } from "../chevrotain.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import { type EqlBody, type EqlExpression, type EqlPipe, type EqlQuery } from "./ast.ts";
import { type BuildContext, excerpt, read, reportMissing } from "./buildContext.ts";
import { buildEvent } from "./buildEvent.ts";
import { buildExpression } from "./buildExpression.ts";
import { buildItems, nameOf } from "./buildPrimary.ts";
import { buildSeries } from "./buildSeries.ts";
import {
  type ConditionCstNode,
  type PipeCstNode,
  type StatementCstNode,
  type StrayCstNode,
} from "./cst.generated.ts";
import * as t from "./tokens.ts";

/** The tree of a whole query. Only the files named `build…` and `chain.ts` read Chevrotain's concrete tree. */
export function buildQuery(context: BuildContext, { children }: StatementCstNode): EqlQuery {
  const series = children.series?.[0];
  const body: EqlBody =
    series === undefined ? buildEvent(context, children.event?.[0], "query") : buildSeries(context, series);
  const rest = inOrder([...(children.pipe ?? []), ...(children.stray ?? [])]);
  const pipes: EqlPipe[] = [];
  for (const node of rest) {
    if (node.name === "pipe") pipes.push(buildPipe(context, node));
    else reportStray(context, node.children.Stray);
  }
  return { kind: "query", span: spanOf(0, context.text.length), body, pipes };
}

/** The tree of a condition without category and `where`. */
export function buildCondition(context: BuildContext, { children }: ConditionCstNode): EqlExpression {
  const [expression] = children.expression;
  const hole: EqlExpression = { kind: "hole", span: spanOf(0, 0) };
  const condition = expression === undefined ? hole : buildExpression(context, expression, "conditions");
  if (condition.kind === "hole") reportMissing(context, condition.span.start, "Expected a condition");
  const [rest] = inOrder([...(children.pipe ?? []), ...(children.stray ?? [])]);
  if (rest !== undefined)
    reportStray(context, rest.name === "pipe" ? rest.children.Pipe : rest.children.Stray);
  return condition;
}

function inOrder(nodes: readonly (PipeCstNode | StrayCstNode)[]): readonly (PipeCstNode | StrayCstNode)[] {
  return nodes.toSorted((a, b) => startOf(a) - startOf(b));
}

function startOf(node: PipeCstNode | StrayCstNode): number {
  const token = node.name === "pipe" ? node.children.Pipe[0] : node.children.Stray[0];
  return token?.startOffset ?? 0;
}

function buildPipe(context: BuildContext, { children }: PipeCstNode): EqlPipe {
  const [bar] = children.Pipe;
  const barSpan = bar === undefined ? spanOf(context.reached, context.reached) : read(context, bar);
  const name = children.Name?.[0];
  const nameSpan = name === undefined ? undefined : read(context, name);
  if (nameSpan === undefined)
    reportMissing(context, barSpan.end, "Expected a pipe after |: `head` or `tail`");
  const items = buildItems(context, children.expression, children.Comma ?? [], "values");
  const isEmpty = items.length === 1 && items[0]?.kind === "hole";
  return {
    kind: "pipe",
    span: spanOf(barSpan.start, context.reached),
    barSpan,
    name: name === undefined ? undefined : nameOf(name),
    nameSpan,
    arguments: isEmpty ? [] : items,
  };
}

/** Text after the end of the query: one mistake, however long it is. */
function reportStray(context: BuildContext, tokens: readonly IToken[]): void {
  const [first] = tokens;
  for (const token of tokens) read(context, token);
  if (first === undefined) return;
  const span = tokenSpan(first);
  const isClause = [t.By, t.With, t.Until, t.Maxspan].includes(first.tokenType);
  const isBracket = first.tokenType === t.LBracket || first.tokenType === t.MissingOpen;
  if (isBracket)
    context.errors.reportGap(span, span, "Events in brackets stand only after `sequence` or `sample`");
  else if (isClause)
    context.errors.reportGap(span, span, `\`${first.image}\` stands only in a sequence or sample`);
  else {
    const fix = asGuess(replaceWith(span, "", "Remove it"));
    context.errors.reportGap(span, span, `\`${excerpt(first.image)}\` does not belong here`, [fix]);
  }
}
