import { unreachable } from "../../base/unreachable.ts";
import { type KqlAst, type KqlCondition, type KqlGroup, type KqlValue } from "./ast.ts";

const NONE: readonly KqlAst[] = [];

/** Child nodes in the order of the text. */
export function childrenOf(node: KqlAst): readonly KqlAst[] {
  switch (node.kind) {
    case "query":
      return node.condition === undefined ? NONE : [node.condition];
    case "and":
    case "or":
      return node.operands;
    case "not":
      return [node.operand];
    case "group":
      return [node.inner];
    case "is":
    case "range":
      return [node.field, node.value];
    case "nested":
      return [node.field, node.inner];
    case "text":
      return [node.value];
    case "invalid":
      return node.parts;
    case "literal":
    case "hole":
      return NONE;
    default:
      return unreachable(node);
  }
}

/** The condition or value without the parentheses around it. */
export function withoutGroups(node: KqlCondition): Exclude<KqlCondition, KqlGroup<KqlCondition>>;
export function withoutGroups(node: KqlValue): Exclude<KqlValue, KqlGroup<KqlValue>>;
export function withoutGroups(node: KqlCondition | KqlValue): KqlCondition | KqlValue {
  let inner = node;
  while (inner.kind === "group") inner = inner.inner;
  return inner;
}
