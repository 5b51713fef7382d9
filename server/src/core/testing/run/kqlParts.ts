/** A KQL query as what it asks of a single event, with the values of its lists. */
import { lazy } from "../../base/lazy.ts";
import { type Clause } from "../../engine/explain.ts";
import { compileKql } from "../../engine/kql/compile.ts";
import { type KqlOptions } from "../../engine/kql/plan.ts";
import {
  childrenOf,
  isLoneStar,
  type KqlAst,
  type KqlIs,
  type KqlLiteral,
  type KqlParse,
  withoutGroups,
} from "../../query/kql/index.ts";
import { type ListValue, type QueryPart } from "./prepared.ts";

export function kqlParts({ ast }: KqlParse, clause: Clause, options: KqlOptions): readonly QueryPart[] {
  const { span } = ast;
  return [{ label: undefined, span, role: "event", clause, values: lazy(() => listValues(ast, options)) }];
}

/** More values than this, and nobody wants to hear of each. */
const MOST_VALUES = 2000;

function listValues(query: KqlAst, options: KqlOptions): readonly ListValue[] {
  const values: ListValue[] = [];
  for (const leaf of comparisonsIn(query)) {
    for (const literal of listOf(leaf)) {
      const only: KqlIs = { ...leaf, value: literal };
      const accepts = compileKql({ kind: "query", span: leaf.span, condition: only }, options);
      if (!accepts.ok) continue;
      const { span } = literal;
      values.push({ span, leafSpan: leaf.span, isExcluded: false, accepts: accepts.value });
    }
    if (MOST_VALUES < values.length) return values;
  }
  return values;
}

/** What stands in the braces of a nested field is part of one leaf. */
function* comparisonsIn(node: KqlAst): Generator<KqlIs> {
  if (node.kind === "is") yield node;
  else if (node.kind !== "nested") for (const child of childrenOf(node)) yield* comparisonsIn(child);
}

/** The values of a leaf of which any will do; none if there is but one, or more than values. */
function listOf({ field, value }: KqlIs): readonly KqlLiteral[] {
  const inner = withoutGroups(value);
  if (inner.kind !== "or" || field.kind === "hole" || field.type === "null") return [];
  const literals = inner.operands.filter((operand) => operand.kind === "literal");
  return literals.length === inner.operands.length && !literals.some(isLoneStar) ? literals : [];
}
