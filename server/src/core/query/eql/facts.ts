import { type Span } from "../../text/span.ts";
import { walk } from "../ast.ts";
import { type CallRef, type EqualityRef, type FieldRef, type QueryFacts, type QueryPart } from "../facts.ts";
import { type EqlAst, type EqlExpression, type EqlStep } from "./ast.ts";
import { childrenOf, withoutGroups } from "./children.ts";

interface Found {
  readonly fields: FieldRef[];
  readonly calls: CallRef[];
  readonly equalities: EqualityRef[];
}

/** Fields and calls, keys included, in the order of the text. Arguments of pipes are numbers, not fields. */
export function factsOf(ast: EqlAst): QueryFacts {
  const body = ast.kind === "query" ? ast.body : ast;
  const { fields, calls, equalities } = foundIn([body]);
  return { fields, calls, equalities, parts: partsOf(body, { span: body.span, fields, equalities }) };
}

/** Elastic's validation looks at each step of a sequence apart, with the keys of the whole sequence before it. */
function partsOf(body: EqlAst, whole: QueryPart): readonly QueryPart[] {
  if (body.kind !== "sequence") return [whole];
  const steps = [...body.steps, body.until?.step].filter((step) => step !== undefined);
  if (steps.length === 0) return [whole];
  return steps.map((step) => partOf(step, body.by === undefined ? [step] : [body.by, step]));
}

function partOf(step: EqlStep, nodes: readonly EqlAst[]): QueryPart {
  const { fields, equalities } = foundIn(nodes);
  const span: Span = step.span;
  return { span, fields, equalities };
}

function foundIn(nodes: readonly EqlAst[]): Found {
  const found: Found = { fields: [], calls: [], equalities: [] };
  for (const root of nodes) {
    for (const node of walk(root, childrenOf)) addFacts(node, found);
  }
  return found;
}

function addFacts(node: EqlAst, { fields, calls, equalities }: Found): void {
  switch (node.kind) {
    case "call":
      calls.push({ name: node.name, span: node.nameSpan });
      return;
    case "field":
      if (!node.incomplete)
        fields.push({ name: node.name, span: node.nameSpan, optional: node.optionalSpan !== undefined });
      return;
    case "comparison":
      if (node.operator === "==") addEquality(equalities, node.left, node.right);
      return;
    case "in":
      if (node.right.kind === "list")
        for (const item of node.right.items) addEquality(equalities, node.operand, item);
      return;
    default:
      return;
  }
}

function addEquality(equalities: EqualityRef[], left: EqlExpression, right: EqlExpression): void {
  const field = withoutGroups(left);
  const value = withoutGroups(right);
  if (field.kind === "string" && value.kind === "field") addEquality(equalities, value, field);
  if (field.kind !== "field" || field.incomplete || value.kind !== "string") return;
  equalities.push({ field: field.name, value: value.value, span: value.span });
}
