import { type Fix } from "../../text/edit.ts";
import { distance } from "fastest-levenshtein";
import { cover, type Span, spanOf } from "../../text/span.ts";
import { tokenSpan } from "../chevrotain.ts";
import { asGuess, insertAt, replaceWith } from "../fixes.ts";
import { type EqlExpression, type EqlGroup, type EqlList } from "./ast.ts";
import {
  type BuildContext,
  excerpt,
  firstTokenSpan,
  gapAfter,
  reportMissing,
  shown,
} from "./buildContext.ts";
import { functionNamed } from "./functions.ts";
import { type Chain, type Link, type Operand } from "./chain.ts";

/** Words that stand for an operator in other languages; without one where EQL has a function instead. */
const WORDS_FOR_OPERATORS: ReadonlyMap<string, string> = new Map([
  ["is", "=="],
  ["eq", "=="],
  ["equals", "=="],
  ["ne", "!="],
  ["matches", ":"],
  ["match", ":"],
  ["gt", ">"],
  ["gte", ">="],
  ["lt", "<"],
  ["lte", "<="],
]);

const LITERALS: ReadonlySet<string> = new Set(["string", "number", "boolean", "null"]);

/** Two operands with nothing between them: says what most likely is missing. */
export function reportMissingLink(chain: Chain, index: number): void {
  const { context } = chain;
  const [left, right] = [chain.operands[index], chain.operands[index + 1]];
  if (left === undefined || right === undefined || right.primary.kind === "hole") return;
  const end = endOf(left);
  const gap = gapAfter(context, end);
  const span = firstTokenSpan(context, end);
  if (chain.joins !== "conditions") {
    const fix = insertAt(end, ",", "Insert a comma");
    const message = `Expected a comma between these ${chain.joins}`;
    return context.errors.reportGap(gap, span, message, [chain.joins === "keys" ? asGuess(fix) : fix]);
  }
  if (isDigitPart(context, left, right)) {
    context.errors.reportGap(gap, span, "A part of a field name that begins with a digit needs backticks");
    return context.errors.silence(span);
  }
  if (isWordForOperator(chain, index)) return reportWordForOperator(context, gap, chain, index);
  const isField = left.primary.kind === "field" || left.primary.kind === "call";
  if (isField && standsAlone(chain, index) && isValue(right.primary) && standsAlone(chain, index + 1)) {
    return context.errors.reportGap(gap, span, "Expected an operator such as == or : before this value");
  }
  const fix = asGuess(insertAt(end, gap.start === gap.end ? " and " : " and", "Insert `and`"));
  context.errors.reportGap(gap, span, "Expected `and` or `or` between these conditions", [fix]);
}

/** `a and` without a condition after it, or `a and and b`, where the second word may be one too many. */
export function reportMissingCondition(
  context: BuildContext,
  offset: number,
  before: Link,
  after: Link | undefined,
): void {
  const isDoubled = after?.operator === before.operator;
  const fixes = isDoubled
    ? [asGuess(replaceWith(spanOf(before.span.end, after.span.end), "", `Remove one \`${before.operator}\``))]
    : [];
  reportMissing(context, offset, `Expected a condition after ${shown(before.operator)}`, fixes);
}

/** `a.5`: the lexer reads a number. */
function isDigitPart(context: BuildContext, left: Operand, right: Operand): boolean {
  const { kind, span } = right.primary;
  return (
    left.primary.kind === "field" &&
    kind === "number" &&
    span.start === endOf(left) &&
    context.text[span.start] === "."
  );
}

/** `process.name contains "x"`, `a == 1 nd b == 2`: a single word, with no operator on either side. */
function isWordForOperator(chain: Chain, index: number): boolean {
  const word = chain.operands[index + 1];
  if (chain.operands[index]?.primary.kind === "hole" || word === undefined || word.prefixes.length > 0)
    return false;
  if (word.primary.kind === "call") return isUnknownCall(chain, index, word.primary.name);
  if (
    word.primary.kind !== "field" ||
    word.primary.parts.length !== 1 ||
    word.primary.optionalSpan !== undefined
  )
    return false;
  return chain.links[index]?.rank === "missing" && chain.links[index + 1]?.rank === "missing";
}

/** `process.name lke ("x")` reads like a call of a function that does not exist. */
function isUnknownCall(chain: Chain, index: number, name: string): boolean {
  const isAfterField = chain.operands[index]?.primary.kind === "field" && standsAlone(chain, index);
  return isAfterField && standsAlone(chain, index + 1) && functionNamed(name) === undefined;
}

function reportWordForOperator(context: BuildContext, gap: Span, chain: Chain, index: number): void {
  const word = chain.operands[index + 1]?.primary;
  if (word?.kind !== "field" && word?.kind !== "call") return;
  const wordSpan = word.kind === "call" ? word.nameSpan : word.span;
  const image = context.text.slice(wordSpan.start, wordSpan.end);
  const [not] = chain.operands[index + 2]?.prefixes ?? [];
  const operator = meantOperator(image, word.kind === "call" || isAfterBareField(chain, index));
  const isNegated = operator === "==" && not !== undefined;
  const span = isNegated ? cover(wordSpan, tokenSpan(not)) : wordSpan;
  const meant = isNegated ? "!=" : operator;
  const fixes = meant === undefined ? [] : [asGuess(replaceWith(span, meant, `Write ${shown(meant)}`))];
  context.errors.reportGap(gap, wordSpan, `EQL has no operator \`${excerpt(image)}\``, fixes);
  context.errors.silence(word.span);
}

