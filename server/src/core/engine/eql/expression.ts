/** Expressions as values: three-valued, with every combination of a document's values. */
import { unreachable } from "../../base/unreachable.ts";
import { type EqlExpression, type EqlNumber, type EqlString } from "../../query/eql/index.ts";
import { type Span } from "../../text/span.ts";
import { and3, or3, readBoolean, type Truth } from "../value.ts";
import { compileArithmetic, compileSign } from "./arithmetic.ts";
import { compileCall } from "./calls.ts";
import { compileComparison, negated, truthOf } from "./comparison.ts";
import { type Compiled, compiledOf, constantOf, lift, liftAll, REFUSED } from "./compiled.ts";
import { combinationsIn, type CompileContext, refuse } from "./context.ts";
import { compileField } from "./fields.ts";
import { compileMatch } from "./matching.ts";
import { compileMembership, type ListItem } from "./membership.ts";

export function compileExpression(context: CompileContext, expression: EqlExpression): Compiled {
  const { span } = expression;
  switch (expression.kind) {
    case "group":
      return compileExpression(context, expression.inner);
    case "string":
      return compileString(context, expression);
    case "number":
      return constantOf(expression.value, numberTypeOf(expression));
    case "boolean":
      return constantOf(expression.value, "boolean");
    case "null":
      return constantOf(null, "null");
    case "field":
      return compileField(context, expression);
    case "sign": {
      const operand = compileExpression(context, expression.operand);
      return compileSign(context, expression.operator, operand, expression.operand.span);
    }
    case "arithmetic":
      return compileChain(context, expression);
    case "not":
      return negated(asBoolean(context, compileExpression(context, expression.operand), span));
    case "and":
    case "or":
      return compileLogic(context, expression.kind, expression.operands, span);
    case "comparison": {
      const left = compileExpression(context, expression.left);
      const right = compileExpression(context, expression.right);
      return compileComparison(context, expression.operator, left, right, span);
    }
    case "in": {
      const operand = compileExpression(context, expression.operand);
      const items = listItems(context, expression.right);
      const found = compileMembership(context, expression.operator, operand, items, span);
      return expression.notSpan === undefined ? found : negated(found);
    }
    case "match": {
      if (expression.notSpan !== undefined) {
        refuse(context, `\`not ${expression.operator}\``, expression.notSpan);
        return REFUSED;
      }
      const operand = compileExpression(context, expression.operand);
      const { right } = expression;
      const items = right.kind === "list" ? listItems(context, right) : [itemOf(context, right)];
      return compileMatch(context, expression.operator, operand, items, expression.operand.span);
    }
    case "call":
      return compileCall(
        context,
        expression,
        expression.arguments.map((one) => compileExpression(context, one)),
      );
    case "list":
    case "relationship":
    case "invalid":
    case "hole":
      refuse(context, NOT_RUN[expression.kind], span);
      return REFUSED;
    default:
      return unreachable(expression);
  }
}

const NOT_RUN = {
  list: "a list by itself",
  relationship: "a relationship between processes",
  invalid: "parts that do not go together",
  hole: "an unfinished condition",
} as const;

/** A boolean, or what may be one. */
export function asBoolean(context: CompileContext, compiled: Compiled, span: Span): Compiled {
  if (compiled.type === "boolean" || compiled.type === "null") return compiled;
  if (compiled.type !== "unknown") {
    refuse(context, `a condition of the type ${compiled.type}`, span);
    return REFUSED;
  }
  const evaluate = lift(compiled.evaluate, (value) => (value === null ? null : (readBoolean(value) ?? null)));
  const boolean = compiledOf("boolean", [compiled], evaluate);
  return {
    ...boolean,
    test: { operand: compiled.evaluate, accepts: (value) => readBoolean(value) === true },
  };
}

function compileString(context: CompileContext, string: EqlString): Compiled {
  if (string.form === "escaped" || string.form === "raw") return constantOf(string.value, "string");
  refuse(context, "a string in quotes that EQL does not have", string.span);
  return REFUSED;
}

function numberTypeOf({ type }: EqlNumber): "integer" | "double" {
  return type === "double" ? "double" : "integer";
}

function compileChain(
  context: CompileContext,
  { operands, operators, span }: EqlExpression & { readonly kind: "arithmetic" },
): Compiled {
  const [first, ...others] = operands;
  if (first === undefined) return REFUSED;
  const steps = others.map((operand, i) => ({
    operator: operators[i]?.operator ?? "+",
    operand: compileExpression(context, operand),
    span: operand.span,
  }));
  return compileArithmetic(context, compileExpression(context, first), first.span, steps, span);
}

function compileLogic(
  context: CompileContext,
  kind: "and" | "or",
  operands: readonly EqlExpression[],
  span: Span,
): Compiled {
  const booleans = operands.map((one) => asBoolean(context, compileExpression(context, one), one.span));
  const [join, start]: readonly [(left: Truth, right: Truth) => Truth, Truth] =
    kind === "and" ? [and3, true] : [or3, false];
  const evaluate = liftAll(
    booleans.map((boolean) => boolean.evaluate),
    (values) => values.map(truthOf).reduce(join, start),
    combinationsIn(context, span),
  );
  return compiledOf("boolean", booleans, evaluate);
}

function listItems(context: CompileContext, list: EqlExpression): readonly ListItem[] {
  if (list.kind === "list") return list.items.map((item) => itemOf(context, item));
  refuse(context, "`in` without a list", list.span);
  return [];
}

function itemOf(context: CompileContext, expression: EqlExpression): ListItem {
  return { compiled: compileExpression(context, expression), span: expression.span };
}
