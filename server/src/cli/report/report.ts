import { type Severity } from "../../core/checks/check.ts";
import { type Compared } from "../baseline.ts";
import { type FixedFile } from "../fix.ts";
import { type JudgedFile } from "../judge.ts";

/** What a run of `check` found; reporters turn it into text. */
export interface CheckReport {
  readonly files: readonly JudgedFile[];
  readonly milliseconds: number;
  /** What the baseline has to do with it; undefined if there is none. */
  readonly baseline: Pick<Compared, "knownCount" | "stale"> | undefined;
  /** Files that were mended before the others were judged. */
  readonly fixed: readonly FixedFile[];
  /** Paths are shown relative to this folder. */
  readonly cwd: string;
}

export function countOf(report: CheckReport, severity: Severity): number {
  return report.files.reduce(
    (count, file) => count + file.diagnostics.filter((diagnostic) => diagnostic.severity === severity).length,
    0,
  );
}
