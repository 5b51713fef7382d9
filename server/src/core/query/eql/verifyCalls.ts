import { closestWord } from "../../base/closest.ts";
import { type Fix } from "../../text/edit.ts";
import { cover, spanOf } from "../../text/span.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import { type EqlArithmetic, type EqlCall, type EqlExpression, type EqlSign } from "./ast.ts";
import { EQL_FUNCTIONS, type EqlFunction, type EqlParameter, functionNamed } from "./functions.ts";
import { insteadOfFunction } from "./otherFunctions.ts";
import { capitalized, subjectOf } from "./problem.ts";
import {
  allConstant,
  arithmeticType,
  described,
  type EqlType,
  type EqlValue,
  isNumeric,
  isOpen,
  valueOfType,
} from "./valueTypes.ts";
import { type Verification } from "./verify.ts";
import { checkFieldUse } from "./verifyFields.ts";

export function checkArithmetic(verification: Verification, node: EqlArithmetic | EqlSign): EqlValue {
  const operands = node.kind === "sign" ? [node.operand] : node.operands;
  const values = operands.map((operand) => verification.valueOf(operand));
  for (const [i, operand] of operands.entries()) {
    const operator =
      node.kind === "sign" ? node.operator : (node.operators[Math.max(0, i - 1)]?.operator ?? "+");
    const type = values[i]?.type ?? "unknown";
    if (isNumeric(type) || isOpen(type)) continue;
    // A plus before a value changes nothing, and is not looked at.
    if (node.kind === "sign" && operator === "+") return verification.valueOf(node.operand);
    const message = `${capitalized(subjectOf(operand))} is ${described(type)}, and ${operator} takes numbers`;
    verification.problems.report("type", operand.span, message);
  }
  return valueOfType(arithmeticType(values.map(({ type }) => type)), allConstant(values));
}

export function checkCall(verification: Verification, call: EqlCall): EqlValue {
  const isConstant = allConstant(call.arguments.map((argument) => verification.valueOf(argument)));
  const known = functionNamed(call.name);
  if (known === undefined) {
    reportUnknown(verification, call);
    return valueOfType("unknown", isConstant === true ? undefined : isConstant);
  }
  // A call without its end is half typed.
  const type = call.closeSpan === undefined ? "unknown" : resultType(verification, call, known);
  const result = valueOfType(type, isConstant);
  if (call.insensitive && !known.hasInsensitiveForm) reportTilde(verification, call);
  if (reportArity(verification, call, known)) return result;
  for (const [i, argument] of call.arguments.entries()) {
    const parameter = known.parameters[Math.min(i, known.parameters.length - 1)];
    if (parameter !== undefined) checkArgument(verification, known, parameter, argument, i);
  }
  return result;
}

function resultType(verification: Verification, call: EqlCall, known: EqlFunction): EqlType {
  if (known.returns !== "number") return known.returns;
  // Text may hold a fraction.
  if (known.name === "number") return "decimal";
  return arithmeticType(call.arguments.map((argument) => verification.valueOf(argument).type));
}

function reportUnknown({ problems }: Verification, call: EqlCall): void {
  const instead = insteadOfFunction(call);
  if (instead !== undefined)
    return problems.report("unknown-function", call.nameSpan, instead.message, instead.fixes);
  const meant = closestWord(
    call.name,
    EQL_FUNCTIONS.map(({ name }) => name),
  );
  const question = meant === undefined ? "" : `, did you mean \`${meant}\`?`;
  const tilde = call.insensitive ? "~" : "";
  const fixes =
    meant === undefined
      ? []
      : [asGuess(replaceWith(call.nameSpan, `${meant}${tilde}`, `Write \`${meant}\``))];
  problems.report("unknown-function", call.nameSpan, `Unknown function \`${call.name}\`${question}`, fixes);
}

function reportTilde({ problems }: Verification, call: EqlCall): void {
  const tilde = spanOf(call.nameSpan.end - 1, call.nameSpan.end);
  const message = `\`${call.name}\` has no form that ignores case`;
  problems.report("unknown-function", call.nameSpan, message, [replaceWith(tilde, "", "Remove the ~")]);
}

/** Whether the number of arguments is wrong. */
function reportArity({ problems }: Verification, call: EqlCall, known: EqlFunction): boolean {
  const { parameters } = known;
  const least = parameters.filter(({ optional }) => optional !== true).length;
  const most = parameters.some(({ repeated }) => repeated === true) ? Infinity : parameters.length;
  const found = call.arguments.length;
  if (found < least && call.closeSpan === undefined) return true;
  if (least <= found && found <= most) return false;
  const [first, last] = [call.arguments[most], call.arguments.at(-1)];
  const span = first === undefined || last === undefined ? call.nameSpan : cover(first.span, last.span);
  problems.report("arity", span, `\`${known.name}\` takes ${counted(least, most)}, not ${found}`);
  return true;
}

function counted(least: number, most: number): string {
  const unit = (count: number): string => (count === 1 ? "1 value" : `${count} values`);
  if (most === Infinity) return `at least ${unit(least)}`;
  return least === most ? unit(most) : `${least} or ${unit(most)}`;
}

const ORDINALS = ["first", "second", "third", "fourth"];

function checkArgument(
  verification: Verification,
  known: EqlFunction,
  parameter: EqlParameter,
  argument: EqlExpression,
  index: number,
): void {
  const value = verification.valueOf(argument);
  const which = `The ${ORDINALS[index] ?? `${index + 1}th`} value of \`${known.name}\``;
  if (parameter.constant === true && value.isConstant === false) {
    return verification.problems.report("type", argument.span, `${which} must be a constant`);
  }
  if (isAccepted(parameter, value.type)) return checkFieldUse(verification, argument);
  const message = `${which} must be ${wanted(parameter)}, not ${described(value.type)}`;
  const fixes = [textFix(parameter, argument)].filter((fix) => fix !== undefined);
  verification.problems.report("type", argument.span, message, fixes);
}

function isAccepted({ types }: EqlParameter, type: EqlType): boolean {
  if (isOpen(type)) return true;
  return types.some((accepted) => {
    if (accepted === "any") return true;
    if (accepted === "number") return isNumeric(type);
    return accepted === type || (accepted === "integer" && type === "number");
  });
}

function wanted({ types }: EqlParameter): string {
  const names = types.map((type) =>
    type === "any" ? "a value" : type === "integer" ? "a whole number" : described(type),
  );
  return names.join(" or ");
}

/** `startsWith(process.name, 1)`: text is wanted, and the literal can be one. */
function textFix({ types }: EqlParameter, argument: EqlExpression): Fix | undefined {
  if (!types.includes("string") || argument.kind !== "number") return undefined;
  return asGuess(replaceWith(argument.span, `"${argument.text}"`, "Put quotes around it"));
}
