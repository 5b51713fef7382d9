import { type IToken } from "chevrotain";
import { type Fix } from "../../text/edit.ts";
import { cover, type Span, spanOf } from "../../text/span.ts";
import { tokenSpan } from "../chevrotain.ts";
import { asGuess, insertAt, replaceWith } from "../fixes.ts";
import { type EqlBody, type EqlStep, type EqlUntil } from "./ast.ts";
import { buildClauses, type Clauses } from "./buildClauses.ts";
import {
  type BuildContext,
  excerpt,
  firstTokenSpan,
  gapAfter,
  read,
  reportMissing,
  reportUnclosed,
} from "./buildContext.ts";
import { buildEvent } from "./buildEvent.ts";
import { type SeriesCstNode, type StepCstNode, type UntilCstNode } from "./cst.generated.ts";
import * as t from "./tokens.ts";

type Part =
  | { readonly kind: "step"; readonly start: number; readonly node: StepCstNode }
  | { readonly kind: "until"; readonly start: number; readonly node: UntilCstNode }
  | { readonly kind: "stray"; readonly start: number; readonly token: IToken };

/** A sequence, sample or join. */
export function buildSeries(context: BuildContext, { children }: SeriesCstNode): EqlBody {
  const keyword = children.Sequence?.[0] ?? children.Sample?.[0] ?? children.Join?.[0];
  const keywordSpan =
    keyword === undefined ? startOfSteps(context, children.step?.[0]) : read(context, keyword);
  const head = buildClauses(context, children.clause ?? [], "head");
  const steps: EqlStep[] = [];
  let until: EqlUntil | undefined;
  let isStray = false;
  for (const part of partsInOrder(children)) {
    if (part.kind === "stray" && !isStray) reportStray(context, part.token);
    if (part.kind === "stray") context.hasStray = true;
    isStray = part.kind === "stray";
    if (part.kind === "stray") read(context, part.token);
    if (part.kind === "step") {
      const step = buildStep(context, part.node);
      if (until !== undefined)
        context.errors.report(until.keywordSpan, "`until` stands after all other events");
      steps.push(step);
    }
    if (part.kind === "until") {
      const next = buildUntil(context, part.node);
      if (until !== undefined) context.errors.report(next.keywordSpan, "Only one `until` can stand here");
      until ??= next;
    }
  }
  const span = spanOf(keywordSpan.start, context.reached);
  return seriesOf(context, { span, keywordSpan, by: head.by, steps }, keyword, head, until);
}

type Common = Pick<EqlBody & { kind: "sample" }, "span" | "keywordSpan" | "by" | "steps">;

function seriesOf(
  context: BuildContext,
  common: Common,
  keyword: IToken | undefined,
  head: Clauses,
  until: EqlUntil | undefined,
): EqlBody {
  if (keyword?.tokenType === t.Join) return { kind: "join", ...common, until };
  if (keyword?.tokenType !== t.Sample) return { kind: "sequence", ...common, maxspan: head.maxspan, until };
  for (const part of [head.maxspan, until]) {
    if (part === undefined) continue;
    const fix = asGuess(replaceWith(part.span, "", "Remove it"));
    context.errors.report(part.keywordSpan, `A sample takes no \`${part.kind}\``, [fix]);
  }
  return { kind: "sample", ...common };
}

/** Events in brackets at the start of a query, without a keyword before them. */
function startOfSteps(context: BuildContext, first: StepCstNode | undefined): Span {
  const offset = first === undefined ? 0 : stepStart(first);
  const fix = asGuess(insertAt(offset, "sequence ", "Insert `sequence`"));
  context.errors.report(spanOf(offset, offset + 1), "Expected `sequence` or `sample` before the events", [
    fix,
  ]);
  return spanOf(offset, offset);
}

function partsInOrder(children: SeriesCstNode["children"]): readonly Part[] {
  const parts: Part[] = [
    ...(children.step ?? []).map((node) => ({ kind: "step" as const, start: stepStart(node), node })),
    ...(children.until ?? []).map((node) => ({
      kind: "until" as const,
      start: node.children.Until[0]?.startOffset ?? 0,
      node,
    })),
    ...(children.Stray ?? []).map((token) => ({ kind: "stray" as const, start: token.startOffset, token })),
  ];
  return parts.sort((a, b) => a.start - b.start);
}

function stepStart({ children }: StepCstNode): number {
  return (children.LBracket ?? children.MissingOpen)?.[0]?.startOffset ?? 0;
}

function reportStray(context: BuildContext, token: IToken): void {
  const span = tokenSpan(token);
  if (token.image === "fork") return context.errors.reportGap(span, span, "`fork` is not supported");
  if (token.tokenType === t.Comma) {
    const fix = replaceWith(span, "", "Remove the comma");
    return context.errors.reportGap(span, span, "Events follow each other without a comma", [fix]);
  }
  return context.errors.reportGap(span, span, `\`${excerpt(token.image)}\` does not belong here`);
}

function buildUntil(context: BuildContext, { children }: UntilCstNode): EqlUntil {
  const [keyword] = children.Until;
  const keywordSpan =
    keyword === undefined ? spanOf(context.reached, context.reached) : read(context, keyword);
  const node = children.step?.[0];
  if (node === undefined)
    reportMissing(context, keywordSpan.end, "Expected an event in brackets after `until`");
  const step = node === undefined ? undefined : buildStep(context, node);
  const span = step === undefined ? keywordSpan : cover(keywordSpan, step.span);
  return { kind: "until", span, keywordSpan, step };
}

export function buildStep(context: BuildContext, { children }: StepCstNode): EqlStep {
  const missingOpen = children.MissingOpen?.[0];
  const open = children.LBracket?.[0] ?? missingOpen;
  const openSpan = open === undefined ? spanOf(context.reached, context.reached) : read(context, open);
  const event = buildEvent(context, children.event[0], "step");
  const closer = children.RBracket?.[0];
  const closeSpan = closer === undefined ? undefined : read(context, closer);
  const eventEnd = context.reached;
  const clauses = children.clause ?? [];
  if (closer === undefined && clauses.length === 0)
    reportUnclosed(context, "]", openSpan, "event that opens");
  const { by, runs } = buildClauses(context, clauses, "step");
  if (closer === undefined && clauses.length > 0) reportClauseInside(context, openSpan, eventEnd);
  const span = spanOf(openSpan.start, context.reached);
  return { kind: "step", span, missing: missingOpen !== undefined, openSpan, closeSpan, event, by, runs };
}

/** `[process where … by host.id]`: what follows the event stands inside its brackets. */
function reportClauseInside(context: BuildContext, openSpan: Span, eventEnd: number): void {
  const { text, reached } = context;
  const closer = /^\s*\]/.exec(text.slice(reached, reached + 200));
  if (closer === null || openSpan.start === openSpan.end) {
    return reportUnclosed({ ...context, reached: eventEnd }, "]", openSpan, "event that opens");
  }
  const closerEnd = reached + closer[0].length;
  const edits = [
    { span: spanOf(eventEnd, eventEnd), text: "]" },
    { span: spanOf(closerEnd - 1, closerEnd), text: "" },
  ];
  const fix: Fix = { title: "Move the ] before it", safety: "safe", edits };
  const span = firstTokenSpan(context, eventEnd);
  const word = text.slice(span.start, span.end);
  return context.errors.reportGap(
    gapAfter(context, eventEnd),
    span,
    `\`${word}\` stands after the ] of its event`,
    [fix],
  );
}
