import { type Fix } from "../../text/edit.ts";
import { spanOf } from "../../text/span.ts";
import { replaceWith } from "../fixes.ts";
import { type EqlComparison, type EqlExpression, type EqlList, type EqlMembership } from "./ast.ts";
import { withoutGroups } from "./children.ts";
import { capitalized, subjectOf } from "./problem.ts";
import {
  allConstant,
  areCompatible,
  described,
  type EqlType,
  type EqlValue,
  isOpen,
  valueOfType,
} from "./valueTypes.ts";
import { type Verification } from "./verify.ts";
import { checkFieldUse } from "./verifyFields.ts";

/** Whatever the types, values are converted when the query runs; what is not constant can only stand on one side. */
export function checkComparison(verification: Verification, comparison: EqlComparison): EqlValue {
  const { left, right } = comparison;
  checkFieldUse(verification, left);
  checkFieldUse(verification, right);
  const values = [left, right].map((side) => verification.valueOf(side));
  const isVariable = values.every(({ isConstant }) => isConstant === false);
  if (isVariable && !verification.isInCall(comparison)) reportVariable(verification, right);
  return valueOfType("boolean", allConstant(values));
}

/** Words that other languages write in capitals. */
const WORDS: ReadonlySet<string> = new Set(["true", "false", "null"]);

function reportVariable({ problems }: Verification, expression: EqlExpression): void {
  const inner = withoutGroups(expression);
  const word = inner.kind === "field" ? inner.name.toLowerCase() : "";
  if (WORDS.has(word)) {
    const fixes = [replaceWith(inner.span, word, `Write \`${word}\``)];
    const message = `${capitalized(subjectOf(inner))} is read as a field: write \`${word}\``;
    return problems.report("field-comparison", inner.span, message, fixes);
  }
  const what = inner.kind === "field" ? `the field \`${inner.name}\`` : "something that varies";
  problems.report("field-comparison", inner.span, `EQL compares with constants only, not with ${what}`);
}

export function checkMembership(verification: Verification, membership: EqlMembership): EqlValue {
  const { operand, right } = membership;
  const items = right.kind === "list" ? right.items : [right];
  const values = [operand, ...items].map((part) => verification.valueOf(part));
  checkFieldUse(verification, operand);
  for (const item of items) {
    if (verification.valueOf(item).isConstant === false) reportVariable(verification, item);
  }
  if (membership.operator === "in~") checkTexts(verification, membership, items);
  else if (isAddressList(verification, membership)) reportAddressList(verification, membership);
  else checkUniform(verification, operand, items);
  return valueOfType("boolean", allConstant(values));
}

/** `in~` compares text. */
function checkTexts(
  verification: Verification,
  { operand, operatorSpan }: EqlMembership,
  items: readonly EqlExpression[],
): void {
  const { type } = verification.valueOf(operand);
  if (type !== "string" && !isOpen(type)) {
    const subject = subjectOf(operand);
    const fix: Fix = { title: "Write `in`", safety: "safe", edits: [{ span: operatorSpan, text: "in" }] };
    const message = `\`in~\` compares text, and ${subject} is ${described(type)}: use \`in\``;
    return verification.problems.report("type", operatorSpan, message, [fix]);
  }
  for (const item of items) checkItem(verification, item, "string", "");
}

/** The first value whose type is known tells that of the others, if the operand does not. */
function checkUniform(
  verification: Verification,
  operand: EqlExpression,
  items: readonly EqlExpression[],
): void {
  const typed = [operand, ...items].find((part) => !isOpen(verification.valueOf(part).type));
  if (typed === undefined) return;
  const field = withoutGroups(operand);
  const like = typed === operand && field.kind === "field" ? ` like \`${field.name}\`` : "";
  for (const item of items) checkItem(verification, item, verification.valueOf(typed).type, like);
}

function checkItem(verification: Verification, item: EqlExpression, expected: EqlType, like: string): void {
  const { type, isConstant } = verification.valueOf(item);
  // A field in a list has been reported as such.
  if (areCompatible(type, expected) || isConstant === false) return;
  const message = `Expected ${described(expected)}${like} in this list, not ${described(type)}`;
  verification.problems.report("type", item.span, message);
}

function isAddressList(verification: Verification, { operand, right }: EqlMembership): boolean {
  if (verification.valueOf(operand).type !== "ip" || right.kind !== "list") return false;
  return right.items.some((item) => verification.valueOf(item).type === "string");
}

/** Elasticsearch takes no text in a list that an address is looked up in. */
function reportAddressList(verification: Verification, membership: EqlMembership): void {
  const { operand, operatorSpan, right } = membership;
  const message = `${capitalized(subjectOf(operand))} is an IP address, which \`in\` cannot compare with text: use \`cidrMatch\``;
  const fixes =
    right.kind === "list" && right.items.every(({ kind }) => kind === "string")
      ? [toCidrMatch(membership, right)]
      : [];
  verification.problems.report("type", operatorSpan, message, fixes);
}

function toCidrMatch({ operand, notSpan }: EqlMembership, list: EqlList): Fix {
  const opening = notSpan === undefined ? "cidrMatch(" : "not cidrMatch(";
  const edits = [
    { span: spanOf(operand.span.start, operand.span.start), text: opening },
    { span: spanOf(operand.span.end, list.span.start + 1), text: ", " },
  ];
  return { title: "Use `cidrMatch`", safety: "safe", edits };
}
