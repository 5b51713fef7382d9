import { childrenOf, type KqlAst, parseKql } from "../../server/src/core/query/kql/index.ts";

/** A tree in one line, for tests: kind, what tells it from others of its kind, and its children. */
export function outlineOf(text: string): string {
  const { condition } = parseKql(text).ast;
  return condition === undefined ? "nothing" : outline(condition);
}

function outline(node: KqlAst): string {
  const children = childrenOf(node).map(outline);
  const detail = detailOf(node);
  return children.length === 0 ? detail : `(${[detail, ...children].join(" ")})`;
}

function detailOf(node: KqlAst): string {
  switch (node.kind) {
    case "range":
      return node.operator;
    case "is":
      return ":";
    case "nested":
      return "{}";
    case "literal": {
      const text = node.form === "quoted" ? JSON.stringify(node.text) : node.text;
      return node.type === "string" ? text : `${node.type}:${text}`;
    }
    case "hole":
      return "_";
    default:
      return node.kind;
  }
}
