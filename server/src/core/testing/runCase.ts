/** Runs a test case: its events through its rule, and what came out against what was expected. */
import { type CaseInputs } from "./cases/inputs.ts";
import { type CaseProblem } from "./cases/problem.ts";
import { type TestCase } from "./cases/testCase.ts";
import { type Result } from "../base/result.ts";
import { type CaseReport, errorReport, judged, refusalReport } from "./report.ts";
import { type PreparedRule, type Refusal } from "./run/prepared.ts";

/**
 * `prepared` and `inputs` may have failed: then that is the report. What runs is stopped by not asking for more of it;
 * nothing is kept.
 */
export function* runCase(
  testCase: TestCase,
  prepared: Result<PreparedRule, Refusal>,
  inputs: Result<CaseInputs, CaseProblem>,
): Generator<undefined, CaseReport> {
  if (!inputs.ok) return errorReport(testCase, inputs.error);
  if (!prepared.ok) return refusalReport(testCase, inputs.value, prepared.error);
  const rule = prepared.value;
  const { now, index } = testCase;
  const outcome = yield* rule.run({ ...inputs.value, now, index });
  if (!outcome.ok) return refusalReport(testCase, inputs.value, outcome.error);
  return yield* judged(testCase, rule, inputs.value, outcome.value);
}
