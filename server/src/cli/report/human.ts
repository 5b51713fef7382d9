/** The report for people: place, message and id, the source line with carets, and what would mend it. */
import path from "node:path";
import { styleText } from "node:util";
import { type Diagnostic } from "../../core/analysis/diagnostic.ts";
import { type Severity } from "../../core/checks/check.ts";
import { BASELINE_NAME } from "../../core/analysis/baseline.ts";
import { type JudgedFile } from "../judge.ts";
import { isEventsFile } from "../sampleEvents.ts";
import { type CheckReport, countOf } from "./report.ts";

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const STYLES: Readonly<Record<Severity, Style>> = {
  error: ["bold", "red"],
  warning: ["bold", "yellow"],
  info: ["bold", "cyan"],
  hint: ["bold", "gray"],
};

export function humanReport(report: CheckReport, options: { readonly colour: boolean }): string {
  const paint: Paint = options.colour
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_style, text) => text;
  const blocks = report.files.flatMap((file) =>
    file.diagnostics.map((one) => block(file, one, report.cwd, paint)),
  );
  return [...fixedLines(report), ...blocks, ...baselineLines(report), summary(report, paint)].join("\n");
}

function fixedLines({ fixed, cwd }: CheckReport): readonly string[] {
  const mended = fixed.filter(({ failure }) => failure === undefined);
  const lines = mended.map(
    ({ path: file, checks }) =>
      `Fixed ${path.relative(cwd, file)}: ${counted(checks.length, "problem")} (${[...new Set(checks)].sort().join(", ")})`,
  );
  return lines.length === 0 ? [] : [...lines, ""];
}

function baselineLines({ baseline }: CheckReport): readonly string[] {
  if (baseline === undefined) return [];
  const { knownCount, stale } = baseline;
  const known =
    knownCount === 0 ? [] : [`${counted(knownCount, "known problem")} of ${BASELINE_NAME} not shown`];
  const gone = stale.map(
    ({ path: file, check, text, count }) =>
      `${BASELINE_NAME}: ${count === 1 ? "" : `${count} times `}${check} at \`${text}\` is no longer in ${file}`,
  );
  const advice = gone.length === 0 ? [] : ["rulewright check --write-baseline takes that out"];
  return [...known, ...gone, ...advice].length === 0 ? [] : [...known, ...gone, ...advice, ""];
}

function block(file: JudgedFile, diagnostic: Diagnostic, cwd: string, paint: Paint): string {
  const { line, character } = file.lines.positionAt(diagnostic.span.start);
  const place = `${path.relative(cwd, file.path)}:${line + 1}:${character + 1}`;
  const head = `${place}: ${paint(STYLES[diagnostic.severity], diagnostic.severity)}: ${diagnostic.message} ${paint("gray", `[${diagnostic.check}]`)}`;
  return [head, ...excerpt(file, diagnostic, paint), ...fixLines(diagnostic, paint), ""].join("\n");
}

/** Longer lines are cut to a window around the place. */
const WINDOW = 110;

function excerpt(file: JudgedFile, { span, severity }: Diagnostic, paint: Paint): readonly string[] {
  const start = file.lines.positionAt(span.start);
  const end = file.lines.positionAt(span.end);
  const line = file.lines.lineText(start.line);
  if (line.trim() === "") return [];
  const endColumn = end.line === start.line ? end.character : line.length;
  const from = line.length <= WINDOW ? 0 : Math.max(0, Math.min(start.character - 30, line.length - WINDOW));
  const shown = line.slice(from, from + WINDOW).replaceAll("\t", " ");
  const before = from === 0 ? "" : "…";
  const after = from + WINDOW < line.length ? "…" : "";
  const width = Math.max(1, Math.min(endColumn, from + WINDOW) - start.character);
  const number = String(start.line + 1).padStart(6);
  const carets = " ".repeat(before.length + start.character - from) + "^".repeat(width);
  return [
    `${paint("gray", `${number} |`)} ${before}${shown}${after}`,
    `${paint("gray", "       |")} ${paint(STYLES[severity], carets)}`,
  ];
}

function fixLines({ fixes }: Diagnostic, paint: Paint): readonly string[] {
  return fixes.map(({ title }) => `${paint("gray", "       =")} fix: ${title}`);
}

function summary(report: CheckReport, paint: Paint): string {
  const counts = [counted(countOf(report, "error"), "error"), counted(countOf(report, "warning"), "warning")];
  const others = countOf(report, "info") + countOf(report, "hint");
  if (0 < others) counts.push(counted(others, "note"));
  const style: Style =
    0 < countOf(report, "error") ? "red" : 0 < countOf(report, "warning") ? "yellow" : "green";
  const rules = counted(report.files.filter((file) => !isEventsFile(file.path)).length, "rule");
  return `${paint(style, `${rules} checked: ${counts.join(", ")}`)} ${paint("gray", `(${Math.round(report.milliseconds)} ms)`)}\n`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
