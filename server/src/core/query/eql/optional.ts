/** What becomes of a condition where an optional field is in no mapping: `?field` is null there. */
import { type EqlExpression, type EqlField } from "./ast.ts";
import { withoutGroups } from "./children.ts";
import { constantOf } from "./constants.ts";

/** What a part of a condition may be worth for some event: bits, to be joined. */
const TRUE = 1;
const FALSE = 2;
const UNKNOWN = 4;

export interface DroppedLeaf {
  readonly field: EqlField;
  /** The leaf, inside the `not` or with a `not` of its own, that is null for every event. */
  readonly leaf: EqlExpression;
}

/** Leaves that are meant to exclude events, and drop every event where the optional field is in no mapping. */
export function* droppingLeaves(condition: EqlExpression, field: EqlField): Generator<DroppedLeaf> {
  yield* visit(condition, field, false);
}

function* visit(expression: EqlExpression, field: EqlField, isInNot: boolean): Generator<DroppedLeaf> {
  const inner = withoutGroups(expression);
  if (inner.kind === "not") {
    yield* visit(inner.operand, field, !isInNot);
    return;
  }
  if (inner.kind === "and" || inner.kind === "or") {
    const decisive = inner.kind === "and" ? FALSE : TRUE;
    // One operand decides: what the others are worth does not matter.
    if (inner.operands.some((operand) => worth(operand, field) === decisive)) return;
    for (const operand of inner.operands) yield* visit(operand, field, isInNot);
    return;
  }
  const isNegated = inner.kind === "in" && inner.notSpan !== undefined;
  if (worth(inner, field) === UNKNOWN && isInNot !== isNegated) yield { field, leaf: inner };
}

function worth(expression: EqlExpression, field: EqlField): number {
  const inner = withoutGroups(expression);
  if (inner.kind === "not") return swapped(worth(inner.operand, field));
  if (inner.kind === "and") return joined(inner.operands, field);
  if (inner.kind === "or") {
    // Of the opposite of all operands, the opposite.
    return swapped(inner.operands.map((one) => swapped(worth(one, field))).reduce(both));
  }
  // A field alone is `field == true`, which null is not.
  if (inner.kind === "field") return isSame(inner, field) ? FALSE : TRUE | FALSE;
  const constant = constantOf(inner, (one) => isSame(one, field));
  if (constant === undefined) return TRUE | FALSE;
  return constant.value === null ? UNKNOWN : constant.value === true ? TRUE : FALSE;
}

function isSame(one: EqlField, field: EqlField): boolean {
  return one.optionalSpan !== undefined && one.name === field.name;
}

function joined(operands: readonly EqlExpression[], field: EqlField): number {
  return operands.map((one) => worth(one, field)).reduce(both);
}

/** `a and b`: false if either is, unknown if either is and the other is not false. */
function both(a: number, b: number): number {
  let result = (a | b) & FALSE;
  if ((a & TRUE) !== 0 && (b & TRUE) !== 0) result |= TRUE;
  if (((a & UNKNOWN) !== 0 && (b & (TRUE | UNKNOWN)) !== 0) || ((b & UNKNOWN) !== 0 && (a & TRUE) !== 0)) {
    result |= UNKNOWN;
  }
  return result;
}

function swapped(worthOf: number): number {
  return (worthOf & UNKNOWN) | ((worthOf & TRUE) === 0 ? 0 : FALSE) | ((worthOf & FALSE) === 0 ? 0 : TRUE);
}
