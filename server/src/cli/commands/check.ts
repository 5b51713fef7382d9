import { type Profile } from "../../core/analysis/config.ts";
import { nodeHost } from "../../host/node.ts";
import { loadKnowledge } from "../../host/knowledge.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { collectFiles } from "../files.ts";
import { type JudgedFile, judgeWith } from "../judge.ts";
import { progressLine } from "../progress.ts";
import { humanReport } from "../report/human.ts";
import { jsonReport } from "../report/json.ts";
import { type CheckReport, countOf } from "../report/report.ts";
import { type Terminal } from "../terminal.ts";

export interface CheckOptions {
  readonly format: "human" | "json";
  readonly failOn: "error" | "warning";
  readonly profile: Profile | "auto";
}

/** Files that are read at the same time: the disk works while we judge. */
const BATCH = 4;

export async function checkCommand(
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
  packageRoot: string,
): Promise<ExitCode> {
  const started = performance.now();
  const files = await collectFiles(paths.length === 0 ? ["."] : paths, terminal.cwd);
  const host = nodeHost(packageRoot);
  const profile = options.profile === "auto" ? undefined : options.profile;
  const warn = (message: string): void => terminal.error(`${message}\n`);
  const judge = judgeWith({ host, knowledge: await loadKnowledge(host), profile, warn });
  const progress = progressLine(terminal, (done) => `Checking ${done} of ${files.length} files`);
  const judged: JudgedFile[] = [];
  for (let start = 0; start < files.length; start += BATCH) {
    const batch = files.slice(start, start + BATCH).map(async (file) => {
      const result = await judge.judge(file);
      progress.advance(1);
      return result;
    });
    judged.push(...(await Promise.all(batch)).filter((result) => result !== undefined));
  }
  progress.clear();
  const report: CheckReport = { files: judged, milliseconds: performance.now() - started, cwd: terminal.cwd };
  terminal.print(
    options.format === "json" ? jsonReport(report) : humanReport(report, { colour: terminal.colour }),
  );
  if (judged.length === 0) warn("No detection rules found");
  const failures = countOf(report, "error") + (options.failOn === "warning" ? countOf(report, "warning") : 0);
  return failures === 0 ? EXIT.clean : EXIT.problems;
}
