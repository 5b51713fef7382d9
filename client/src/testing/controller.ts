/** The Test Explorer: rules and their cases, runs of every kind, and coverage. */
import {
  type CancellationToken,
  type Disposable,
  type TestRunRequest,
  CancellationTokenSource,
  FileCoverage,
  StatementCoverage,
  TestCoverageCount,
  TestRunProfileKind,
  Uri,
  l10n,
  tests,
} from "vscode";
import { type CoveredClause } from "../../../server/src/lsp/protocol.ts";
import { toRange } from "./ranges.ts";
import { type TestServer } from "./server.ts";
import { show } from "./show.ts";
import { testTree } from "./tree.ts";
import { onlyRules, wantedCases } from "./wanted.ts";

export interface RuleTesting extends Disposable {
  /** Reads the list of tests again. */
  refresh(): Promise<void>;
  /** Shows the cases of a rule as they are now. */
  look(ruleUri: string): Promise<void>;
  /** Rules or their events changed: continuous runs go again. */
  changed(ruleUris: readonly string[]): Promise<void>;
  /** Runs the cases of one rule, as if its icon was clicked. */
  runRule(ruleUri: string): Promise<void>;
  /** Rules with a case that is written in a file. */
  rulesTestedIn(fileUri: string): readonly string[];
}

/** Coverage of one file, with what it is made of. */
class RuleCoverage extends FileCoverage {
  readonly clauses: readonly CoveredClause[];

  constructor(uri: Uri, clauses: readonly CoveredClause[]) {
    const covered = clauses.filter(({ count }) => 0 < count).length;
    super(uri, new TestCoverageCount(covered, clauses.length));
    this.clauses = clauses;
  }
}

export function createTesting(server: TestServer): RuleTesting {
  const controller = tests.createTestController("rulewright", l10n.t("Detection Rules"));
  const tree = testTree(controller);
  const continuous = new Set<{ readonly request: TestRunRequest; readonly token: CancellationToken }>();

  async function run(
    request: TestRunRequest,
    token: CancellationToken,
    what: "cases" | "coverage",
  ): Promise<void> {
    const run = controller.createTestRun(request);
    const wanted = wantedCases(controller, tree, request);
    for (const items of wanted.values()) items.forEach((item) => run.started(item));
    const waiting = new Set([...wanted.values()].flat());
    try {
      for (const [uri, items] of wanted) {
        if (token.isCancellationRequested) break;
        const cases = items.flatMap((item) => tree.caseOf(item) ?? []);
        const withCoverage = what === "coverage";
        const result = await server.ask("tests/run", { uri, cases, withCoverage }, token);
        const reports = new Map(result.reports.map((report) => [report.id, report]));
        for (const item of items) {
          waiting.delete(item);
          const report = reports.get(tree.caseOf(item) ?? "");
          // A rule may be deleted while it is run, or a case renamed.
          if (report === undefined) run.skipped(item);
          else show(run, tree, item, uri, report);
        }
        if (0 < result.coverage.length) run.addCoverage(new RuleCoverage(Uri.parse(uri), result.coverage));
      }
    } finally {
      // Cancelled, or no answer came: nobody is left waiting.
      waiting.forEach((item) => run.skipped(item));
      run.end();
    }
  }

  async function start(request: TestRunRequest, token: CancellationToken): Promise<void> {
    if (request.continuous === true) {
      const entry = { request, token };
      continuous.add(entry);
      token.onCancellationRequested(() => continuous.delete(entry));
    }
    await run(request, token, "cases");
  }

  controller.createRunProfile(l10n.t("Run"), TestRunProfileKind.Run, start, true, undefined, true);
  const coverage = controller.createRunProfile(
    l10n.t("Run with Coverage"),
    TestRunProfileKind.Coverage,
    (request, token) => run(request, token, "coverage"),
  );
  coverage.loadDetailedCoverage = (_run, file) =>
    Promise.resolve(file instanceof RuleCoverage ? file.clauses.map(statement) : []);

  async function refresh(): Promise<void> {
    tree.replace(await server.ask("tests/list", { uri: null }));
  }
  async function look(ruleUri: string): Promise<void> {
    const [rule] = (await server.ask("tests/list", { uri: ruleUri })).rules;
    if (rule === undefined) tree.remove(ruleUri);
    else tree.update(rule);
  }
  controller.refreshHandler = refresh;
  controller.resolveHandler = async (item) => {
    if (item === undefined) await refresh();
  };

  return {
    refresh,
    look,
    async changed(ruleUris) {
      for (const uri of ruleUris) {
        await look(uri);
        // What the last run said is said of an older text.
        const item = tree.rule(uri);
        if (item !== undefined) controller.invalidateTestResults(item);
      }
      for (const { request, token } of [...continuous]) {
        const again = onlyRules(request, tree, ruleUris);
        if (again.include?.length !== 0) await run(again, token, "cases");
      }
    },
    async runRule(ruleUri) {
      await look(ruleUri);
      const item = tree.rule(ruleUri);
      if (item === undefined) return;
      const request = { include: [item], exclude: undefined, profile: undefined, preserveFocus: true };
      const source = new CancellationTokenSource();
      await run(request, source.token, "cases").finally(() => source.dispose());
    },
    rulesTestedIn: tree.rulesTestedIn,
    dispose: () => controller.dispose(),
  };
}

function statement({ range, count }: CoveredClause): StatementCoverage {
  return new StatementCoverage(count, toRange(range));
}
