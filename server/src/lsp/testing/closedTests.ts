/** Files of tests that are not open: orphans, duplicates, and manifests that cannot be read as they are meant. */
import { type CancellationToken } from "vscode-languageserver";
import { testFileDiagnostics } from "../../core/analysis/testFile.ts";
import { type CaseProblem } from "../../core/testing/cases/problem.ts";
import { lineIndexOf } from "../../core/text/lineIndex.ts";
import { type ClosedReport } from "../closedRules.ts";
import { toDiagnostic } from "../convert.ts";
import { pageOf } from "../handlers/diagnostics.ts";
import { type Session } from "../session.ts";

/** A workspace in which more is wrong is told of these, which is enough to see it. */
const MOST_FILES = 500;

export class ClosedTests {
  readonly #session: Session;
  #reports: readonly ClosedReport[] = [];
  /** What the reports rest on; undefined where nobody tells of changes. */
  #key: string | undefined;
  #resultCount = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Undefined if it was cancelled. */
  async reports(token: CancellationToken): Promise<readonly ClosedReport[] | undefined> {
    const { tests, files, changeKey } = this.#session;
    const key = tests.places.isWatching
      ? `${tests.changeCount} ${changeKey} ${[...files.open()].join("\n")}`
      : undefined;
    if (key !== undefined && key === this.#key) return this.#reports;
    const before = new Map(this.#reports.map((report) => [report.file, report]));
    const reports: ClosedReport[] = [];
    for (const root of tests.places.roots) {
      const found = await tests.problems(root, token);
      if (found === undefined) return undefined;
      for (const [path, problems] of byPath(found.problems)) {
        if (MOST_FILES <= reports.length) break;
        const text = found.manifests.get(path) ?? "";
        const report = await this.#reportOf(tests.places.fileOf(root, path), text, problems, before);
        if (token.isCancellationRequested) return undefined;
        if (report !== undefined) reports.push(report);
      }
    }
    this.#reports = reports;
    this.#key = key;
    return reports;
  }

  /** Undefined if there is nothing to tell. */
  async #reportOf(
    file: string,
    text: string,
    problems: readonly CaseProblem[],
    before: ReadonlyMap<string, ClosedReport>,
  ): Promise<ClosedReport | undefined> {
    if (this.#session.files.open().has(file)) return undefined;
    const uri = this.#session.files.uriOf(file);
    const config = (await this.#session.configOf(uri)).checks;
    const found = testFileDiagnostics(text, { findings: [], problems }, config);
    if (found.length === 0) return undefined;
    const lines = lineIndexOf(text);
    const context = {
      uri,
      pageOf: (check: string) => pageOf(this.#session, check),
      otherFile: () => undefined,
    };
    const items = found.map((diagnostic) => toDiagnostic({ lines: () => lines }, diagnostic, context));
    const known = before.get(file);
    const isSame = known !== undefined && JSON.stringify(known.items) === JSON.stringify(items);
    return isSame ? known : { file, uri, resultId: `tests:${++this.#resultCount}`, items };
  }
}

function byPath(problems: readonly CaseProblem[]): ReadonlyMap<string, readonly CaseProblem[]> {
  const found = new Map<string, CaseProblem[]>();
  for (const problem of problems) {
    const known = found.get(problem.path);
    if (known === undefined) found.set(problem.path, [problem]);
    else known.push(problem);
  }
  return found;
}
