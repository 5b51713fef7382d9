/** The parts of an EQL query that ask something of single events, with the values of their lists. */
import { lazy } from "../../base/lazy.ts";
import { compileCondition } from "../../engine/eql/compile.ts";
import { eventClause } from "../../engine/eql/explain.ts";
import { type EqlOptions } from "../../engine/eql/plan.ts";
import { walk } from "../../query/ast.ts";
import {
  childrenOf,
  type EqlAst,
  type EqlEvent,
  type EqlExpression,
  type EqlMatch,
  type EqlMembership,
  type EqlParse,
} from "../../query/eql/index.ts";
import { type Span } from "../../text/span.ts";
import { type ListValue, type QueryPart } from "./prepared.ts";

export function eqlParts({ text, ast }: EqlParse, options: EqlOptions): readonly QueryPart[] {
  const { body } = ast;
  const partOf = (
    event: EqlEvent,
    place: Pick<QueryPart, "label" | "span" | "role">,
  ): readonly QueryPart[] => {
    const clause = eventClause(text, event, options);
    if (!clause.ok) return [];
    return [{ ...place, clause: clause.value, values: lazy(() => listValues(event, options)) }];
  };
  if (body.kind === "event") return partOf(body, { label: undefined, span: body.span, role: "event" });
  const steps = body.steps.flatMap(({ event, span, missing }, i) => {
    return partOf(event, { label: `step ${i + 1}`, span, role: missing ? "missing" : "event" });
  });
  const until = body.kind === "sequence" ? body.until?.step : undefined;
  if (until === undefined) return steps;
  return [...steps, ...partOf(until.event, { label: "until", span: until.span, role: "until" })];
}

/** More values than this, and nobody wants to hear of each. */
const MOST_VALUES = 2000;

function listValues({ condition }: EqlEvent, options: EqlOptions): readonly ListValue[] {
  const values: ListValue[] = [];
  for (const node of walk<EqlAst>(condition, childrenOf)) {
    const list = listOf(node);
    if (list === undefined) continue;
    for (const item of list.items) {
      const accepts = compileCondition(withOnly(list.leaf, item), options);
      if (!accepts.ok) continue;
      const { span: leafSpan, notSpan } = list.leaf;
      values.push({ span: item.span, leafSpan, isExcluded: notSpan !== undefined, accepts: accepts.value });
    }
    if (MOST_VALUES < values.length) return values;
  }
  return values;
}

interface ValueList {
  readonly leaf: EqlMatch | EqlMembership;
  readonly items: readonly EqlExpression[];
}

/** Undefined if the node is no leaf with at least two values. */
function listOf(node: EqlAst): ValueList | undefined {
  if (node.kind !== "match" && node.kind !== "in") return undefined;
  const { right } = node;
  return right.kind === "list" && 1 < right.items.length ? { leaf: node, items: right.items } : undefined;
}

/** `not in` asks the same of the value as `in`. */
function withOnly(leaf: ValueList["leaf"], item: EqlExpression): EqlExpression {
  const span: Span = item.span;
  return { ...leaf, notSpan: undefined, right: { kind: "list", span, items: [item], closeSpan: undefined } };
}
