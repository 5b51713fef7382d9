import { unreachable } from "../../base/unreachable.ts";
import { type ValueList } from "../facts.ts";
import { type EqlBody, type EqlEvent, type EqlExpression, type EqlQuery } from "./ast.ts";
import { signedTestOf, type ValueSet } from "./fieldTest.ts";

/** Lists of values that a query excludes: `not f in (…)`, `not f : (…)`, whatever stands around them. */
export function exclusionsOf({ body }: EqlQuery): readonly ValueList[] {
  const found: ValueList[] = [];
  for (const { condition } of eventsOf(body)) addExclusions(found, condition, true);
  return found;
}

function eventsOf(body: EqlBody): readonly EqlEvent[] {
  return body.kind === "event" ? [body] : body.steps.map(({ event }) => event);
}

/** Only what `and`, `or`, `not` and parentheses join: elsewhere the sign of a list means something else. */
function addExclusions(found: ValueList[], expression: EqlExpression, isPositive: boolean): void {
  switch (expression.kind) {
    case "and":
    case "or":
      for (const operand of expression.operands) addExclusions(found, operand, isPositive);
      return;
    case "not":
      return addExclusions(found, expression.operand, !isPositive);
    case "group":
      return addExclusions(found, expression.inner, isPositive);
    case "in":
    case "match": {
      if (expression.right.kind !== "list") return;
      const signed = signedTestOf(expression);
      if (signed === undefined || signed.isPositive === isPositive) return;
      const { field, sets, span } = signed.test;
      found.push({ field: field.name, values: sets.map(valueText), span });
      return;
    }
    default:
      return;
  }
}

/** In small letters: the case of letters makes no other list of it. */
function valueText(set: ValueSet): string {
  switch (set.kind) {
    case "text":
      return set.lowered();
    case "equal":
      return String(set.value);
    case "any":
    case "range":
      return set.kind;
    default:
      return unreachable(set);
  }
}
