/** A condition as goals: what must be made true, and what must not, with every `not` pushed down to the leaves. */
import {
  childrenOf,
  type EqlAst,
  type EqlEvent,
  type EqlExpression,
  functionNamed,
  withoutGroups,
} from "../../query/eql/index.ts";
import { walk } from "../../query/ast.ts";
import { type Predicate } from "../../engine/eql/plan.ts";
import { type Span } from "../../text/span.ts";
import { type Ask } from "./asks.ts";

export type Goal =
  | { readonly kind: "all" | "any"; readonly span: Span; readonly parts: readonly Goal[] }
  | (Literal & { readonly kind: "literal" });

/** A leaf of another language than EQL: what it asks of its field, and whether a document has it. */
export interface Atom {
  readonly kind: "atom";
  readonly span: Span;
  readonly asks: readonly Ask[];
  readonly holds: Predicate;
}

/** A leaf of a condition that must hold for an event, or must not. */
export interface Literal {
  /** An atom has one field. */
  readonly expression: EqlExpression | Atom;
  readonly isWanted: boolean;
  /** Which of the events is asked, counted from 0. */
  readonly event: number;
  /** The names of its fields, each once. */
  readonly fields: readonly string[];
  readonly span: Span;
  /** Better by another value of the field than by none. */
  readonly prefersValue: boolean;
}

/** The category and the condition. Its parts are the clauses of the event. */
export function goalOf(
  event: EqlEvent,
  position: number,
  categoryField: string,
): Goal & { readonly kind: "all" } {
  const parts: Goal[] = [];
  const { category, condition, span } = event;
  if (category !== undefined && category.form !== "any") {
    parts.push(literal(categoryIs(category.value, category.span, categoryField), true, position));
  }
  const goal = conditionGoal(condition, true, position);
  return { kind: "all", span, parts: [...parts, ...(goal.kind === "all" ? goal.parts : [goal])] };
}

function categoryIs(value: string, span: Span, field: string): EqlExpression {
  return {
    kind: "comparison",
    span,
    operator: "==",
    operatorSpan: span,
    left: fieldNamed(field, span),
    right: { kind: "string", span, value, form: "escaped", bodySpan: span },
  };
}

export function fieldNamed(name: string, span: Span): EqlExpression {
  return { kind: "field", span, name, nameSpan: span, parts: [], optionalSpan: undefined, incomplete: false };
}

/** The field must have a value. */
export function presence(field: string, span: Span, event: number): Literal {
  const expression: EqlExpression = {
    kind: "comparison",
    span,
    operator: "!=",
    operatorSpan: span,
    left: fieldNamed(field, span),
    right: { kind: "null", span },
  };
  return literal(expression, true, event);
}

function conditionGoal(expression: EqlExpression, isWanted: boolean, event: number): Goal {
  const inner = withoutGroups(expression);
  const { span } = inner;
  switch (inner.kind) {
    case "not":
      return conditionGoal(inner.operand, !isWanted, event);
    case "and":
    case "or": {
      const kind = (inner.kind === "and") === isWanted ? "all" : "any";
      const parts = inner.operands.map((operand) => conditionGoal(operand, isWanted, event));
      return { kind, span, parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])) };
    }
    case "boolean":
      return { kind: inner.value === isWanted ? "all" : "any", span, parts: [] };
    case "in": {
      if (inner.notSpan === undefined) return literal(inner, isWanted, event);
      return literal({ ...inner, notSpan: undefined }, !isWanted, event);
    }
    case "comparison": {
      const compared = comparedWithBoolean(inner);
      if (compared !== undefined)
        return conditionGoal(compared.condition, compared.isSame === isWanted, event);
      if (inner.operator !== "!=" || asksForNull(inner)) return literal(inner, isWanted, event);
      // `!=` is the opposite of `==`, also for an event without the field.
      return { ...literal({ ...inner, operator: "==" }, !isWanted, event), prefersValue: isWanted };
    }
    default:
      return literal(inner, isWanted, event);
  }
}

/** `X == true` is X, where X is no field and no value. */
function comparedWithBoolean({
  operator,
  left,
  right,
}: EqlExpression & { readonly kind: "comparison" }):
  { readonly condition: EqlExpression; readonly isSame: boolean } | undefined {
  if (operator !== "==" && operator !== "!=") return undefined;
  const [one, other] = [withoutGroups(left), withoutGroups(right)];
  const constant = other.kind === "boolean" ? other : one.kind === "boolean" ? one : undefined;
  const condition = other.kind === "boolean" ? one : other;
  if (constant === undefined || !isCondition(condition)) return undefined;
  return { condition, isSame: constant.value === (operator === "==") };
}

function asksForNull({ left, right }: EqlExpression & { readonly kind: "comparison" }): boolean {
  return [left, right].some((side) => withoutGroups(side).kind === "null");
}

function isCondition(expression: EqlExpression): boolean {
  if (expression.kind === "call") return functionNamed(expression.name)?.returns === "boolean";
  return ["and", "or", "not", "comparison", "in", "match"].includes(expression.kind);
}

export function literal(
  expression: EqlExpression,
  isWanted: boolean,
  event: number,
): Literal & { readonly kind: "literal" } {
  const fields = fieldsIn(expression);
  return { kind: "literal", expression, isWanted, event, fields, span: expression.span, prefersValue: false };
}

export function fieldsIn(expression: EqlExpression): readonly string[] {
  const names = new Set<string>();
  for (const node of walk<EqlAst>(expression, childrenOf)) if (node.kind === "field") names.add(node.name);
  return [...names];
}

/** What must come true for the goal to fail. */
export function opposite(goal: Goal): Goal {
  if (goal.kind === "literal") return { ...goal, isWanted: !goal.isWanted, prefersValue: true };
  return { kind: goal.kind === "all" ? "any" : "all", span: goal.span, parts: goal.parts.map(opposite) };
}

/** The same for another event. */
export function forEvent(goal: Goal, event: number): Goal {
  if (goal.kind === "literal") return { ...goal, event };
  return { ...goal, parts: goal.parts.map((part) => forEvent(part, event)) };
}

/** A goal that asks for something comes before one that forbids, and a single one before a choice. */
export function rankOf(goal: Goal): number {
  if (goal.kind === "literal") return (goal.isWanted ? 0 : 3) + (1 < goal.fields.length ? 1 : 0);
  if (goal.kind === "all") return Math.min(...goal.parts.map(rankOf), 5);
  return goal.parts.some(isAsking) ? 2 : 5;
}

/** Asks for something, and does not only forbid. */
export function isAsking(goal: Goal): boolean {
  return goal.kind === "literal" ? goal.isWanted : goal.parts.some(isAsking);
}
