import { childrenOf, type EqlAst, parseEql } from "../../server/src/core/query/eql/index.ts";

/** A tree in one line, for tests: kind, what tells it from others of its kind, and its children. */
export function outlineOf(text: string): string {
  return outline(parseEql(text).ast);
}

/** The condition of an event query. */
export function conditionOf(text: string): string {
  const { body } = parseEql(`any where ${text}`).ast;
  return body.kind === "event" ? outline(body.condition) : body.kind;
}

function outline(node: EqlAst): string {
  const detail = detailOf(node);
  const children = childrenOf(node).map(outline);
  if (children.length === 0) return detail;
  return `(${[detail, ...children].join(" ")})`;
}

function detailOf(node: EqlAst): string {
  switch (node.kind) {
    case "comparison":
      return node.operator;
    case "in":
    case "match":
      return `${node.notSpan === undefined ? "" : "not-"}${node.operator}`;
    case "arithmetic":
      return node.operators.map(({ operator }) => operator).join("");
    case "sign":
      return `sign${node.operator}`;
    case "field":
      return `${node.optionalSpan === undefined ? "" : "?"}${node.name}${node.incomplete ? "…" : ""}`;
    case "call":
      return `${node.name}${node.insensitive ? "~" : ""}()`;
    case "string":
      return JSON.stringify(node.value);
    case "number":
      return `${node.text}:${node.type}`;
    case "boolean":
      return String(node.value);
    case "hole":
      return "_";
    case "category":
      return `${node.form}:${node.value}`;
    case "step":
      return node.missing ? "![]" : "[]";
    case "maxspan":
      return `maxspan=${node.amount}${node.unit}`;
    case "runs":
      return `runs=${node.count}`;
    case "pipe":
      return `|${node.name}`;
    default:
      return node.kind;
  }
}
