/** Runs cases of a rule for a client, with what failed them in Markdown, and what they cover. */
import { type CancellationToken } from "vscode-languageserver";
import { renderExplanation, renderSequenceExplanation } from "../../core/engine/explainText.ts";
import { type ClauseResult, isExercised, leavesOf, partResults } from "../../core/testing/clauseCounts.ts";
import { lineIndexOf } from "../../core/text/lineIndex.ts";
import { textAt } from "../../core/text/span.ts";
import { type CoveredClause, type TestCaseReport, type TestRun, type TestRunResult } from "../protocol.ts";
import { queryPlaces, rangeIn } from "./places.ts";
import { type TimedReport } from "./ruleTests.ts";
import { type OneRule, type TestService } from "./testService.ts";

/** What was stopped in between gives what was done by then. */
export async function runTests(
  service: TestService,
  { uri, cases, withCoverage }: TestRun,
  token: CancellationToken,
): Promise<TestRunResult> {
  const one = await service.rule(uri, token);
  if (one === undefined || one === "stopped") return { reports: [], coverage: [] };
  const ids = cases === null ? undefined : new Set(cases);
  const wanted = one.cases.filter(({ testCase }) => ids === undefined || ids.has(testCase.id));
  const reports: TestCaseReport[] = [];
  for (const ready of wanted) {
    const timed = await service.run(one, ready);
    if (timed === undefined) return { reports, coverage: [] };
    reports.push(reportOf(one, timed));
  }
  return { reports, coverage: withCoverage ? await coverage(one) : [] };
}

export function reportOf({ rule }: OneRule, { report, milliseconds }: TimedReport): TestCaseReport {
  const { testCase, outcome, message, expected, actual, eventCount, alerts, ruleSpan } = report;
  return {
    id: testCase.id,
    outcome,
    message: message ?? null,
    expected,
    actual,
    eventCount,
    alertCount: alerts.length,
    range: ruleSpan === undefined ? null : rangeIn(lineIndexOf(rule.text), ruleSpan),
    detail: detailOf(report),
    milliseconds,
  };
}

function detailOf({ decisive, series, groups, notes }: TimedReport["report"]): string {
  const blocks = [
    ...decisive.map(({ message, explanation }) =>
      explanation === undefined ? message : `${message}\n\n${fenced(renderExplanation(explanation))}`,
    ),
    ...(series === undefined ? [] : [fenced(renderSequenceExplanation(series))]),
    ...groups.map(({ message }) => `- ${message}`),
    ...notes,
  ];
  return blocks.join("\n\n");
}

export function fenced(text: string): string {
  const fence = text.includes("```") ? "~~~~" : "```";
  return `${fence}text\n${text}\n${fence}`;
}

/** Leaves of the query, and the values of their lists, by how many events of tests exercise them. */
async function coverage(one: OneRule): Promise<readonly CoveredClause[]> {
  const places = queryPlaces(one.rule);
  if (!one.prepared.ok || places === undefined) return [];
  const { query } = one.prepared.value;
  const events = one.cases
    .filter(({ testCase }) => testCase.expect !== "events" && !testCase.isTodo)
    .flatMap(({ inputs }) => (inputs.ok ? inputs.value.events : []));
  const parts = await one.options.drive(partResults(one.prepared.value, events));
  return (parts ?? []).flatMap(({ root }) =>
    leavesOf(root).flatMap((leaf): readonly CoveredClause[] => {
      const counted = [{ span: leaf.span, count: exercisedCount(leaf) }];
      const values = leaf.values.map(({ span, trueCount }) => ({ span, count: trueCount }));
      return (values.length === 0 ? counted : values).map(({ span, count }) => ({
        range: places(span),
        count,
        text: textAt(query, span),
      }));
    }),
  );
}

function exercisedCount(leaf: ClauseResult): number {
  if (!isExercised(leaf)) return 0;
  return leaf.role === "exclusion" ? leaf.heldAlone : leaf.trueInMatches;
}
