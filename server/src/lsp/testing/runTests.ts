/** Runs cases of a rule for a client, with what failed them in Markdown, and what they cover. */
import { type CancellationToken } from "vscode-languageserver";
import { renderExplanation, renderSequenceExplanation } from "../../core/engine/explainText.ts";
import { type ClauseResult, isExercised, leavesOf, partResults } from "../../core/testing/clauseCounts.ts";
import { expectationOf } from "../../core/testing/run/expectation.ts";
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

export function reportOf(one: OneRule, { report, milliseconds }: TimedReport): TestCaseReport {
  const sentence = sentenceOf(one, report);
  const { testCase, outcome, expected, actual, eventCount, alerts, ruleSpan } = report;
  return {
    id: testCase.id,
    outcome,
    message: sentence ?? null,
    expected,
    actual,
    eventCount,
    alertCount: alerts.length,
    range: ruleSpan === undefined ? null : rangeIn(lineIndexOf(one.rule.text), ruleSpan),
    detail: detailOf(report, sentence ?? ""),
    milliseconds,
  };
}

/** With what was expected in it, as an editor shows it alone. */
function sentenceOf({ prepared, cases }: OneRule, report: TimedReport["report"]): string | undefined {
  const { testCase, message, outcome, alerts, decisive } = report;
  const isJudged = outcome === "failed" || (outcome === "todo" && !report.nowPasses);
  if (!isJudged || !prepared.ok || expectationOf(testCase, prepared.value.isPerEvent).kind !== "every")
    return message;
  const inputs = cases.find((one) => one.testCase === testCase)?.inputs;
  const events = inputs?.ok === true ? inputs.value.events : [];
  const alerting = new Set(alerts.flatMap((alert) => alert.events));
  const silentCount = events.filter((event) => !alerting.has(event)).length;
  const reason = decisive[0]?.message;
  // What fails as a whole is told as it is.
  if (reason === undefined || silentCount === 0) return message;
  const head =
    events.length === 1
      ? "Expected the event to alert, and it did not"
      : `Expected every event to alert; ${silentCount} of ${events.length} did not`;
  return `${head}: ${reason}`;
}

/** What the sentence says already is not said again. */
function detailOf({ decisive, series, groups, notes }: TimedReport["report"], sentence: string): string {
  const blocks = [
    ...decisive.flatMap(({ message, explanation }) => [
      ...(sentence.endsWith(message) ? [] : [message]),
      ...(explanation === undefined ? [] : [fenced(renderExplanation(explanation))]),
    ]),
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
