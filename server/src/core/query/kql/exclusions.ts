import { type ValueList } from "../facts.ts";
import { type KqlCondition, type KqlQuery, type KqlValue } from "./ast.ts";
import { withoutGroups } from "./children.ts";
import { wholeName } from "./facts.ts";

/** Lists of values that a query excludes: `not f:(a or b)`, whatever stands around them. */
export function exclusionsOf({ condition }: KqlQuery): readonly ValueList[] {
  const found: ValueList[] = [];
  if (condition !== undefined) addExclusions(found, condition, true);
  return found;
}

function addExclusions(found: ValueList[], condition: KqlCondition, isPositive: boolean): void {
  switch (condition.kind) {
    case "and":
    case "or":
      for (const operand of condition.operands) addExclusions(found, operand, isPositive);
      return;
    case "not":
      return addExclusions(found, condition.operand, !isPositive);
    case "group":
      return addExclusions(found, condition.inner, isPositive);
    case "is": {
      const field = wholeName(condition.field, "");
      const list = withoutGroups(condition.value);
      if (field === undefined || isPositive || list.kind !== "or") return;
      const values = list.operands.map(literalText);
      if (values.every((value) => value !== undefined)) found.push({ field, values, span: condition.span });
      return;
    }
    default:
      return;
  }
}

function literalText(value: KqlValue): string | undefined {
  const inner = withoutGroups(value);
  return inner.kind === "literal" ? inner.text : undefined;
}
