import { closestWord } from "../../base/closest.ts";
import { spanOf } from "../../text/span.ts";
import { type SyntaxErrors } from "../chevrotain.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import { type EqlExpression, type EqlPipe } from "./ast.ts";
import { excerpt } from "./buildContext.ts";

export const PIPES: readonly string[] = ["head", "tail"];
/** Known to EQL elsewhere, and refused by Elasticsearch. */
const UNSUPPORTED_PIPES: readonly string[] = ["count", "filter", "sort", "unique", "unique_count"];

/** `end` is where the next pipe or the query ends. */
export function checkPipe(pipe: EqlPipe, end: number, errors: SyntaxErrors): void {
  const { name, nameSpan } = pipe;
  if (name === undefined || nameSpan === undefined) return;
  if (!PIPES.includes(name)) {
    const meant = UNSUPPORTED_PIPES.includes(name) ? undefined : closestWord(name, PIPES);
    const fixes = meant === undefined ? [] : [asGuess(replaceWith(nameSpan, meant, `Write \`${meant}\``))];
    const message = UNSUPPORTED_PIPES.includes(name)
      ? `The pipe \`${name}\` is not supported: only \`head\` and \`tail\` are`
      : `Unknown pipe \`${excerpt(name)}\`: expected \`head\` or \`tail\``;
    // What follows is in the language that has such a pipe.
    return errors.reportRoot(nameSpan, spanOf(nameSpan.start, end), message, fixes);
  }
  const [argument, second] = pipe.arguments;
  if (argument === undefined) return errors.report(nameSpan, `Expected a number after \`${name}\``);
  if (second !== undefined) {
    return errors.report(second.span, `\`${name}\` takes one number, not ${pipe.arguments.length}`);
  }
  if (argument.kind === "hole" || pipeCount(pipe) !== undefined) return;
  return errors.report(argument.span, `\`${name}\` takes a whole number of at least 0`);
}

/** How many results `head` and `tail` let through. */
export function pipeCount(pipe: EqlPipe): number | undefined {
  const [argument] = pipe.arguments;
  const folded = argument === undefined ? undefined : foldNumber(argument);
  return folded?.type === "whole" && 0 <= folded.value ? folded.value : undefined;
}

interface Folded {
  readonly value: number;
  readonly type: "whole" | "double";
}

/** The value of an expression of numbers alone. Whole numbers divide without a fraction. */
function foldNumber(expression: EqlExpression): Folded | undefined {
  switch (expression.kind) {
    case "number":
      return { value: expression.value, type: expression.type === "double" ? "double" : "whole" };
    case "group":
      return foldNumber(expression.inner);
    case "sign": {
      const inner = foldNumber(expression.operand);
      return inner === undefined || expression.operator === "+" ? inner : { ...inner, value: -inner.value };
    }
    case "arithmetic": {
      const [first, ...others] = expression.operands.map(foldNumber);
      return others.reduce(
        (left, right, i) => combine(expression.operators[i]?.operator, left, right),
        first,
      );
    }
    default:
      return undefined;
  }
}

function combine(
  operator: string | undefined,
  left: Folded | undefined,
  right: Folded | undefined,
): Folded | undefined {
  if (left === undefined || right === undefined) return undefined;
  const type = left.type === "whole" && right.type === "whole" ? "whole" : "double";
  if (right.value === 0 && type === "whole" && (operator === "/" || operator === "%")) return undefined;
  switch (operator) {
    case "+":
      return { type, value: left.value + right.value };
    case "-":
      return { type, value: left.value - right.value };
    case "*":
      return { type, value: left.value * right.value };
    case "/":
      return {
        type,
        value: type === "whole" ? Math.trunc(left.value / right.value) : left.value / right.value,
      };
    case "%":
      return { type, value: left.value % right.value };
    default:
      return undefined;
  }
}
