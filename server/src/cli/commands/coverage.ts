/** `rulewright coverage`: which tactics and techniques of ATT&CK rules cover. */
import { queryCache } from "../../core/analysis/cache.ts";
import { summaryOfText } from "../../core/analysis/summaries.ts";
import { type Coverage, coverageOf } from "../../core/coverage/coverage.ts";
import { navigatorLayer } from "../../core/coverage/navigator.ts";
import { coverageSvg } from "../../core/coverage/svg.ts";
import { coverageJson, coverageTable } from "../../core/coverage/table.ts";
import { type RuleSummary } from "../../core/rule/summary.ts";
import { loadKnowledge } from "../../host/knowledge.ts";
import { readableText } from "../../host/limitedFile.ts";
import { nodeHost } from "../../host/node.ts";
import { pathFrom } from "../../host/paths.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { collectFiles } from "../files.ts";
import { type Terminal } from "../terminal.ts";

export interface CoverageOptions {
  readonly format: "table" | "json" | "navigator" | "svg";
}

const WRITERS: Readonly<Record<CoverageOptions["format"], (coverage: Coverage) => string>> = {
  table: coverageTable,
  json: coverageJson,
  navigator: navigatorLayer,
  svg: coverageSvg,
};

export async function coverageCommand(
  paths: readonly string[],
  { format }: CoverageOptions,
  terminal: Terminal,
  packageRoot: string,
): Promise<ExitCode> {
  const { attack } = await loadKnowledge(nodeHost(packageRoot));
  if (attack === undefined) {
    terminal.error("The data of ATT&CK cannot be read\n");
    return EXIT.internal;
  }
  const rules: RuleSummary[] = [];
  const cache = queryCache(1);
  let isAllRead = true;
  for (const file of await collectFiles(paths.length === 0 ? ["."] : paths, terminal.cwd)) {
    const shown = pathFrom(terminal.cwd, file);
    const text = await readableText(file);
    if (text === undefined) {
      isAllRead = false;
      terminal.error(`${shown} cannot be read\n`);
      continue;
    }
    const summary = summaryOfText(shown, text, cache);
    if (summary !== undefined) rules.push(summary);
  }
  terminal.print(WRITERS[format](coverageOf(rules, attack)));
  return isAllRead ? EXIT.clean : EXIT.problems;
}
