/** The JSON report: a stable shape of its own, version 1, mapped from our diagnostics. */
import path from "node:path";
import { type Diagnostic } from "../../core/analysis/diagnostic.ts";
import { type LineIndex } from "../../core/text/lineIndex.ts";
import { type CheckReport, countOf } from "./report.ts";

/** 1-based line and column in UTF-16 units. */
interface JsonPosition {
  readonly line: number;
  readonly column: number;
}

export function jsonReport(report: CheckReport): string {
  const { files, cwd, milliseconds } = report;
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
      path: path.relative(cwd, file.path).split(path.sep).join("/"),
      diagnostics: file.diagnostics.map((diagnostic) => jsonDiagnostic(file.lines, diagnostic)),
    })),
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
