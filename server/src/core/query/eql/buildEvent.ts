import { type IToken } from "chevrotain";
import { cover, type Span, spanOf } from "../../text/span.ts";
import { tokenSpan } from "../chevrotain.ts";
import { asGuess, insertAt, replaceWith } from "../fixes.ts";
import { type EqlCategory, type EqlEvent, type EqlExpression } from "./ast.ts";
import {
  type BuildContext,
  excerpt,
  firstTokenSpan,
  gapAfter,
  holeHere,
  read,
  reportMissing,
  tokenAfter,
} from "./buildContext.ts";
import { buildExpression } from "./buildExpression.ts";
import { buildString, nameOf } from "./buildPrimary.ts";
import { type CategoryCstNode, type EventCstNode } from "./cst.generated.ts";
import { encodeString } from "./strings.ts";
import * as t from "./tokens.ts";

/** A whole query, or what stands between [ and ]. */
type EventPlace = "query" | "step";

export function buildEvent(
  context: BuildContext,
  node: EventCstNode | undefined,
  place: EventPlace,
): EqlEvent {
  const start = context.reached;
  const categoryNode = node?.children.category?.[0];
  const category = categoryNode === undefined ? undefined : buildCategory(context, categoryNode);
  const where = node?.children.Where?.[0];
  const whereSpan = where === undefined ? undefined : read(context, where);
  const condition = node === undefined ? holeHere(context) : buildCondition(context, node);
  const isEmpty = condition.kind === "hole";
  if (category === undefined) reportNoCategory(context, start, where, condition, place);
  else if (where === undefined) reportNoWhere(context, category, isEmpty);
  if (where !== undefined && isEmpty)
    reportMissing(context, condition.span.start, "Expected a condition after `where`");
  const first = category?.span ?? whereSpan ?? condition.span;
  return { kind: "event", span: cover(first, condition.span), category, whereSpan, condition };
}

function reportNoWhere(context: BuildContext, category: EqlCategory, isEmpty: boolean): void {
  const { end } = category.span;
  const name = context.text.slice(category.span.start, end);
  if (isEmpty)
    return reportMissing(context, end, `Expected \`where\` and a condition after ${shownCategory(name)}`);
  return reportMissing(context, end, `Expected \`where\` after ${shownCategory(name)}`, [
    insertAt(end, " where", "Insert `where`"),
  ]);
}

function shownCategory(name: string): string {
  return name.includes("`") ? excerpt(name) : `\`${excerpt(name)}\``;
}

function reportNoCategory(
  context: BuildContext,
  offset: number,
  where: IToken | undefined,
  condition: EqlExpression,
  place: EventPlace,
): void {
  if (where !== undefined) {
    const span = tokenSpan(where);
    const fix = asGuess(insertAt(span.start, "any ", "Insert `any`"));
    const gap = spanOf(offset, span.start);
    context.errors.reportGap(gap, span, "Expected an event category before `where`; `any` stands for all", [
      fix,
    ]);
  } else if (condition.kind === "hole") {
    const example = place === "query" ? "a query" : "an event";
    reportMissing(context, offset, `Expected ${example} such as \`process where true\``);
  } else {
    const span = firstTokenSpan(context, offset);
    const fix = asGuess(insertAt(span.start, "any where ", "Insert `any where`"));
    context.errors.reportGap(
      gapAfter(context, offset),
      span,
      "Expected an event category and `where` before the condition",
      [fix],
    );
  }
}

function buildCondition(context: BuildContext, { children }: EventCstNode): EqlExpression {
  const operands: EqlExpression[] = [];
  const commaSpans = (children.Comma ?? []).map(tokenSpan);
  for (const [i, expression] of children.expression.entries()) {
    const comma = children.Comma?.[i - 1];
    if (comma !== undefined) read(context, comma);
    if (i === 1) reportCommas(context, commaSpans);
    operands.push(buildExpression(context, expression, "conditions"));
  }
  const [first = holeHere(context)] = operands;
  if (operands.length < 2) return first;
  const span = spanOf(first.span.start, context.reached);
  return { kind: "and", span, operands, operatorSpans: commaSpans };
}

/** All the commas between the conditions of an event are one slip. */
function reportCommas(context: BuildContext, commaSpans: readonly Span[]): void {
  const [first] = commaSpans;
  const last = commaSpans.at(-1);
  if (first === undefined || last === undefined) return;
  const next = tokenAfter(context, last.end)?.image;
  // After the last one nothing may follow that could be joined.
  const isLastEmpty = next === undefined || next === "]" || next === "|";
  const edits = commaSpans.map((span) => ({ span, text: isLastEmpty && span === last ? "" : " and" }));
  const title = isLastEmpty && first === last ? "Remove the comma" : "Write `and`";
  context.errors.reportGap(first, first, "Expected `and` or `or` between conditions, not a comma", [
    { title, safety: "unsafe", edits },
  ]);
  for (const span of commaSpans) context.errors.silence(span);
}

function buildCategory(context: BuildContext, { children }: CategoryCstNode): EqlCategory {
  const question = children.Question?.[0];
  if (question !== undefined) {
    const span = read(context, question);
    context.errors.report(span, "An event category cannot be optional", [
      replaceWith(span, "", "Remove the ?"),
    ]);
  }
  const any = children.Any?.[0];
  if (any !== undefined) return { kind: "category", span: read(context, any), form: "any", value: "" };
  const text = children.Text?.[0];
  if (text !== undefined) {
    const { span, value, form } = buildString(context, text);
    return { kind: "category", span, form: form === "raw" ? "raw" : "string", value };
  }
  return namedCategory(context, children.Name ?? []);
}

function namedCategory(context: BuildContext, names: readonly IToken[]): EqlCategory {
  const spans = names.map((name) => read(context, name));
  const [first = holeHere(context).span] = spans;
  const span = spanOf(first.start, context.reached);
  const value = names.map(nameOf).join(".");
  const isQuoted = names.some((name) => name.image.startsWith("`"));
  const quoted = encodeString(value);
  if (isQuoted) {
    context.errors.report(span, "An event category takes double quotes, not backticks", [
      replaceWith(span, quoted, "Use double quotes"),
    ]);
  } else if (names.length > 1) {
    context.errors.report(span, "An event category with a dot needs double quotes", [
      replaceWith(span, quoted, "Use double quotes"),
    ]);
  }
  const isName = names[0]?.tokenType === t.Identifier && !isQuoted && names.length === 1;
  return { kind: "category", span, form: isName ? "name" : "quoted", value };
}
