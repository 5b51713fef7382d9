import { type EqlBody, type EqlExpression, type EqlStep } from "./ast.ts";
import { subjectOf } from "./problem.ts";
import { areCompatible, described } from "./valueTypes.ts";
import { type Verification } from "./verify.ts";

type Series = Exclude<EqlBody, { readonly kind: "event" }>;

/** Keys in the same place must be of types that can be equal. */
export function checkKeys(verification: Verification, series: Series): void {
  const until = series.kind === "sample" ? undefined : series.until?.step;
  const [first, ...others] = until === undefined ? series.steps : [...series.steps, until];
  if (first === undefined) return;
  for (const step of others) {
    for (const [i, key] of keysOf(step).entries()) {
      const expected = keysOf(first)[i];
      if (expected !== undefined) checkKey(verification, expected, key);
    }
  }
}

function keysOf(step: EqlStep): readonly EqlExpression[] {
  return step.by?.keys ?? [];
}

function checkKey(verification: Verification, expected: EqlExpression, key: EqlExpression): void {
  const { type: left, inexact } = verification.valueOf(expected);
  const { type: right, ...value } = verification.valueOf(key);
  // That a key cannot be compared at all has been said.
  if (areCompatible(left, right) || inexact !== undefined || value.inexact !== undefined) return;
  const message = `The key ${subjectOf(key)} is ${described(right)}, and ${subjectOf(expected)} in its place is ${described(left)}`;
  verification.problems.report("incompatible-keys", key.span, message);
}
