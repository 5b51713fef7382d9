import { unreachable } from "../../base/unreachable.ts";
import { type EqlAst, type EqlExpression } from "./ast.ts";

const NONE: readonly EqlAst[] = [];

/** Child nodes in the order of the text. */
export function childrenOf(node: EqlAst): readonly EqlAst[] {
  switch (node.kind) {
    case "query":
      return [node.body, ...node.pipes];
    case "event":
      return present(node.category, node.condition);
    case "sequence":
      return inTextOrder([node.by, node.maxspan, ...node.steps, node.until]);
    case "sample":
      return present(node.by, ...node.steps);
    case "join":
      return inTextOrder([node.by, ...node.steps, node.until]);
    case "step":
      return inTextOrder([node.event, node.by, node.runs]);
    case "until":
      return present(node.step);
    case "by":
      return node.keys;
    case "pipe":
      return node.arguments;
    case "and":
    case "or":
    case "arithmetic":
      return node.operands;
    case "not":
    case "sign":
      return [node.operand];
    case "comparison":
      return [node.left, node.right];
    case "in":
    case "match":
      return [node.operand, node.right];
    case "list":
      return node.items;
    case "group":
      return [node.inner];
    case "call":
      return node.arguments;
    case "relationship":
      return present(node.step);
    case "invalid":
      return node.parts;
    case "category":
    case "maxspan":
    case "runs":
    case "field":
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "hole":
      return NONE;
    default:
      return unreachable(node);
  }
}

/** The expression without the parentheses around it. */
export function withoutGroups(expression: EqlExpression): EqlExpression {
  let inner = expression;
  while (inner.kind === "group") inner = inner.inner;
  return inner;
}

function present(...nodes: readonly (EqlAst | undefined)[]): readonly EqlAst[] {
  return nodes.filter((node) => node !== undefined);
}

/** Authors may write `by` after `with`, and so on: an error, but it must not spoil the order. */
function inTextOrder(nodes: readonly (EqlAst | undefined)[]): readonly EqlAst[] {
  return present(...nodes).toSorted((a, b) => a.span.start - b.span.start);
}
