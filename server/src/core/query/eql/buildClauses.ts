import { type IToken } from "chevrotain";
import { cover, type Span, spanOf } from "../../text/span.ts";
import { tokenSpan } from "../chevrotain.ts";
import { asGuess, insertAt, replaceWith } from "../fixes.ts";
import { type EqlBy, type EqlMaxspan, type EqlRuns } from "./ast.ts";
import { type BuildContext, read, reportMissing } from "./buildContext.ts";
import { buildItems, nameOf } from "./buildPrimary.ts";
import { type ByClauseCstNode, type ClauseCstNode, type WithClauseCstNode } from "./cst.generated.ts";
import { checkDuration, isDuration, isNearly } from "./duration.ts";
import { quotesOf } from "./quotes.ts";
import { isBroken } from "./slips.ts";

const MOST_RUNS = 100;

/** `by` and `with` after the keyword of a sequence (`head`) or after a step. */
export interface Clauses {
  readonly by: EqlBy | undefined;
  readonly maxspan: EqlMaxspan | undefined;
  readonly runs: EqlRuns | undefined;
}

type ClausePlace = "head" | "step";

export function buildClauses(
  context: BuildContext,
  nodes: readonly ClauseCstNode[],
  place: ClausePlace,
): Clauses {
  let by: EqlBy | undefined;
  let maxspan: EqlMaxspan | undefined;
  let runs: EqlRuns | undefined;
  for (const { children } of nodes) {
    const byNode = children.byClause?.[0];
    const withNode = children.withClause?.[0];
    const clause =
      byNode !== undefined ? buildBy(context, byNode) : withNode && buildWith(context, withNode, place);
    if (clause === undefined) continue;
    if (clause.kind === "by") {
      const option = maxspan ?? runs;
      if (by !== undefined)
        context.errors.report(clause.keywordSpan, "Only one `by` can stand here: join the keys with commas");
      else if (option !== undefined) reportLateBy(context, clause, option);
      by ??= clause;
    } else {
      const earlier = clause.kind === "maxspan" ? maxspan : runs;
      const name = clause.kind === "maxspan" ? "maxspan" : "runs";
      if (earlier !== undefined) context.errors.report(clause.span, `Only one \`${name}\` can stand here`);
      if (clause.kind === "maxspan") maxspan ??= clause;
      else runs ??= clause;
    }
  }
  if (place === "step" && maxspan !== undefined) {
    context.errors.report(maxspan.span, "`with maxspan` stands before the first event");
  }
  return { by, maxspan, runs };
}

function reportLateBy(context: BuildContext, by: EqlBy, option: EqlMaxspan | EqlRuns): void {
  const { text } = context;
  const edits = [
    { span: option.span, text: text.slice(by.span.start, by.span.end) },
    { span: by.span, text: text.slice(option.span.start, option.span.end) },
  ];
  context.errors.report(by.keywordSpan, "Put `by` before `with`", [
    { title: "Swap them", safety: "safe", edits },
  ]);
}

function buildBy(context: BuildContext, { children }: ByClauseCstNode): EqlBy {
  const [keyword] = children.By;
  const keywordSpan =
    keyword === undefined ? spanOf(context.reached, context.reached) : read(context, keyword);
  const items = buildItems(context, children.expression, children.Comma ?? [], "keys");
  const isEmpty = items.length === 1 && items[0]?.kind === "hole";
  if (isEmpty) reportMissing(context, keywordSpan.end, "Expected a field after `by`");
  for (const key of items) {
    if (key.kind !== "field" && !isBroken(key)) context.errors.report(key.span, "Only a field can be a key");
  }
  return { kind: "by", span: spanOf(keywordSpan.start, context.reached), keywordSpan, keys: items };
}

function buildWith(
  context: BuildContext,
  node: WithClauseCstNode,
  place: ClausePlace,
): EqlMaxspan | EqlRuns | undefined {
  const { children } = node;
  const withToken = children.With?.[0];
  const withSpan = withToken === undefined ? undefined : read(context, withToken);
  const maxspanToken = children.Maxspan?.[0];
  const names = children.Name ?? [];
  const isNamed = withSpan !== undefined && maxspanToken === undefined && isOptionName(node);
  const option = isNamed ? names[0] : undefined;
  const unit = isNamed ? names[1] : names[0];
  if (maxspanToken !== undefined) {
    const span = read(context, maxspanToken);
    if (withSpan === undefined) {
      context.errors.report(span, "Expected `with` before `maxspan`", [
        insertAt(span.start, "with ", "Insert `with`"),
      ]);
    }
    return buildMaxspan(context, node, withSpan ?? span, span, unit);
  }
  if (option === undefined || withSpan === undefined) {
    const expected = place === "head" ? "`maxspan=`" : "`runs=`";
    reportMissing(context, context.reached, `Expected ${expected} after \`with\``);
    readValue(context, node, unit);
    return undefined;
  }
  const nameSpan = read(context, option);
  if (place === "head") return unknownInHead(context, node, withSpan, nameSpan, option, unit);
  return buildRuns(context, node, withSpan, nameSpan, option, unit);
}

/** The first name is the option unless the value stands before it. */
function isOptionName({ children }: WithClauseCstNode): boolean {
  const value = children.NumberLiteral?.[0] ?? children.Text?.[0];
  const name = children.Name?.[0];
  return name !== undefined && (value === undefined || name.startOffset < value.startOffset);
}

