/** The JSON report: a stable shape of its own, version 1, mapped from our diagnostics. */
import { type Diagnostic } from "../../core/analysis/diagnostic.ts";
import { type LineIndex } from "../../core/text/lineIndex.ts";
import { pathFrom } from "../../host/paths.ts";
import { type CheckReport, countOf } from "./report.ts";

/** 1-based line and column in UTF-16 units. */
interface JsonPosition {
  readonly line: number;
  readonly column: number;
}

export function jsonReport(report: CheckReport): string {
  const { files, cwd, milliseconds, baseline } = report;
  const fixed = report.fixed.filter(({ failure }) => failure === undefined);
  const document = {
    version: 1,
    summary: {
      files: files.length,
      errors: countOf(report, "error"),
      warnings: countOf(report, "warning"),
      infos: countOf(report, "info") + countOf(report, "hint"),
      milliseconds: Math.round(milliseconds),
    },
    files: files.map((file) => ({
      path: pathFrom(cwd, file.path),
      diagnostics: file.diagnostics.map((diagnostic) => jsonDiagnostic(file.lines, diagnostic)),
    })),
    ...(baseline === undefined ? {} : { baseline: { known: baseline.knownCount, stale: baseline.stale } }),
    ...(fixed.length === 0
      ? {}
      : { fixed: fixed.map((file) => ({ path: pathFrom(cwd, file.path), checks: file.checks })) }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function jsonDiagnostic(lines: LineIndex, diagnostic: Diagnostic): object {
  return {
    check: diagnostic.check,
    severity: diagnostic.severity,
    message: diagnostic.message,
    range: { start: position(lines, diagnostic.span.start), end: position(lines, diagnostic.span.end) },
    fixes: diagnostic.fixes.map(({ title, safety }) => ({ title, safety })),
    docs: `docs/checks/${diagnostic.check}.md`,
  };
}

function position(lines: LineIndex, offset: number): JsonPosition {
  const { line, character } = lines.positionAt(offset);
  return { line: line + 1, column: character + 1 };
}
