/** EQL as closures over documents: what can be known beforehand is computed once, and nothing is interpreted per event. */
import { type Result } from "../../base/result.ts";
import { type EqlEvent, type EqlExpression } from "../../query/eql/index.ts";
import { type Scalar } from "../value.ts";
import { isSeveral } from "./compiled.ts";
import { type CompileContext, compileContext, refuse } from "./context.ts";
import { compileConditionTree, predicateOf } from "./condition.ts";
import { compileExpression } from "./expression.ts";
import { fieldReader } from "./fields.ts";
import { compileKeyReader } from "./keys.ts";
import { type EqlOptions, type KeyReader, type Predicate, type Unsupported } from "./plan.ts";
import { type JsonObject } from "../event.ts";
import { beginEvents } from "../work.ts";

/** What an expression is for a document: one item, or several where fields hold several values. Null: not known. */
export type ValueReader = (document: JsonObject) => readonly Scalar[];

/** The category and the condition. */
export function compileEvent(event: EqlEvent, options: EqlOptions): Result<Predicate, Unsupported> {
  return compiling(options, (context) => {
    const isInCategory = compileCategory(context, event);
    const condition = compileConditionTree(context, event.condition);
    const holds = predicateOf(condition);
    if (isInCategory === undefined) return holds;
    if (condition.kind === "constant" && condition.value === true) return isInCategory;
    return (document) => isInCategory(document) && holds(document);
  });
}

export function compileCondition(
  condition: EqlExpression,
  options: EqlOptions,
): Result<Predicate, Unsupported> {
  return compiling(options, (context) => predicateOf(compileConditionTree(context, condition)));
}

/** The keys by which events belong together. */
export function compileKeys(
  keys: readonly EqlExpression[],
  options: EqlOptions,
): Result<KeyReader, Unsupported> {
  return compiling(options, (context) => compileKeyReader(context, keys));
}

export function compileValue(
  expression: EqlExpression,
  options: EqlOptions,
): Result<ValueReader, Unsupported> {
  return compiling(options, (context) => {
    const { evaluate } = compileExpression(context, expression);
    return (document) => {
      const values = evaluate(document);
      return isSeveral(values) ? values : [values];
    };
  });
}

function compiling<T>(options: EqlOptions, compile: (context: CompileContext) => T): Result<T, Unsupported> {
  const context = compileContext(options);
  const value = compile(context);
  context.isCompiling = false;
  beginEvents(context.work);
  return context.refusal === undefined ? { ok: true, value } : { ok: false, error: context.refusal };
}

/** Undefined if every category will do. Any of the document's categories counts, letters as they are. */
function compileCategory(context: CompileContext, event: EqlEvent): Predicate | undefined {
  const { category } = event;
  if (category === undefined || category.form === "quoted") {
    refuse(context, "an event without a category", category?.span ?? event.span);
    return undefined;
  }
  if (category.form === "any") return undefined;
  const { options } = context;
  const { value: wanted } = category;
  const read = fieldReader(options, options.categoryField, "string");
  return (document) => {
    const values = read(document);
    return isSeveral(values) ? values.includes(wanted) : values === wanted;
  };
}
