/** `test`: runs the sample events beside rules. */
import { nodeHost } from "../../host/node.ts";
import { projectOnDisk } from "../../host/testProject.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { cliKnowledge } from "../diskJudge.ts";
import { progressLine } from "../progress.ts";
import { type Terminal } from "../terminal.ts";
import { askedTests } from "../test/find.ts";
import { humanTests } from "../test/human.ts";
import { jsonTests } from "../test/json.ts";
import { junitTests } from "../test/junit.ts";
import { type TestReport, countsOf } from "../test/report.ts";
import { runTests } from "../test/runTests.ts";
import { runOnChange } from "../test/watch.ts";

export interface TestOptions {
  readonly format: "human" | "json" | "junit";
  readonly explain?: boolean;
  readonly untested?: boolean;
  readonly mutate?: boolean;
  readonly watch?: boolean;
  readonly roots?: readonly string[];
}

export async function testCommand(
  paths: readonly string[],
  options: TestOptions,
  terminal: Terminal,
  packageRoot: string,
): Promise<ExitCode> {
  const run = (): Promise<ExitCode> => testOnce(paths, options, terminal, packageRoot);
  if (options.watch !== true) return run();
  // What was asked for may be gone for a while.
  const onProblem = (error: unknown): void =>
    terminal.error(`rulewright: ${error instanceof Error ? error.message : String(error)}\n`);
  await runOnChange({ cwd: terminal.cwd, paths, run, onProblem });
  return EXIT.clean;
}

async function testOnce(
  paths: readonly string[],
  options: TestOptions,
  terminal: Terminal,
  packageRoot: string,
): Promise<ExitCode> {
  const started = performance.now();
  const { cwd } = terminal;
  const warn = (message: string): void => terminal.error(`${message}\n`);
  const asked = await askedTests(paths, { cwd, packageRoot, roots: options.roots ?? [], warn });
  const store = cliKnowledge(nodeHost(packageRoot), packageRoot, warn);
  let all = asked.toml.length;
  const progress = progressLine(terminal, (done) => `Testing ${done} of ${all} rules`);
  const run = await runTests(asked, {
    ...projectOnDisk(cwd),
    roots: asked.roots,
    // Types of fields are packaged: no schemas of a checkout are needed.
    knowledge: await store.now(undefined),
    mutates: options.mutate ?? false,
    onRule: (_done, count) => {
      all = count;
      progress.advance(1);
    },
  });
  progress.clear();
  const report: TestReport = { ...run, milliseconds: performance.now() - started };
  terminal.print(printed(report, options, terminal));
  if (run.rules.length === 0) warn("No detection rules found");
  else if (run.rules.every(({ reports }) => reports.length === 0)) warn("No tests found");
  const { failed, error } = countsOf(report);
  const isBroken = report.problems.some(({ severity }) => severity === "error");
  return 0 < failed + error || isBroken ? EXIT.problems : EXIT.clean;
}

function printed(report: TestReport, options: TestOptions, { colour }: Terminal): string {
  const showsUntested = options.untested ?? false;
  switch (options.format) {
    case "json":
      return jsonTests(report, { showsUntested });
    case "junit":
      return junitTests(report);
    case "human":
      return humanTests(report, { colour, explains: options.explain ?? false, showsUntested });
  }
}
