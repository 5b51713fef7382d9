import { type Fix } from "../../text/edit.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import { type EqlExpression, type EqlMatch } from "./ast.ts";
import { shown } from "./buildContext.ts";
import { capitalized, subjectOf } from "./problem.ts";
import {
  allConstant,
  described,
  type EqlType,
  type EqlValue,
  isNumeric,
  isOpen,
  valueOfType,
} from "./valueTypes.ts";
import { type Verification } from "./verify.ts";
import { checkFieldUse } from "./verifyFields.ts";

/** `:`, `like` and `regex` compare text. */
export function checkMatch(verification: Verification, match: EqlMatch): EqlValue {
  const { operand, operator, operatorSpan, right } = match;
  const items = right.kind === "list" ? right.items : [right];
  const value = verification.valueOf(operand);
  const { problems } = verification;
  if (value.type === "string" || isOpen(value.type)) {
    checkFieldUse(verification, operand);
    if (operator === ":") for (const item of items) checkPattern(verification, item);
  } else {
    const instead = items.length === 1 ? "==" : "`in`";
    const message = `${capitalized(subjectOf(operand))} is ${described(value.type)}, and ${shown(operator)} compares text only: use ${instead}`;
    problems.report("type", operatorSpan, message, exactFix(match, items, value.type));
  }
  return valueOfType("boolean", allConstant([value, ...items.map((item) => verification.valueOf(item))]));
}

/** Elasticsearch reads other constants after `like` and `regex` as text, but not after `:`. */
function checkPattern(verification: Verification, item: EqlExpression): void {
  const { type } = verification.valueOf(item);
  if (type === "string" || isOpen(type)) return;
  const written =
    item.kind === "number" ? item.text : item.kind === "boolean" ? String(item.value) : undefined;
  const fixes =
    written === undefined ? [] : [asGuess(replaceWith(item.span, `"${written}"`, "Put quotes around it"))];
  const message = `${shown(":")} compares text, and ${subjectOf(item)} is ${described(type)}`;
  verification.problems.report("type", item.span, message, fixes);
}

/** `pid : 4` is `pid == 4`; a pattern has no such counterpart. */
function exactFix(match: EqlMatch, items: readonly EqlExpression[], type: EqlType): readonly Fix[] {
  const { operatorSpan, notSpan, right } = match;
  if (notSpan !== undefined || !items.every((item) => isLiteralOf(item, type))) return [];
  if (items.length === 1 && right.kind !== "list") return [replaceWith(operatorSpan, "==", "Write ==")];
  // A list of addresses cannot follow `in`.
  if (type === "ip" || right.kind !== "list") return [];
  return [replaceWith(operatorSpan, "in", "Write `in`")];
}

function isLiteralOf(item: EqlExpression, type: EqlType): boolean {
  if (item.kind === "number") return isNumeric(type);
  if (item.kind === "boolean") return type === "boolean";
  return item.kind === "string" && (type === "ip" || type === "version") && !/[*?]/.test(item.value);
}
