/** Several values of which one must fit: those of keywords that have no wildcard are looked up at once. */
import { type KqlLiteral } from "../../query/kql/index.ts";
import { familyOf } from "../../query/kql/valueTypes.ts";
import { type ValueTest } from "./plan.ts";
import { existenceTest } from "./valueTests.ts";

/** Up to so many, asking one after the other is as fast. */
const FEW = 4;

/** Undefined if the type does not take one of the values. */
export function manyTest(
  type: string | undefined,
  literals: readonly KqlLiteral[],
  testOf: (literal: KqlLiteral) => ValueTest | undefined,
): ValueTest | undefined {
  const isKeyword = familyOf(type) === "keyword";
  const exact = isKeyword ? literals.filter((literal) => literal.type !== "wildcard") : [];
  const isLong = FEW < exact.length;
  const tests: ValueTest[] = isLong ? [lookup(type, exact)] : [];
  for (const literal of literals) {
    if (isLong && literal.type !== "wildcard") continue;
    const test = testOf(literal);
    if (test === undefined) return undefined;
    tests.push(test);
  }
  const [only] = tests;
  if (tests.length === 1) return only;
  return (value) => {
    for (const test of tests) if (test(value)) return true;
    return false;
  };
}

function lookup(type: string | undefined, literals: readonly KqlLiteral[]): ValueTest {
  const texts = new Set(literals.map(({ text }) => text));
  const isIndexed = existenceTest(type);
  return (value) => texts.has(String(value)) && isIndexed(value);
}
