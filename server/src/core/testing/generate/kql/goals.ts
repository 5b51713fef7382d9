/** A KQL query as goals for the one event that it asks for. */
import { compileKql } from "../../../engine/kql/compile.ts";
import { type KqlOptions } from "../../../engine/kql/plan.ts";
import {
  isLoneStar,
  type KqlCondition,
  type KqlIs,
  type KqlLiteral,
  type KqlNested,
  type KqlQuery,
  type KqlRange,
  type KqlValue,
  withoutGroups,
} from "../../../query/kql/index.ts";
import { type Span } from "../../../text/span.ts";
import { type Ask } from "../asks.ts";
import { type Goal } from "../goals.ts";
import { asksOfLiteral, asksOfRange } from "./asks.ts";
import { concreteField } from "./fields.ts";

/** Its parts are the clauses of the query. */
export function goalOfKql(
  { condition, span }: KqlQuery,
  options: KqlOptions,
): Goal & { readonly kind: "all" } {
  if (condition === undefined) return { kind: "all", span, parts: [] };
  const goal = ofCondition(condition, { options, isWanted: true });
  return { kind: "all", span, parts: goal.kind === "all" ? goal.parts : [goal] };
}

interface Asking {
  readonly options: KqlOptions;
  readonly isWanted: boolean;
}

function ofCondition(condition: KqlCondition, asking: Asking): Goal {
  const inner = withoutGroups(condition);
  switch (inner.kind) {
    case "and":
    case "or":
      return joined(
        inner.kind,
        inner.span,
        asking,
        inner.operands.map((operand) => ofCondition(operand, asking)),
      );
    case "not":
      return ofCondition(inner.operand, { ...asking, isWanted: !asking.isWanted });
    case "is":
      return ofValue(inner, inner.value, inner.span, asking);
    case "range": {
      const { field, operator, value } = inner;
      if (field.kind === "hole" || value.kind !== "literal") return unknown(inner.span, asking);
      const name = concreteField(field, asking.options.types);
      const asks = asksOfRange(asking.options, name, operator, value);
      return atom(name, inner, asks, asking);
    }
    case "text":
      return atom("message", inner, asksOfLiteral(asking.options, "message", inner.value), asking);
    case "nested": {
      const name = inner.field.kind === "hole" ? undefined : inner.field.text;
      return name === undefined ? unknown(inner.span, asking) : atom(name, inner, [], asking);
    }
    case "invalid":
    case "hole":
      return unknown(inner.span, asking);
  }
}

/** Nothing fulfils it. */
function unknown(span: Span, { isWanted }: Asking): Goal {
  return { kind: isWanted ? "any" : "all", span, parts: [] };
}

function joined(word: "and" | "or", span: Span, { isWanted }: Asking, goals: readonly Goal[]): Goal {
  const kind = (word === "and") === isWanted ? "all" : "any";
  return { kind, span, parts: goals.flatMap((goal) => (goal.kind === kind ? goal.parts : [goal])) };
}

/** Values of which any will do are one leaf, as the engine has it. */
function ofValue(leaf: KqlIs, value: KqlValue, span: Span, asking: Asking): Goal {
  const inner = withoutGroups(value);
  switch (inner.kind) {
    case "and":
    case "or": {
      const literals = inner.operands.filter((operand) => operand.kind === "literal");
      const isList =
        inner.kind === "or" && literals.length === inner.operands.length && !literals.some(isLoneStar);
      if (isList) return ofLiterals(leaf, inner, literals, span, asking);
      const goals = inner.operands.map((operand) => ofValue(leaf, operand, operand.span, asking));
      return joined(inner.kind, span, asking, goals);
    }
    case "not":
      return ofValue(leaf, inner.operand, withoutGroups(inner.operand).span, {
        ...asking,
        isWanted: !asking.isWanted,
      });
    case "literal":
      return ofLiterals(leaf, inner, [inner], span, asking);
    case "invalid":
    case "hole":
      return unknown(span, asking);
  }
}

function ofLiterals(
  leaf: KqlIs,
  value: KqlValue,
  literals: readonly KqlLiteral[],
  span: Span,
  asking: Asking,
): Goal {
  const { field } = leaf;
  if (field.kind === "hole") return unknown(span, asking);
  const isAny = isLoneStar(field) && literals.every(isLoneStar);
  if (isAny) return { kind: asking.isWanted ? "all" : "any", span, parts: [] };
  const name = field.type === "null" ? "message" : concreteField(field, asking.options.types);
  const asks = literals.flatMap((literal) => asksOfLiteral(asking.options, name, literal));
  return atom(name, { ...leaf, value, span }, asks, asking);
}

function atom(
  field: string,
  condition: KqlIs | KqlRange | KqlNested | Extract<KqlCondition, { readonly kind: "text" }>,
  asks: readonly Ask[],
  { options, isWanted }: Asking,
): Goal {
  const { span } = condition;
  const compiled = compileKql({ kind: "query", span, condition }, options);
  const holds = compiled.ok ? compiled.value : (): boolean => !isWanted;
  return {
    kind: "literal",
    expression: { kind: "atom", span, asks, holds },
    isWanted,
    event: 0,
    fields: [field],
    span,
    prefersValue: false,
  };
}
