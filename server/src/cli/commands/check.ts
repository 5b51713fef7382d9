import { existsSync } from "node:fs";
import path from "node:path";
import { type Profile } from "../../core/analysis/config.ts";
import { type GitBase } from "../../host/git.ts";
import { type GitBases } from "../../host/gitBases.ts";
import { nodeHost } from "../../host/node.ts";
import { BASELINE_NAME } from "../../core/analysis/baseline.ts";
import { compared } from "../baseline.ts";
import { findBaseline, writeBaseline } from "../baselineFile.ts";
import { judgeOnDisk, rememberingJudge } from "../diskJudge.ts";
import { baseSince, changedFiles } from "../changed.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { collectFiles, namedFiles } from "../files.ts";
import { type FixedFile, fixFile } from "../fix.ts";
import { heapKeeper } from "../heap.ts";
import { type Judge, type JudgedFile } from "../judge.ts";
import { comparedFiles } from "../neighbours.ts";
import { noRuleText, withoutRule } from "../namedFiles.ts";
import { progressLine } from "../progress.ts";
import { humanReport } from "../report/human.ts";
import { jsonReport } from "../report/json.ts";
import { type CheckReport, countOf } from "../report/report.ts";
import { isEventsFile, judgedEvents } from "../sampleEvents.ts";
import { type Terminal } from "../terminal.ts";

export interface CheckOptions {
  readonly format: "human" | "json";
  readonly failOn: "error" | "warning";
  readonly profile: Profile | "auto";
  /** Only what differs from this revision. */
  readonly changedSince?: string;
  readonly fix?: boolean;
  readonly writeBaseline?: boolean;
  /** False: verdicts of earlier runs do not count. */
  readonly cache: boolean;
}

export async function checkCommand(
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
  packageRoot: string,
): Promise<ExitCode> {
  const started = performance.now();
  const { cwd } = terminal;
  const host = nodeHost(packageRoot);
  const baseline = await findBaseline(host, cwd);
  const base = options.changedSince === undefined ? undefined : await baseSince(options.changedSince, cwd);
  const found = await collectFiles(paths.length === 0 ? ["."] : paths, cwd);
  const files = base === undefined ? found : await changedFiles(base, found);
  const profile = options.profile === "auto" ? undefined : options.profile;
  const warn = (message: string): void => terminal.error(`${message}\n`);
  const setup = { packageRoot, profile, cwd, bases: base && onlyBase(base) };
  const judge = options.cache ? await rememberingJudge(setup, warn) : judgeOnDisk(setup, warn);
  const fixed = options.fix === true ? await fixedFiles(judge, packageRoot, files) : [];
  const rules = await judgedFiles(
    judge,
    files.filter((file) => !isEventsFile(file)),
    terminal,
  );
  const named = await namedFiles(paths, cwd);
  const { others, isUsable } = await unjudged(
    judge,
    named.filter((file) => !isEventsFile(file)),
    rules,
    terminal,
  );
  const events = await judgedEvents(
    { judge, warn },
    rules.map((file) => file.path),
    named.filter(isEventsFile),
  );
  const judged = [...rules, ...others, ...events];
  const isAsAsked = isUsable && !(await hasBrokenSettings(judge, files));
  if (judged.length === 0) warn(base === undefined ? "No detection rules found" : "No rules have changed");
  if (options.writeBaseline === true && !isAsAsked) {
    warn("No baseline is written while something that was asked for cannot be read");
    return EXIT.usage;
  }
  if (options.writeBaseline === true) {
    const { entries, folder } = await writeBaseline(host, baseline, cwd, judged);
    const count = entries.reduce((sum, entry) => sum + entry.count, 0);
    const place = path.join(path.relative(cwd, folder), BASELINE_NAME);
    terminal.print(`Wrote ${place}: ${count} ${count === 1 ? "problem" : "problems"}\n`);
    return EXIT.clean;
  }
  const told = baseline === undefined ? undefined : compared(baseline, judged, (file) => !existsSync(file));
  const milliseconds = performance.now() - started;
  const report: CheckReport = { files: told?.files ?? judged, milliseconds, cwd, baseline: told, fixed };
  terminal.print(
    options.format === "json" ? jsonReport(report) : humanReport(report, { colour: terminal.colour }),
  );
  for (const { path: file, failure } of fixed) {
    if (failure !== undefined) warn(`${path.relative(cwd, file)} cannot be written (${failure})`);
  }
  return isAsAsked ? exitCodeOf(report, options) : EXIT.usage;
}

/** Files that were named and hold no rule: those that may be meant as one, and whether all that was named could be used. */
async function unjudged(
  judge: Judge,
  named: readonly string[],
  judged: readonly JudgedFile[],
  { cwd, error }: Terminal,
): Promise<{ readonly others: readonly JudgedFile[]; readonly isUsable: boolean }> {
  const known = new Set(judged.map((file) => file.path));
  const others: JudgedFile[] = [];
  let isUsable = true;
  for (const file of named.filter((one) => !known.has(one))) {
    const outcome = await withoutRule(judge, file);
    if (outcome.kind === "broken") others.push(outcome.file);
    else error(`${noRuleText(cwd, file, outcome)}\n`);
    isUsable &&= outcome.kind !== "unusable";
  }
  return { others, isUsable };
}

/** What a `rulewright.toml` asks for that cannot be read was not done: no verdict would be what it says. */
async function hasBrokenSettings(judge: Judge, files: readonly string[]): Promise<boolean> {
  for (const file of files) if (0 < (await judge.projectOf(file)).problems.length) return true;
  return false;
}

/** Every folder is told against the same commit. */
function onlyBase(base: GitBase): GitBases {
  return { of: () => Promise.resolve(base), forget: () => undefined };
}

async function fixedFiles(
  judge: Judge,
  packageRoot: string,
  files: readonly string[],
): Promise<readonly FixedFile[]> {
  const host = nodeHost(packageRoot);
  const fixed: FixedFile[] = [];
  for (const file of files) {
    const outcome = await fixFile(judge, host, file);
    if (outcome !== undefined) fixed.push(outcome);
  }
  return fixed;
}

async function judgedFiles(
  judge: Judge,
  files: readonly string[],
  terminal: Terminal,
): Promise<readonly JudgedFile[]> {
  const progress = progressLine(terminal, (done) => `Checking ${done} of ${files.length} files`);
  const judged: JudgedFile[] = [];
  const keepHeap = heapKeeper();
  for (const file of files) {
    keepHeap();
    const result = await judge.judge(file);
    if (result !== undefined) judged.push(result);
    progress.advance(1);
  }
  const told = await comparedFiles(judge, judged);
  await judge.verdicts?.save();
  progress.clear();
  return told;
}

function exitCodeOf(report: CheckReport, { failOn }: CheckOptions): ExitCode {
  const isUnwritten = report.fixed.some(({ failure }) => failure !== undefined);
  const failures = countOf(report, "error") + (failOn === "warning" ? countOf(report, "warning") : 0);
  return failures === 0 && !isUnwritten ? EXIT.clean : EXIT.problems;
}
