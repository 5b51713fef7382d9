/** Calls of functions: the right number and types of arguments, and then what `functions.ts` computes. */
import { type EqlCall, type EqlParameter, functionNamed } from "../../query/eql/index.ts";
import { type Span } from "../../text/span.ts";
import { type Scalar, textOf, type ValueType } from "../value.ts";
import { asNumber, typeOfResult } from "./arithmetic.ts";
import { type Allows, type Compiled, compiledOf, type Evaluate, lift, liftAll, REFUSED } from "./compiled.ts";
import { combinationsIn, type CompileContext, failWith, refuse } from "./context.ts";
import { type Apply, type CallSite, FUNCTIONS, isDoubleText, VARIADIC_FUNCTIONS } from "./functions.ts";
import { isText } from "./matching.ts";

export function compileCall(context: CompileContext, call: EqlCall, given: readonly Compiled[]): Compiled {
  const known = functionNamed(call.name);
  const name = known?.name.toLowerCase() ?? "";
  const fixed = FUNCTIONS.get(name);
  const variadic = VARIADIC_FUNCTIONS.get(name);
  if (known === undefined || (fixed ?? variadic) === undefined) {
    return refused(context, `the function \`${call.name}\``, call.nameSpan);
  }
  if (call.insensitive && !known.hasInsensitiveForm) {
    return refused(context, `\`${known.name}\` with \`~\``, call.nameSpan);
  }
  const parameters = given.flatMap((_one, i) => parameterAt(known.parameters, i) ?? []);
  const required = known.parameters.filter(({ optional }) => optional !== true).length;
  if (given.length < required || parameters.length < given.length) {
    return refused(context, `\`${known.name}\` with ${given.length} arguments`, call.span);
  }
  const operands = parameters.map((parameter, i) => {
    return asArgument(context, parameter, given[i] ?? REFUSED, call.arguments[i]?.span ?? call.span);
  });
  const site = siteOf(context, call, operands);
  const apply = fixed?.(site);
  const applyAll = variadic?.(site);
  if (context.refusal !== undefined) return REFUSED;
  const type = typeOfCall(known.returns, operands, name);
  const allows = combinationsIn(context, call.span);
  if (apply !== undefined) return bound(type, operands, apply, allows);
  const evaluate = liftAll(evaluatesOf(operands), applyAll ?? (() => null), allows);
  return compiledOf(type, operands, evaluate);
}

function refused(context: CompileContext, feature: string, span: Span): Compiled {
  refuse(context, feature, span);
  return REFUSED;
}

function parameterAt(parameters: readonly EqlParameter[], index: number): EqlParameter | undefined {
  const last = parameters.at(-1);
  return parameters[index] ?? (last?.repeated === true ? last : undefined);
}

function asArgument(context: CompileContext, parameter: EqlParameter, given: Compiled, span: Span): Compiled {
  if (parameter.constant === true && given.constant === undefined) {
    return refused(context, `an argument that is not the same for every event`, span);
  }
  const types = new Set<string>(parameter.types);
  if (types.has("any")) return given;
  if (types.has("number")) return asNumber(context, given, span);
  if (types.has("integer")) return asInteger(context, given, span);
  if (types.has("boolean")) {
    const isBoolean = given.type === "boolean" || given.type === "null" || given.type === "unknown";
    return isBoolean ? given : refused(context, `an argument of the type ${given.type}`, span);
  }
  if (types.has("ip") && given.type === "ip") return given;
  if (!isText(given.type)) return refused(context, `an argument of the type ${given.type}`, span);
  if (given.type !== "unknown") return given;
  const evaluate = lift(given.evaluate, (value) => (value === null ? null : textOf(value, "unknown")));
  return { ...compiledOf("unknown", [given], evaluate), isField: given.isField };
}

function asInteger(context: CompileContext, given: Compiled, span: Span): Compiled {
  const number = asNumber(context, given, span);
  if (number.type === "double") return refused(context, "a position that is no whole number", span);
  if (number.type !== "number") return number;
  const evaluate = lift(number.evaluate, (value) => {
    if (value === null || Number.isInteger(value)) return value;
    return failWith(context, "a position that is no whole number", span);
  });
  return compiledOf("integer", [number], evaluate);
}

function siteOf(context: CompileContext, call: EqlCall, operands: readonly Compiled[]): CallSite {
  return {
    insensitive: call.insensitive,
    types: operands.map(({ type }) => type),
    constants: operands.map(({ constant }) => constant),
    spans: call.arguments.map(({ span }) => span),
    fail: (feature) => failWith(context, feature, call.span),
    refuse: (feature, span) => refuse(context, feature, span),
  };
}

function typeOfCall(
  returns: "string" | "number" | "integer" | "boolean",
  operands: readonly Compiled[],
  name: string,
): ValueType {
  if (returns !== "number") return returns;
  const [first, second] = operands;
  if (name !== "number") return typeOfResult(first?.type ?? "null", second?.type ?? "null");
  if (typeof first?.constant !== "string") return "number";
  return isDoubleText(first.constant, second?.constant ?? null) ? "double" : "integer";
}

/** Where one argument alone depends on the document, the others are bound once. */
function bound(type: ValueType, operands: readonly Compiled[], apply: Apply, allows: Allows): Compiled {
  const [a = null, b = null, c = null, d = null] = operands.map(({ constant }) => constant ?? null);
  const dynamic = operands.flatMap(({ constant }, i) => (constant === undefined ? [i] : []));
  const [index = 0] = dynamic;
  const operand = operands[index];
  if (operand === undefined || dynamic.length !== 1) {
    const all = evaluatesOf(operands.slice(0, 4));
    const evaluate = liftAll(all, ([a = null, b = null, c = null, d = null]) => apply(a, b, c, d), allows);
    return compiledOf(type, operands, evaluate);
  }
  const applyOne = [
    (value: Scalar) => apply(value, b, c, d),
    (value: Scalar) => apply(a, value, c, d),
    (value: Scalar) => apply(a, b, value, d),
    (value: Scalar) => apply(a, b, c, value),
  ][index];
  if (applyOne === undefined) return REFUSED;
  const compiled = compiledOf(type, operands, lift(operand.evaluate, applyOne));
  if (type !== "boolean") return compiled;
  return {
    ...compiled,
    test: { operand: operand.evaluate, accepts: (value) => applyOne(value) === true },
  };
}

function evaluatesOf(operands: readonly Compiled[]): readonly Evaluate[] {
  return operands.map(({ evaluate }) => evaluate);
}
