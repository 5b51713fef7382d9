/** `rulewright export`: rules as Kibana receives them. */
import path from "node:path";
import { apiRule } from "../../core/kibana/apiRule.ts";
import { apiFactsStore } from "../../host/apiFacts.ts";
import { createFile } from "../../host/wholeFile.ts";
import { dataFolder } from "../../host/folders.ts";
import { nodeHost } from "../../host/node.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { collectFiles, namedFiles } from "../files.ts";
import { judgeOnDisk } from "../diskJudge.ts";
import { noRuleText, withoutRule } from "../namedFiles.ts";
import { type Terminal } from "../terminal.ts";

export interface ExportOptions {
  readonly output?: string;
}

/** Exit code 1 if a file cannot be read, 2 if one that was named is no rule. */
export async function exportCommand(
  paths: readonly string[],
  { output }: ExportOptions,
  terminal: Terminal,
  packageRoot: string,
): Promise<ExitCode> {
  const { cwd } = terminal;
  const warn = (message: string): void => terminal.error(`${message}\n`);
  const judge = judgeOnDisk({ packageRoot, profile: undefined, cwd }, warn);
  const facts = apiFactsStore({
    host: nodeHost(packageRoot),
    dataFolder: () => dataFolder(process.env, process.platform),
    settingFor: () => Promise.resolve(undefined),
    env: process.env,
  });
  const lines: string[] = [];
  const told = new Set<string>();
  const named = new Set(await namedFiles(paths, cwd));
  let isAllRead = true;
  let isAllUsed = true;
  for (const file of await collectFiles(paths.length === 0 ? ["."] : paths, cwd)) {
    const read = await judge.read(file);
    if (read === undefined) {
      isAllRead = false;
      warn(`${path.relative(cwd, file)} cannot be read`);
      continue;
    }
    const snapshot = read.snapshotOf(read.text);
    if (!snapshot.isRule()) {
      if (!named.has(file)) continue;
      const outcome = await withoutRule(judge, file);
      isAllUsed &&= outcome.kind === "other-toml";
      warn(noRuleText(cwd, file, outcome));
      continue;
    }
    const broken = snapshot.toml().errors[0];
    if (broken !== undefined) {
      isAllRead = false;
      warn(`${path.relative(cwd, file)} is left out: ${broken.message}`);
      continue;
    }
    const api = apiRule(snapshot, await facts.of(path.dirname(file)));
    if (api === undefined) continue;
    for (const gap of api.gaps.filter((one) => !told.has(one))) {
      told.add(gap);
      warn(`${path.relative(cwd, file)}: ${gap}`);
    }
    lines.push(`${JSON.stringify(api.rule)}\n`);
  }
  const text = lines.join("");
  if (output === undefined) terminal.print(text);
  else await written(path.resolve(cwd, output), text, packageRoot);
  if (!isAllUsed) return EXIT.usage;
  return isAllRead ? EXIT.clean : EXIT.problems;
}

async function written(file: string, text: string, packageRoot: string): Promise<void> {
  if (await createFile(file, text)) return;
  const failure = await nodeHost(packageRoot).replaceFile(file, text);
  if (failure !== undefined) throw new UsageError(`Cannot write ${file}: ${failure}`);
}
