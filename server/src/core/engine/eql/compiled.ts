/** Expressions as closures, and how a function of single values becomes one of documents. */
import { type JsonObject } from "../event.ts";
import { type Present, type Scalar, type Values, type ValueType } from "../value.ts";

export type Evaluate = (document: JsonObject) => Values;

export interface Compiled {
  readonly type: ValueType;
  readonly evaluate: Evaluate;
  /** The value, if it is the same for every document; null is one. */
  readonly constant: Scalar | undefined;
  readonly isField: boolean;
  /** For a boolean that depends on one operand: the fast way to ask for it. */
  readonly test: ValueTest | undefined;
}

/** True if one of the operand's values is accepted. Null is not. */
export interface ValueTest {
  readonly operand: Evaluate;
  readonly accepts: (value: Present) => boolean;
}

export function constantOf(value: Scalar, type: ValueType): Compiled {
  return {
    type: value === null ? "null" : type,
    evaluate: () => value,
    constant: value,
    isField: false,
    test: undefined,
  };
}

/** Stands for what cannot be compiled; the context says why. */
export const REFUSED: Compiled = constantOf(null, "null");

/** The value of an expression is computed now if all of its operands are constant. */
export function compiledOf(type: ValueType, operands: readonly Compiled[], evaluate: Evaluate): Compiled {
  if (operands.some((operand) => operand.constant === undefined)) {
    return { type, evaluate, constant: undefined, isField: false, test: undefined };
  }
  const value = evaluate({});
  return constantOf(isSeveral(value) ? (value[0] ?? null) : value, type);
}

/** A boolean that depends on one operand. */
export function testOf(operand: Compiled, accepts: (value: Present) => boolean): Compiled {
  const evaluate = lift(operand.evaluate, (value) => (value === null ? null : accepts(value)));
  const compiled = compiledOf("boolean", [operand], evaluate);
  return compiled.constant === undefined
    ? { ...compiled, test: { operand: operand.evaluate, accepts } }
    : compiled;
}

export function lift(evaluate: Evaluate, apply: (value: Scalar) => Scalar): Evaluate {
  return (document) => {
    const values = evaluate(document);
    return isSeveral(values) ? distinct(values.map(apply)) : apply(values);
  };
}

export type Apply2 = (left: Scalar, right: Scalar) => Scalar;

/** May so many combinations of values be tried? If not, it tells whoever must know. */
export type Allows = (count: number) => boolean;

/** Every combination of values is tried, if they are not too many. */
export function lift2(left: Evaluate, right: Evaluate, apply: Apply2, allows: Allows): Evaluate {
  return (document) => combine(left(document), right(document), apply, allows);
}

export function combine(left: Values, right: Values, apply: Apply2, allows: Allows): Values {
  if (!isSeveral(left)) {
    return isSeveral(right) ? distinct(right.map((value) => apply(left, value))) : apply(left, right);
  }
  if (!isSeveral(right)) return distinct(left.map((value) => apply(value, right)));
  if (!allows(left.length * right.length)) return null;
  return distinct(left.flatMap((one) => right.map((other) => apply(one, other))));
}

export function liftAll(
  operands: readonly Evaluate[],
  apply: (values: readonly Scalar[]) => Scalar,
  allows: Allows,
): Evaluate {
  return (document) => {
    const all = operands.map((evaluate) => evaluate(document));
    if (!all.some(isSeveral)) return apply(all as readonly Scalar[]); // Just checked.
    let combinations: (readonly Scalar[])[] = [[]];
    for (const values of all) {
      const several = isSeveral(values) ? values : [values];
      if (1 < several.length && !allows(combinations.length * several.length)) return null;
      combinations = combinations.flatMap((begun) => several.map((value) => [...begun, value]));
    }
    return distinct(combinations.map(apply));
  };
}

export function isSeveral(values: Values): values is readonly Scalar[] {
  return typeof values === "object" && values !== null;
}

export function distinct(values: readonly Scalar[]): Values {
  const several = [...new Set(values)];
  return 1 < several.length ? several : (several[0] ?? null);
}