function isAfterBareField(chain: Chain, index: number): boolean {
  return chain.operands[index]?.primary.kind === "field" && standsAlone(chain, index);
}

/** Between a field and a value a comparison is meant, between two conditions `and` or `or`. */
function meantOperator(image: string, compares: boolean): string | undefined {
  const word = image.toLowerCase();
  const known = WORDS_FOR_OPERATORS.get(word);
  if (compares && known !== undefined) return known;
  const candidates = compares
    ? ["in", "in~", "like", "like~", "regex", "regex~"]
    : ["and", "or", "and not", "or not"];
  return candidates.find((candidate) => distance(word, candidate) <= 1);
}

/** The words that `reportMissingLink` takes for operators: they are no fields. */
export function isMistakenForField(chain: Chain, index: number): boolean {
  if (chain.joins !== "conditions" || chain.links[index - 1]?.rank !== "missing") return false;
  return chain.operands[index]?.primary.kind === "field" && isWordForOperator(chain, index - 1);
}

function standsAlone(chain: Chain, index: number): boolean {
  const [before, after] = [chain.links[index - 1]?.rank, chain.links[index]?.rank];
  return [before, after].every(
    (rank) => rank === undefined || rank === "or" || rank === "and" || rank === "missing",
  );
}

function isValue(expression: EqlExpression): boolean {
  if (expression.kind === "group") return LITERALS.has(expression.inner.kind);
  return expression.kind === "list" || LITERALS.has(expression.kind);
}

function endOf(operand: Operand): number {
  return Math.max(operand.start, operand.primary.span.end);
}

/** `a == b == c` */
export function reportChained(context: BuildContext, link: Link): void {
  context.errors.report(
    link.span,
    "A comparison cannot follow another one directly: join the two with `and`",
  );
}

export function reportStrayList(context: BuildContext, list: EqlList): void {
  context.errors.report(list.span, "A list can only follow `in`, :, `like` or `regex`");
}

/** `a == (1, 2)` */
export function reportComparedList(context: BuildContext, link: Link, list: EqlList): void {
  const meant = link.operator === "==" ? "in" : link.operator === "!=" ? "not in" : undefined;
  if (meant === undefined || link.notSpan !== undefined) return reportStrayList(context, list);
  const message = `Expected one value after ${link.operator}; for a list use \`${meant}\``;
  context.errors.report(link.span, message, [replaceWith(link.span, meant, `Write \`${meant}\``)]);
}

/** `a not : "b"`, `a not == 1`: only `in` takes a `not` before it. */
export function reportNotBeforeOperator(
  context: BuildContext,
  left: EqlExpression,
  notSpan: Span,
  link: Link,
): void {
  const both = spanOf(notSpan.start, link.span.end);
  if (link.operator === "==") {
    return context.errors.report(both, "Expected != instead of `not ==`", [
      replaceWith(both, "!=", "Write !="),
    ]);
  }
  const edits = [
    { span: spanOf(left.span.start, left.span.start), text: "not " },
    { span: both, text: link.operator },
  ];
  const fix: Fix = { title: "Move `not` before the field", safety: "safe", edits };
  const fixes = left.kind === "hole" ? [] : [fix];
  const image = context.text.slice(both.start, both.end);
  if (!image.startsWith("!")) {
    const message = `Put \`not\` before the field, not before ${shown(link.operator)}`;
    return context.errors.report(notSpan, message, fixes);
  }
  // `!~` denies a regular expression in other languages.
  const isGuess = image === "!~";
  const message = `EQL has no operator \`${image}\`: put \`not\` before the field and write ${shown(link.operator)}`;
  context.errors.report(both, message, isGuess ? fixes.map(asGuess) : fixes);
}

/** `a == not b`, `- not a` */
export function reportNotInside(context: BuildContext, notSpan: Span): void {
  context.errors.report(notSpan, "`not` cannot stand here: put parentheses around it and its condition");
}

/** The right side of `in`: a list, also of one value. */
export function listAfterIn(context: BuildContext, link: Link, right: EqlExpression): EqlExpression {
  if (right.kind === "list") return right;
  if (right.kind === "group") return listOf(right);
  const fix: Fix = {
    title: "Add parentheses",
    safety: "safe",
    edits: [
      { span: spanOf(right.span.start, right.span.start), text: "(" },
      { span: spanOf(right.span.end, right.span.end), text: ")" },
    ],
  };
  const message = `Expected a list in parentheses after ${shown(link.operator)}`;
  context.errors.report(right.span, message, LITERALS.has(right.kind) ? [fix] : []);
  return right;
}

/** The right side of `:`, `like` and `regex`: a literal, or a list of them. */
export function constantsAfter(context: BuildContext, link: Link, right: EqlExpression): EqlExpression {
  const checked = right.kind === "group" ? listOf(right) : right;
  for (const item of checked.kind === "list" ? checked.items : [checked]) {
    if (LITERALS.has(item.kind) || isBroken(item)) continue;
    context.errors.report(item.span, `Only constant values can follow ${shown(link.operator)}`);
  }
  return checked;
}

/** Something is wrong inside that has been reported: what else could be said of it follows from that. */
export function isBroken(expression: EqlExpression): boolean {
  if (expression.kind === "hole" || expression.kind === "invalid") return true;
  return expression.kind === "and" && expression.operatorSpans.some((span) => span.start === span.end);
}

function listOf(group: EqlGroup): EqlList {
  return { kind: "list", span: group.span, items: [group.inner], closeSpan: group.closeSpan };
}
