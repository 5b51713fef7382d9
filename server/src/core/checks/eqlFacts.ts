/** What a fact about a field means for a test of the same field. */
import { type FieldCatalog } from "../knowledge/fields.ts";
import {
  excludes,
  type FieldTest,
  includes,
  type SignedTest,
  type ValueSet,
} from "../query/eql/fieldTest.ts";
import { holdsOneValue, holdsText } from "./fieldShape.ts";

/** More comparisons than this for one pair of lists, and nothing is said of them. */
const MAX_PAIRS = 20_000;

/** True if no value in `set` can be there where the fact holds. */
export function rulesOut(fields: FieldCatalog, fact: SignedTest, set: ValueSet): boolean {
  if (!fact.isPositive) return fact.test.sets.some((known) => includes(known, set));
  const { name } = fact.test.field;
  if (set.kind === "text" && !holdsText(fields, name)) return false;
  // In a list of values, one can meet the fact and another the test.
  return holdsOneValue(fields, name) && fact.test.sets.every((known) => excludes(known, set));
}

/** True if the test holds wherever the fact does. */
export function implies(fact: SignedTest, test: FieldTest): boolean {
  return fact.isPositive && fact.test.sets.every((known) => test.sets.some((set) => includes(set, known)));
}

/** Facts whose lists are short enough to compare. */
export function comparable<F extends SignedTest>(facts: readonly F[], test: FieldTest): readonly F[] {
  return facts.filter((fact) => fact.test.sets.length * test.sets.length <= MAX_PAIRS);
}
