/** `in` and `in~`: lists of values, looked up at once whatever their length. */
import { type Span } from "../../text/span.ts";
import { type DateRange, dateRange } from "../date.ts";
import { canonicalAddress } from "../ip.ts";
import { compileTexts } from "../pattern.ts";
import { numberFrom, or3, type Present, readBoolean, type Scalar, type ValueType } from "../value.ts";
import { type TextTest } from "../wildcard.ts";
import { type Accepts, acceptsOf, compileComparison, truthOf } from "./comparison.ts";
import { type Compiled, compiledOf, lift, liftAll, REFUSED, testOf } from "./compiled.ts";
import { combinationsIn, type CompileContext, refuse } from "./context.ts";

export interface ListItem {
  readonly compiled: Compiled;
  readonly span: Span;
}

/** With `in~` the case of texts does not matter; wildcards are none in either form. */
export function compileMembership(
  context: CompileContext,
  operator: "in" | "in~",
  operand: Compiled,
  items: readonly ListItem[],
  span: Span,
): Compiled {
  if (items.some(({ compiled }) => compiled.constant === undefined)) {
    return withExpressions(context, operand, items, span);
  }
  const constants: Present[] = [];
  for (const { compiled } of items) {
    if (compiled.constant !== null && compiled.constant !== undefined) constants.push(compiled.constant);
  }
  const folding = operator === "in" ? "exact" : operand.isField ? "ascii" : "unicode";
  const texts = (some: readonly string[]): TextTest => compileTexts(some, folding);
  const accepts = listTest(operand.type, constants, texts);
  if (accepts === undefined) {
    const misfit = items.find(({ compiled }) => isMisfit(operand.type, compiled.constant ?? null));
    refuse(context, `this value in a list for the type ${operand.type}`, misfit?.span ?? span);
    return REFUSED;
  }
  if (constants.length === items.length) return testOf(operand, accepts);
  // With a null in the list nobody can say that a value is not in it.
  const evaluate = lift(operand.evaluate, (value) => (value !== null && accepts(value) ? true : null));
  const compiled = compiledOf("boolean", [operand], evaluate);
  if (compiled.constant !== undefined) return compiled;
  return { ...compiled, test: { operand: operand.evaluate, accepts } };
}

function withExpressions(
  context: CompileContext,
  operand: Compiled,
  items: readonly ListItem[],
  span: Span,
): Compiled {
  const equals = items.map(({ compiled }) => compileComparison(context, "==", operand, compiled, span));
  const evaluate = liftAll(
    equals.map((one) => one.evaluate),
    (values) => values.map(truthOf).reduce(or3, false),
    combinationsIn(context, span),
  );
  return compiledOf("boolean", [operand, ...items.map(({ compiled }) => compiled)], evaluate);
}

function isMisfit(type: ValueType, constant: Scalar): boolean {
  return constant !== null && acceptsOf("==", type, constant) === undefined;
}

function listTest(
  type: ValueType,
  constants: readonly Present[],
  texts: (some: readonly string[]) => TextTest,
): Accepts | undefined {
  switch (type) {
    case "date":
      return dateTest(constants);
    case "ip":
      return addressTest(constants);
    case "version": {
      const known = texts(constants.map(String));
      return (value) => known(String(value));
    }
    case "integer":
    case "double":
    case "number":
      return numberTest(constants);
    case "boolean": {
      const truths = constants.map(readBoolean);
      return truths.includes(undefined) ? undefined : (value) => truths.includes(value === true);
    }
    default:
      return mixedTest(constants, texts);
  }
}

/** Single addresses are looked up; blocks are asked one after the other. */
function addressTest(constants: readonly Present[]): Accepts | undefined {
  const single = new Set<Present>();
  const blocks: Accepts[] = [];
  for (const constant of constants) {
    const address = typeof constant === "string" ? canonicalAddress(constant) : undefined;
    const block = address === undefined ? acceptsOf("==", "ip", constant) : undefined;
    if (address !== undefined) single.add(address);
    else if (block === undefined) return undefined;
    else blocks.push(block);
  }
  return (value) => single.has(value) || blocks.some((block) => block(value));
}

/** Moments are looked up; days and hours are asked one after the other. */
function dateTest(constants: readonly Present[]): Accepts | undefined {
  const moments = new Set<Present>();
  const ranges: DateRange[] = [];
  for (const constant of constants) {
    const range = typeof constant === "boolean" ? undefined : dateRange(constant);
    if (range === undefined) return undefined;
    if (range.first === range.last) moments.add(range.first);
    else ranges.push(range);
  }
  return (value) =>
    moments.has(value) || ranges.some(({ first, last }) => first <= Number(value) && Number(value) <= last);
}

function numberTest(constants: readonly Present[]): Accepts | undefined {
  const numbers = constants.map((constant) =>
    typeof constant === "string" ? numberFrom(constant) : constant,
  );
  const known = new Set(numbers);
  if (numbers.some((number) => typeof number === "boolean" || Number.isNaN(number))) return undefined;
  return (value) => known.has(value as number); // Values of this type are numbers.
}

/** A text beside a number is read as a number, whichever of the two is in the list. */
function mixedTest(constants: readonly Present[], texts: (some: readonly string[]) => TextTest): Accepts {
  const strings = constants.filter((constant) => typeof constant === "string");
  const numbers = new Set(constants.filter((constant) => typeof constant === "number"));
  const truths = new Set(constants.filter((constant) => typeof constant === "boolean"));
  const numbersInStrings = new Set(strings.map(numberFrom));
  numbersInStrings.delete(NaN);
  const truthsInStrings = new Set(strings.map(readBoolean));
  const known = texts(strings);
  const hasOnlyStrings = strings.length === constants.length;
  return (value) => {
    switch (typeof value) {
      case "string": {
        if (known(value)) return true;
        if (hasOnlyStrings) return false;
        const truth = readBoolean(value);
        return numbers.has(numberFrom(value)) || (truth !== undefined && truths.has(truth));
      }
      case "number":
        return numbers.has(value) || numbersInStrings.has(value);
      default:
        return truths.has(value) || truthsInStrings.has(value);
    }
  };
}
