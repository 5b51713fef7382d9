/** The Test Explorer: rules and their cases, runs of every kind, and coverage. */
import {
  type CancellationToken,
  type Disposable,
  type TestController,
  type TestItem,
  type TestRunRequest,
  FileCoverage,
  StatementCoverage,
  TestCoverageCount,
  TestRunProfileKind,
  Uri,
  tests,
} from "vscode";
import { type CoveredClause } from "../../../server/src/lsp/protocol.ts";
import { present, toRange } from "./present.ts";
import { type TestServer } from "./server.ts";
import { type TestTree, testTree } from "./tree.ts";

export interface RuleTesting extends Disposable {
  /** Reads the list of tests again. */
  refresh(): Promise<void>;
  /** Rules or their events changed: continuous runs go again. */
  changed(ruleUris: readonly string[]): Promise<void>;
  /** Runs the cases of one rule, as if its icon was clicked. */
  runRule(ruleUri: string): Promise<void>;
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
  const controller = tests.createTestController("rulewright", "Detection Rules");
  const tree = testTree(controller);
  const continuous = new Set<{ readonly request: TestRunRequest; readonly token: CancellationToken }>();

  async function run(
    request: TestRunRequest,
    token: CancellationToken,
    withCoverage: boolean,
  ): Promise<void> {
    const run = controller.createTestRun(request);
    const wanted = wantedCases(controller, tree, request);
    for (const items of wanted.values()) items.forEach((item) => run.started(item));
    for (const [uri, items] of wanted) {
      if (token.isCancellationRequested) break;
      const ids = items.flatMap((item) => tree.caseOf(item) ?? []);
      const result = await server.ask("tests/run", { uri, cases: ids, withCoverage }, token);
      const reports = new Map(result.reports.map((report) => [report.id, report]));
      for (const item of items) {
        const report = reports.get(tree.caseOf(item) ?? "");
        // A rule may be deleted while it is run, or a case renamed.
        if (report === undefined) run.skipped(item);
        else present(run, item, uri, report);
      }
      if (withCoverage && 0 < result.coverage.length)
        run.addCoverage(new RuleCoverage(Uri.parse(uri), result.coverage));
    }
    run.end();
  }

  async function start(
    request: TestRunRequest,
    token: CancellationToken,
    withCoverage = false,
  ): Promise<void> {
    if (request.continuous === true) {
      const entry = { request, token };
      continuous.add(entry);
      token.onCancellationRequested(() => continuous.delete(entry));
    }
    await run(request, token, withCoverage);
  }

  controller.createRunProfile("Run", TestRunProfileKind.Run, start, true, undefined, true);
  const coverage = controller.createRunProfile(
    "Run with Coverage",
    TestRunProfileKind.Coverage,
    (request, token) => start(request, token, true),
  );
  coverage.loadDetailedCoverage = (_run, file) =>
    Promise.resolve(file instanceof RuleCoverage ? file.clauses.map(statement) : []);

  async function refresh(): Promise<void> {
    tree.replace(await server.ask("tests/list", { uri: null }));
  }
  controller.refreshHandler = refresh;
  controller.resolveHandler = async (item) => {
    if (item === undefined) await refresh();
  };

  return {
    refresh,
    async changed(ruleUris) {
      for (const uri of ruleUris) {
        const [rule] = (await server.ask("tests/list", { uri })).rules;
        if (rule !== undefined) tree.update(rule);
      }
      for (const { request, token } of [...continuous])
        await run(onlyRules(request, tree, ruleUris), token, false);
    },
    async runRule(ruleUri) {
      if (tree.rule(ruleUri) === undefined) await refresh();
      const item = tree.rule(ruleUri);
      if (item === undefined) return;
      const request = { include: [item], exclude: undefined, profile: undefined, preserveFocus: true };
      await run(
        request,
        { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) },
        false,
      );
    },
    dispose: () => controller.dispose(),
  };
}

function statement({ range, count }: CoveredClause): StatementCoverage {
  return new StatementCoverage(count, toRange(range));
}

/** Cases by rule. What is excluded, or holds what is excluded, is left out. */
function wantedCases(
  controller: TestController,
  tree: TestTree,
  { include, exclude }: TestRunRequest,
): ReadonlyMap<string, readonly TestItem[]> {
  const roots = include ?? childrenOf(controller.items);
  const excluded = new Set(exclude);
  const byRule = new Map<string, TestItem[]>();
  for (const root of roots) {
    const items = tree.caseOf(root) === undefined ? childrenOf(root.children) : [root];
    const uri = tree.ruleOf(root);
    if (uri === undefined || excluded.has(root)) continue;
    const kept = items.filter((item) => !excluded.has(item));
    byRule.set(uri, [...(byRule.get(uri) ?? []), ...kept]);
  }
  return byRule;
}

function childrenOf(collection: TestItem["children"]): readonly TestItem[] {
  return [...collection].map(([, item]) => item);
}

/** What a continuous run asks for, of the rules that changed. */
function onlyRules(request: TestRunRequest, tree: TestTree, uris: readonly string[]): TestRunRequest {
  const asked = request.include;
  const changed = uris.flatMap((uri) => tree.rule(uri) ?? []);
  const include =
    asked === undefined
      ? changed
      : changed.filter((item) => asked.some((one) => tree.ruleOf(one) === tree.ruleOf(item)));
  return {
    include,
    exclude: request.exclude,
    profile: request.profile,
    continuous: true,
    preserveFocus: true,
  };
}
