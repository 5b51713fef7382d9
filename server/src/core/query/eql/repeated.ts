/** Parts of a condition that say again what another part beside them says. */
import { type Span } from "../../text/span.ts";
import { type EqlExpression, type EqlLogic } from "./ast.ts";
import { canonicalOf, canonicalValue } from "./canonical.ts";
import { includes, type FieldTest, type ValueSet } from "./fieldTest.ts";

export interface Repeated {
  /** Which part it is. */
  readonly index: number;
  /** The part that covers it. */
  readonly by: Span;
}

/** Operands of `and` or `or` that stand there before, whatever their layout. */
export function repeatedOperands({ operands }: EqlLogic): readonly Repeated[] {
  const subjects = operands.map(subjectOf);
  const counts = new Map<string, number>();
  for (const subject of subjects) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  const isAlone = (subject: string): boolean => counts.get(subject) === 1;
  if (subjects.every(isAlone)) return [];
  return repetitions(operands, (operand, index) => {
    const subject = subjects[index] ?? "";
    return isAlone(subject) ? subject : canonicalOf(operand);
  });
}

/** What is seen of an operand at once: two that mean the same have the same. */
function subjectOf(operand: EqlExpression): string {
  switch (operand.kind) {
    case "group":
      return subjectOf(operand.inner);
    case "not":
      return `not ${subjectOf(operand.operand)}`;
    case "in":
    case "match":
      return `${operand.operator} ${subjectOf(operand.operand)}`;
    case "comparison":
      return `${operand.operator} ${subjectOf(operand.left)}`;
    case "field":
    case "call":
      return `${operand.kind} ${operand.name.toLowerCase()}`;
    default:
      return operand.kind;
  }
}

/** More comparisons than this for one list, and only values that are the same are told. */
const MAX_PAIRS = 50_000;

/** Values of a list that stand there before, or that a wildcard of the list covers. */
export function repeatedValues(
  items: readonly EqlExpression[],
  test: FieldTest | undefined,
  ignoresCase: boolean,
): readonly Repeated[] {
  const same = repetitions(items, (item) => canonicalValue(item, ignoresCase));
  if (test?.sets.length !== items.length) return same;
  const { sets } = test;
  const wide = sets.filter((set) => set.kind === "text" && set.hasWildcards);
  if (MAX_PAIRS < wide.length * sets.length) return same;
  const told = new Set(same.map(({ index }) => index));
  const covered = sets.flatMap((set, index) => {
    const by = told.has(index) ? undefined : wide.find((one) => coversOther(sets, one, set));
    return by === undefined ? [] : [{ index, by: by.span }];
  });
  return [...same, ...covered];
}

/** Of two that cover each other, the later one is told. */
function coversOther(sets: readonly ValueSet[], general: ValueSet, specific: ValueSet): boolean {
  if (general === specific || !includes(general, specific)) return false;
  return !includes(specific, general) || sets.indexOf(general) < sets.indexOf(specific);
}

function repetitions(
  parts: readonly EqlExpression[],
  keyOf: (part: EqlExpression, index: number) => string,
): readonly Repeated[] {
  const first = new Map<string, EqlExpression>();
  return parts.flatMap((part, index) => {
    const key = keyOf(part, index);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, part);
    return earlier === undefined ? [] : [{ index, by: earlier.span }];
  });
}
