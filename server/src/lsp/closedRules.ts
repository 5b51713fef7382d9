/** Rules that are not open and share something with others: what a comparison says of them. */
import type * as lsp from "vscode-languageserver";
import { isConcerned, workspaceChecks } from "../core/analysis/comparing.ts";
import { runChecks } from "../core/analysis/runChecks.ts";
import { CHECKS } from "../core/checks/registry.generated.ts";
import { drive } from "./drive.ts";
import { protocolDiagnostics } from "./handlers/diagnostics.ts";
import { type Session } from "./session.ts";

export interface ClosedReport {
  readonly file: string;
  readonly uri: string;
  /** Another one whenever the items are others. */
  readonly resultId: string;
  readonly items: readonly lsp.Diagnostic[];
}

/** Undefined if it was cancelled. */
export interface ClosedReports {
  reports(token: lsp.CancellationToken): Promise<readonly ClosedReport[] | undefined>;
}

export function allReports(all: readonly ClosedReports[]): ClosedReports {
  return {
    async reports(token) {
      const found: ClosedReport[] = [];
      for (const one of all) {
        const reports = await one.reports(token);
        if (reports === undefined) return undefined;
        found.push(...reports);
      }
      return found;
    },
  };
}

const COMPARISONS = workspaceChecks(CHECKS);

/** A workspace that holds everything twice is told of these, which is enough to see it. */
const MOST_FILES = 500;

export class ClosedRules implements ClosedReports {
  readonly #session: Session;
  #reports: readonly ClosedReport[] = [];
  /** What the reports rest on. */
  #key = "";
  #resultCount = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Undefined if it was cancelled. */
  async reports(token: lsp.CancellationToken): Promise<readonly ClosedReport[] | undefined> {
    const key = `${this.#session.changeKey} ${[...this.#session.files.open()].join("\n")}`;
    if (key === this.#key) return this.#reports;
    const before = new Map(this.#reports.map((report) => [report.file, report]));
    const reports: ClosedReport[] = [];
    for (const { file, root } of this.#concernedFiles().slice(0, MOST_FILES)) {
      const report = await this.#reportOf(file, root, before.get(file), token);
      if (token.isCancellationRequested) return undefined;
      if (report !== undefined) reports.push(report);
    }
    this.#reports = reports;
    this.#key = key;
    return reports;
  }

  #concernedFiles(): readonly { readonly file: string; readonly root: string }[] {
    const open = this.#session.files.open();
    return [...this.#session.workspaces()].flatMap(([root, index]) =>
      [...index.rules()].flatMap((summary) => {
        if (!isConcerned(summary, index, COMPARISONS)) return [];
        const file = this.#session.host.join(root, summary.path);
        return open.has(file) ? [] : [{ file, root }];
      }),
    );
  }

  /** Undefined if there is nothing to tell. */
  async #reportOf(
    file: string,
    root: string,
    before: ClosedReport | undefined,
    token: lsp.CancellationToken,
  ): Promise<ClosedReport | undefined> {
    const document = await this.#session.onDisk(file);
    if (document === undefined) return undefined;
    const { uri, snapshot } = document;
    const work = runChecks(snapshot, {
      checks: COMPARISONS,
      workspace: this.#session.workspaces().get(root),
      onCrash: (check, error) => this.#session.logCrash(uri, check, error),
    });
    const found = await drive(work, { isStale: () => token.isCancellationRequested });
    const compared = found?.filter(({ check }) => COMPARISONS.some(({ id }) => id === check)) ?? [];
    const told = document.told(compared);
    if (told.length === 0) return undefined;
    const items = await protocolDiagnostics(this.#session, document, told);
    const isSame = before !== undefined && JSON.stringify(before.items) === JSON.stringify(items);
    return isSame ? before : { file, uri, resultId: `closed:${++this.#resultCount}`, items };
  }
}