function unknownInHead(
  context: BuildContext,
  node: WithClauseCstNode,
  withSpan: Span,
  nameSpan: Span,
  option: IToken,
  unit: IToken | undefined,
): EqlMaxspan | EqlRuns | undefined {
  const name = nameOf(option);
  if (name === "runs") {
    context.errors.report(
      nameSpan,
      "`runs` stands after the event that it repeats; only `maxspan` can stand here",
    );
    readValue(context, node, unit);
    return undefined;
  }
  const fix = replaceWith(nameSpan, "maxspan", "Write `maxspan`");
  const fixes = [isNearly(name, "maxspan") ? fix : asGuess(fix)];
  context.errors.report(nameSpan, `Unknown option \`${name}\`: only \`maxspan\` can stand here`, fixes);
  return buildMaxspan(context, node, withSpan, nameSpan, unit);
}

function buildMaxspan(
  context: BuildContext,
  node: WithClauseCstNode,
  withSpan: Span,
  keywordSpan: Span,
  unit: IToken | undefined,
): EqlMaxspan {
  const { NumberLiteral: numbers, Text: texts, Minus: minus } = node.children;
  const keyword = context.text.slice(keywordSpan.start, keywordSpan.end);
  reportAssign(context, node, keyword, "a duration such as `30s`");
  const { valueSpan, unitSpan } = readValue(context, node, unit);
  const text = texts?.[0];
  if (text !== undefined && valueSpan !== undefined) reportQuotedDuration(context, text, valueSpan);
  const amount = numbers?.[0] === undefined ? undefined : Number(numbers[0].image);
  const maxspan: EqlMaxspan = {
    kind: "maxspan",
    span: spanOf(withSpan.start, context.reached),
    keywordSpan,
    amount,
    amountSpan: amount === undefined ? undefined : valueSpan,
    unit: unit === undefined ? undefined : nameOf(unit),
    unitSpan,
  };
  const written = { isNegative: minus !== undefined, isDecimal: isDecimal(numbers?.[0]) };
  checkDuration(maxspan, written, context.errors);
  return maxspan;
}

function isDecimal(number: IToken | undefined): boolean {
  return number !== undefined && !/^\d+$/.test(number.image);
}

function reportQuotedDuration(context: BuildContext, text: IToken, span: Span): void {
  const { bodySpan } = quotesOf(text);
  const body = context.text.slice(bodySpan.start, bodySpan.end);
  if (!isDuration(body)) return context.errors.report(span, "Expected a duration such as `30s`");
  return context.errors.report(span, "A duration takes no quotes", [
    replaceWith(span, body, "Remove the quotes"),
  ]);
}

function buildRuns(
  context: BuildContext,
  node: WithClauseCstNode,
  withSpan: Span,
  nameSpan: Span,
  option: IToken,
  unit: IToken | undefined,
): EqlRuns {
  const { NumberLiteral: numbers, Minus: minus } = node.children;
  const name = nameOf(option);
  if (name !== "runs") {
    const fix = replaceWith(nameSpan, "runs", "Write `runs`");
    context.errors.report(nameSpan, `Unknown option \`${name}\`: only \`runs\` can stand here`, [fix]);
  }
  reportAssign(context, node, name, "a number");
  const { valueSpan, unitSpan } = readValue(context, node, unit);
  const count = numbers?.[0] === undefined ? undefined : Number(numbers[0].image);
  const isWhole = count !== undefined && !isDecimal(numbers?.[0]) && minus === undefined;
  const isRight = isWhole && 1 <= count && count <= MOST_RUNS;
  if (valueSpan !== undefined && !isRight) {
    context.errors.report(valueSpan, `Expected a whole number from 1 to ${MOST_RUNS}`);
  }
  if (unitSpan !== undefined)
    context.errors.report(unitSpan, "A number of runs takes no unit", [
      replaceWith(unitSpan, "", "Remove the unit"),
    ]);
  const span = spanOf(withSpan.start, context.reached);
  return { kind: "runs", span, nameSpan, name, count: isRight ? count : undefined, countSpan: valueSpan };
}

function reportAssign(context: BuildContext, node: WithClauseCstNode, name: string, value: string): void {
  const { Assign: assigns, NumberLiteral: numbers, Text: texts } = node.children;
  const hasValue = numbers !== undefined || texts !== undefined;
  const isOther = name !== "maxspan" && name !== "runs";
  // `runs10` alone: that this is no option has been said.
  if (isOther && assigns === undefined && !hasValue) return;
  if (assigns?.[0] !== undefined) {
    read(context, assigns[0]);
    if (!hasValue) reportMissing(context, context.reached, `Expected ${value} after \`${name}=\``);
  } else if (hasValue) {
    const fix = insertAt(context.reached, "=", "Insert =");
    reportMissing(context, context.reached, `Expected = after \`${name}\``, [fix]);
  } else {
    reportMissing(context, context.reached, `Expected = and ${value} after \`${name}\``);
  }
}

/** The number, with a sign if there is one, or a text in its place. */
function readValue(
  context: BuildContext,
  { children }: WithClauseCstNode,
  unit: IToken | undefined,
): { readonly valueSpan: Span | undefined; readonly unitSpan: Span | undefined } {
  for (const token of [...(children.Assign ?? []), ...(children.Minus ?? [])]) read(context, token);
  const value = children.NumberLiteral?.[0] ?? children.Text?.[0];
  const signSpan = children.Minus?.[0] === undefined ? undefined : tokenSpan(children.Minus[0]);
  const span = value === undefined ? undefined : read(context, value);
  const valueSpan = span === undefined || signSpan === undefined ? span : cover(signSpan, span);
  return { valueSpan, unitSpan: unit === undefined ? undefined : read(context, unit) };
}
