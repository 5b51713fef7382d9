import { unreachable } from "../../base/unreachable.ts";
import { type Span, spanOf, textAt } from "../../text/span.ts";
import { walk } from "../ast.ts";
import { type QuerySymbol } from "../language.ts";
import { type KqlAst, type KqlCondition } from "./ast.ts";
import { childrenOf, withoutGroups } from "./children.ts";
import { type KqlParse } from "./parse.ts";

const LONGEST_DETAIL = 60;

/** The conditions that are joined, each by its field; groups and nested scopes hold theirs. */
export function symbolsOf({ text, ast }: KqlParse): readonly QuerySymbol[] {
  if (ast.condition === undefined) return [];
  const condition = withoutGroups(ast.condition);
  return condition.kind === "and"
    ? condition.operands.flatMap((operand) => symbolsIn(text, operand, operand.span))
    : symbolsIn(text, condition, condition.span);
}

/** None for what is missing. */
function symbolsIn(text: string, condition: KqlCondition, span: Span): readonly QuerySymbol[] {
  switch (condition.kind) {
    case "group":
      return symbolsIn(text, condition.inner, span);
    case "not":
      return symbolsIn(text, condition.operand, span).map((symbol) => ({
        ...symbol,
        name: `not ${symbol.name}`,
      }));
    case "and":
    case "or": {
      const children = condition.operands.flatMap((operand) => symbolsIn(text, operand, operand.span));
      return [{ name: condition.kind === "and" ? "all of" : "any of", detail: "", span, children }];
    }
    case "is":
    case "range": {
      const detail = oneLine(text, spanOf(condition.operatorSpan.start, condition.span.end));
      return [{ name: oneLine(text, condition.field.span) || "condition", detail, span, children: [] }];
    }
    case "nested": {
      const children = symbolsIn(text, condition.inner, condition.inner.span);
      return [{ name: oneLine(text, condition.field.span) || "condition", detail: "", span, children }];
    }
    case "text":
    case "invalid":
      return [{ name: oneLine(text, condition.span), detail: "", span, children: [] }];
    case "hole":
      return [];
    default:
      return unreachable(condition);
  }
}

function oneLine(text: string, span: Span): string {
  const line = textAt(text, spanOf(span.start, Math.min(span.end, span.start + MUCH))).replace(/\s+/g, " ");
  return line.length <= LONGEST_DETAIL ? line : `${line.slice(0, LONGEST_DETAIL - 1).trimEnd()}…`;
}

/** So much of the text is enough for a detail, however many blanks it has. */
const MUCH = 1000;

/** Parentheses and braces that span lines. */
export function foldsOf({ text, ast }: KqlParse): readonly Span[] {
  const folds: Span[] = [];
  for (const node of walk<KqlAst>(ast, childrenOf)) {
    if (node.kind === "group") folds.push(node.span);
    if (node.kind === "nested") folds.push(spanOf(node.openSpan.start, node.span.end));
  }
  return folds.filter((span) => /[\r\n]/.test(textAt(text, span)));
}
