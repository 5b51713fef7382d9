/** A run of tests as JSON, in its own stable shape. */
import { assertions, countsOf, placedProblems, type TestReport } from "./report.ts";
import { type RuleTests } from "./runTests.ts";

export function jsonTests(
  report: TestReport,
  { showsUntested }: { readonly showsUntested: boolean },
): string {
  const tests = report.rules.flatMap(({ rule, reports }) =>
    assertions(reports).map(({ testCase, outcome, alerts, message }) => ({
      rule: rule.path,
      case: testCase.name,
      outcome,
      alerts: alerts.length,
      message: message ?? null,
    })),
  );
  const problems = placedProblems(report).map(({ range, ...problem }) => ({
    ...problem,
    range: range ?? null,
  }));
  const tested = report.rules.filter(({ reports }) => 0 < reports.length).map(scoresOf);
  const untested = report.rules.filter(({ reports }) => reports.length === 0).map(({ rule }) => rule.path);
  return `${JSON.stringify({
    version: 1,
    summary: countsOf(report),
    tests,
    problems,
    rules: tested,
    ...(showsUntested ? { untested } : {}),
  })}\n`;
}

function scoresOf({ rule, coverage, mutations }: RuleTests): object {
  return {
    path: rule.path,
    coverage: coverage === undefined ? null : { total: coverage.total, exercised: coverage.exercised },
    mutations:
      mutations === undefined ? null : { total: mutations.judged.length, noticed: mutations.noticedCount },
  };
}
