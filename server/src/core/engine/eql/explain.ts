/** Why one event matches an EQL condition or does not. Verdicts are those of the compiled query. */
import { type Result } from "../../base/result.ts";
import { type EqlComparison, type EqlEvent, type EqlExpression } from "../../query/eql/index.ts";
import { type EventRecord, type JsonObject } from "../event.ts";
import { type Clause, explained, type Explanation } from "../explain.ts";
import { type Truth } from "../value.ts";
import { compileCondition, compileEvent } from "./compile.ts";
import { compileConditionTree, type Condition } from "./condition.ts";
import { type CompileContext, compileContext } from "./context.ts";
import { compileExpression } from "./expression.ts";
import { categoryReason, reasonReader } from "./explainReasons.ts";
import { type EqlOptions, type Failure, type Unsupported } from "./plan.ts";

/** What the parts of a condition are compiled with. */
interface ExplainContext {
  /** The whole query. */
  readonly text: string;
  readonly compile: CompileContext;
  /** What documents are too much for, as they are looked at. */
  readonly failures: Failure[];
}

/** `text` is the whole query in which `event` stands: all of it with its category, or a condition alone. */
export function explainEvent(
  text: string,
  event: EqlEvent | EqlExpression,
  record: EventRecord,
  options: EqlOptions,
): Result<Explanation, Unsupported> {
  const clause = eventClause(text, event, options);
  return clause.ok ? { ok: true, value: explained(text, clause.value, record.document) } : clause;
}

/** To explain many events: the work on the query is done once. */
export function eventClause(
  text: string,
  event: EqlEvent | EqlExpression,
  options: EqlOptions,
): Result<Clause, Unsupported> {
  const failures: Failure[] = [];
  const onFailure = (failure: Failure): number => failures.push(failure);
  const own: EqlOptions = { ...options, onFailure };
  const whole = event.kind === "event" ? compileEvent(event, own) : compileCondition(event, own);
  if (!whole.ok) return whole;
  const compile = compileContext(own);
  const context: ExplainContext = { text, compile, failures };
  const clause = event.kind === "event" ? eventParts(context, event) : conditionClause(context, event);
  compile.isCompiling = false;
  return { ok: true, value: clause };
}

function eventParts(context: ExplainContext, event: EqlEvent): Clause {
  const condition = conditionClause(context, event.condition);
  const { category, span } = event;
  if (category === undefined || category.form === "any") return { kind: "all", span, children: [condition] };
  const { options } = context.compile;
  const always: EqlExpression = { kind: "boolean", span: category.span, value: true };
  const isInCategory = compileEvent({ ...event, condition: always }, options);
  const leaf: Clause = {
    kind: "leaf",
    span: category.span,
    truthOf: (document) => isInCategory.ok && isInCategory.value(document),
    reasonOf: categoryReason(options),
  };
  return { kind: "all", span, children: [leaf, condition] };
}

function conditionClause(context: ExplainContext, expression: EqlExpression): Clause {
  const { span } = expression;
  switch (expression.kind) {
    case "group":
      return conditionClause(context, expression.inner);
    case "and":
    case "or": {
      const children = expression.operands.map((operand) => conditionClause(context, operand));
      return { kind: expression.kind === "and" ? "all" : "any", span, children };
    }
    case "not":
      return { kind: "not", span, child: conditionClause(context, expression.operand) };
    case "comparison":
      return comparedWithBoolean(context, expression) ?? leafClause(context, expression);
    default:
      return leafClause(context, expression);
  }
}

/** `X == true` is X, where X is no field and no value. */
function comparedWithBoolean(context: ExplainContext, comparison: EqlComparison): Clause | undefined {
  const { operator, span } = comparison;
  if (operator !== "==" && operator !== "!=") return undefined;
  const left = compileExpression(context.compile, comparison.left);
  const right = compileExpression(context.compile, comparison.right);
  const [compared, constant, condition] =
    right.constant === undefined
      ? [right, left.constant, comparison.right]
      : [left, right.constant, comparison.left];
  if (typeof constant !== "boolean" || compared.constant !== undefined) return undefined;
  if (compared.isField || compared.type !== "boolean") return undefined;
  const child = conditionClause(context, condition);
  const isSame = constant === (operator === "==");
  return isSame ? { kind: "all", span, children: [child] } : { kind: "not", span, child };
}

function leafClause({ text, compile, failures }: ExplainContext, leaf: EqlExpression): Clause {
  const truthOf = truthReader(compileConditionTree(compile, leaf));
  const reasonOf = reasonReader(text, leaf, compile.options);
  return {
    kind: "leaf",
    span: leaf.span,
    truthOf,
    reasonOf: (document) => {
      failures.length = 0;
      truthOf(document);
      const [failure] = failures;
      const reason = reasonOf(document);
      if (failure === undefined) return reason;
      const { by, feature } = failure;
      const told =
        by === "engine" ? `${feature} is more than can be looked at` : `Elasticsearch fails on ${feature}`;
      return reason === undefined ? told : `${reason}; ${told}`;
    },
  };
}

function truthReader(condition: Condition): (document: JsonObject) => Truth {
  if (condition.kind === "constant") return () => condition.value;
  const { holds, fails } = condition;
  return (document) => (holds(document) ? true : fails === undefined || fails(document) ? false : null);
}
