import { walk } from "../ast.ts";
import { type CallRef, type FieldRef, type QueryFacts } from "../facts.ts";
import { type EqlAst } from "./ast.ts";
import { childrenOf } from "./children.ts";

/** Fields and calls, keys included, in the order of the text. Arguments of pipes are numbers, not fields. */
export function factsOf(ast: EqlAst): QueryFacts {
  const fields: FieldRef[] = [];
  const calls: CallRef[] = [];
  for (const node of walk(ast.kind === "query" ? ast.body : ast, childrenOf)) {
    if (node.kind === "call") calls.push({ name: node.name, span: node.nameSpan });
    if (node.kind !== "field" || node.incomplete) continue;
    fields.push({ name: node.name, span: node.nameSpan, optional: node.optionalSpan !== undefined });
  }
  return { fields, calls };
}
