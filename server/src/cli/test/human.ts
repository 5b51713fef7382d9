/** A run of tests for people: each case with its outcome, what is not exercised, and a summary. */
import { type CaseOutcome } from "../../core/testing/report.ts";
import { lineIndexOf } from "../../core/text/lineIndex.ts";
import { shortened } from "../../core/text/excerpt.ts";
import { textAt } from "../../core/text/span.ts";
import { renderExplanation, renderSequenceExplanation } from "../../core/engine/explainText.ts";
import { countsOf, OUTCOMES, type PlacedProblem, placedProblems, type TestReport } from "./report.ts";
import { type RuleTests, type TimedReport } from "./runTests.ts";

export interface HumanOptions {
  readonly colour: boolean;
  /** Explanations under what failed. */
  readonly explains: boolean;
  /** Rules that have no test are named. */
  readonly showsUntested: boolean;
}

const MARKS: Readonly<Record<CaseOutcome, string>> = {
  passed: "✓",
  failed: "✗",
  unsupported: "?",
  todo: "○",
  error: "!",
  scratch: "·",
};

const COLOURS: Readonly<Record<CaseOutcome, number>> = {
  passed: 32,
  failed: 31,
  unsupported: 33,
  todo: 33,
  error: 31,
  scratch: 2,
};

export function humanTests(report: TestReport, options: HumanOptions): string {
  const tested = report.rules.filter(({ reports }) => 0 < reports.length);
  const untested = report.rules.filter(({ reports }) => reports.length === 0).map(({ rule }) => rule.path);
  const problems = placedProblems(report).map(problemLine);
  const blocks = [
    ...tested.map((one) => `${ruleBlock(one, options)}\n`),
    ...(problems.length === 0 ? [] : [`${problems.join("")}\n`]),
    ...(options.showsUntested && 0 < untested.length
      ? [`Rules without tests:\n${indented(untested)}\n`]
      : []),
  ];
  return `${blocks.join("")}${summary(report, tested, untested.length)}`;
}

function problemLine({ path, check, severity, message, range }: PlacedProblem): string {
  const place = range === undefined ? path : `${path}:${range.start.line}:${range.start.column}`;
  return `${place}: ${severity}: ${message} [${check}]\n`;
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}\n`).join("");
}

function ruleBlock({ rule, reports, coverage, mutations }: RuleTests, options: HumanOptions): string {
  const lines = [rule.path];
  for (const report of reports) {
    lines.push(`  ${painted(report.outcome, options)} ${report.testCase.name}${detailOf(report)}`);
    if (options.explains && report.outcome === "failed") lines.push(...explanationLines(report));
  }
  // A query whose clauses nobody can tell apart has none to cover.
  if (coverage !== undefined && 0 < coverage.total) {
    lines.push(
      `  ${coverage.exercised} of ${coverage.total} clauses exercised`,
      ...unexercisedLines(rule, coverage),
    );
  }
  if (mutations !== undefined && 0 < mutations.judged.length) {
    lines.push(`  ${mutations.noticedCount} of ${mutations.judged.length} changes of the query are noticed`);
    for (const { mutation, noticedBy } of mutations.judged)
      if (noticedBy === undefined) lines.push(`    not noticed: ${mutation.name}`);
  }
  return `${lines.join("\n")}\n`;
}

function unexercisedLines(
  { text, rule }: RuleTests["rule"],
  { unexercised }: NonNullable<RuleTests["coverage"]>,
): readonly string[] {
  const host = rule.queries.find(({ role }) => role === "query")?.host;
  if (host === undefined) return [];
  const lines = lineIndexOf(text);
  return unexercised.map(({ span, message }) => {
    const line = lines.positionAt(host.map.toHostSpan(span).start).line + 1;
    return `    ${line}: \`${shortened(textAt(host.value, span), LONGEST_CLAUSE)}\` ${message}`;
  });
}

const LONGEST_CLAUSE = 60;

function detailOf({ outcome, message, actual, alerts, eventCount, notes }: TimedReport): string {
  if (outcome === "scratch") return `: ${counted(alerts.length, "alert")} on ${counted(eventCount, "event")}`;
  const text = outcome === "passed" ? actual : (message ?? actual);
  return `: ${text}${notes.map((note) => `\n      ${note}`).join("")}`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

function explanationLines({ decisive, series, groups }: TimedReport): readonly string[] {
  const texts = [
    ...decisive.flatMap(({ message, explanation }) => [
      message,
      ...(explanation === undefined ? [] : [renderExplanation(explanation)]),
    ]),
    ...(series === undefined ? [] : [renderSequenceExplanation(series)]),
    ...groups.map(({ message }) => message),
  ];
  return texts.flatMap((text) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => `      ${line}`),
  );
}

function painted(outcome: CaseOutcome, { colour }: HumanOptions): string {
  const mark = MARKS[outcome];
  return colour ? `\u001b[${COLOURS[outcome]}m${mark}\u001b[0m` : mark;
}

function summary(report: TestReport, tested: readonly RuleTests[], untestedCount: number): string {
  const counts = countsOf(report);
  const parts = OUTCOMES.filter((one) => 0 < counts[one] || one === "passed" || one === "failed").map(
    (one) => `${counts[one]} ${one}`,
  );
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const total = sum(tested.map(({ coverage }) => coverage?.total ?? 0));
  const exercised = sum(tested.map(({ coverage }) => coverage?.exercised ?? 0));
  const judged = sum(tested.map(({ mutations }) => mutations?.judged.length ?? 0));
  const noticed = sum(tested.map(({ mutations }) => mutations?.noticedCount ?? 0));
  const lines = [
    `${counted(tested.length, "rule")} tested, ${untestedCount} without tests: ${parts.join(", ")} (${Math.round(report.milliseconds)} ms)`,
    ...(total === 0 ? [] : [`coverage: ${exercised} of ${total} clauses (${percent(exercised, total)})`]),
    ...(judged === 0 ? [] : [`mutation score: ${noticed} of ${judged} (${percent(noticed, judged)})`]),
  ];
  return `${lines.join("\n")}\n`;
}

function percent(part: number, whole: number): string {
  return `${Math.floor((100 * part) / whole)} %`;
}
