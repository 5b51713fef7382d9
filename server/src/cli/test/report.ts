/** What a run of tests has found, as its reporters see it. */
import { checkOfProblem } from "../../core/analysis/testFile.ts";
import { type CaseProblem } from "../../core/testing/cases/problem.ts";
import { type CaseOutcome } from "../../core/testing/report.ts";
import { type LineIndex, lineIndexOf } from "../../core/text/lineIndex.ts";
import { type TestRun, type TimedReport } from "./runTests.ts";

export interface TestReport extends TestRun {
  readonly milliseconds: number;
}

/** Outcomes that assert something, in the order of summaries. */
export const OUTCOMES = [
  "passed",
  "failed",
  "unsupported",
  "todo",
  "error",
] as const satisfies readonly CaseOutcome[];

export type OutcomeCounts = Readonly<Record<(typeof OUTCOMES)[number], number>>;

export function countsOf({ rules }: Pick<TestRun, "rules">): OutcomeCounts {
  const counts = { passed: 0, failed: 0, unsupported: 0, todo: 0, error: 0 };
  for (const { reports } of rules) {
    for (const { outcome } of reports) if (outcome !== "scratch") counts[outcome]++;
  }
  return counts;
}

/** Without scratch events, of which nothing is expected. */
export function assertions(reports: readonly TimedReport[]): readonly TimedReport[] {
  return reports.filter(({ outcome }) => outcome !== "scratch");
}

/** A problem of a test file, with its place as people count: from 1. */
export interface PlacedProblem {
  readonly path: string;
  readonly check: string;
  readonly severity: CaseProblem["severity"];
  readonly message: string;
  /** Undefined: the file as a whole. */
  readonly range: { readonly start: TextPlace; readonly end: TextPlace } | undefined;
}

export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

export function placedProblems({ problems, manifests }: TestRun): readonly PlacedProblem[] {
  const known = new Map<string, LineIndex>();
  const linesOf = (path: string): LineIndex => {
    const lines = known.get(path) ?? lineIndexOf(manifests.get(path) ?? "");
    known.set(path, lines);
    return lines;
  };
  return problems.map((problem) => {
    const { path, severity, message, span } = problem;
    const place = (offset: number): TextPlace => {
      const { line, character } = linesOf(path).positionAt(offset);
      return { line: line + 1, column: character + 1 };
    };
    const range = span && { start: place(span.start), end: place(span.end) };
    return { path, check: checkOfProblem(problem), severity, message, range };
  });
}
