import { unreachable } from "../../base/unreachable.ts";
import { type EqlExpression } from "./ast.ts";
import { isAscii } from "./glob.ts";

/** A text that is the same for two expressions only if they mean the same. */
export function canonicalOf(expression: EqlExpression): string {
  switch (expression.kind) {
    case "group":
      return canonicalOf(expression.inner);
    case "and":
    case "or":
      return `${expression.kind}(${unordered(expression.operands.map(canonicalOf))})`;
    case "not":
      return `not(${canonicalOf(expression.operand)})`;
    case "comparison":
      return `(${canonicalOf(expression.left)}${expression.operator}${canonicalOf(expression.right)})`;
    case "arithmetic":
      return `(${expression.operands
        .map((operand, i) => `${canonicalOf(operand)}${expression.operators[i]?.operator ?? ""}`)
        .join("")})`;
    case "sign":
      return `(${expression.operator}${canonicalOf(expression.operand)})`;
    case "in":
    case "match": {
      const ignoresCase = expression.operator.endsWith("~") || expression.operator === ":";
      const isRegex = expression.operator.startsWith("regex");
      const not = expression.notSpan === undefined ? "" : "not ";
      const items = valuesOf(expression.right).map((item) => canonicalValue(item, ignoresCase && !isRegex));
      return `(${canonicalOf(expression.operand)} ${not}${expression.operator} ${unordered(items)})`;
    }
    case "list":
      return `[${unordered(expression.items.map(canonicalOf))}]`;
    case "call": {
      const name = `${expression.name.toLowerCase()}${expression.insensitive ? "~" : ""}`;
      return `${name}(${expression.arguments.map(canonicalOf).join()})`;
    }
    case "field":
      return `${expression.optionalSpan === undefined ? "" : "?"}${JSON.stringify(expression.name)}`;
    case "string":
      return `'${expression.value.length}:${expression.value}`;
    case "number":
      return expression.text;
    case "boolean":
      return String(expression.value);
    case "null":
      return "null";
    case "relationship":
    case "invalid":
    case "hole":
      // Never the same as another.
      return `${expression.kind}@${expression.span.start}`;
    default:
      return unreachable(expression);
  }
}

/** The values after `in`, `:`, `like` and `regex`: those of a list, or the single one. */
export function valuesOf(right: EqlExpression): readonly EqlExpression[] {
  return right.kind === "list" ? right.items : [right];
}

/** A value of such a list, where the case of letters may not matter. */
export function canonicalValue(value: EqlExpression, ignoresCase: boolean): string {
  const exact = canonicalOf(value);
  return ignoresCase && value.kind === "string" ? foldAscii(exact) : exact;
}

/** Letters as Lucene folds them. */
function foldAscii(text: string): string {
  return isAscii(text) ? text.toLowerCase() : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function unordered(parts: readonly string[]): string {
  return [...new Set(parts)].sort().join();
}
