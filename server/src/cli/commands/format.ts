/** Lays out rule files in place. A rule that cannot be read without doubt is left alone, and named. */
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { CHECKS } from "../../core/checks/registry.generated.ts";
import {
  DEFAULT_FORMAT,
  FORMAT_CHOICES,
  type FormatOptions as FormatStyle,
  isWidth,
} from "../../core/format/options.ts";
import { NO_REPOSITORY } from "../../core/knowledge/repository.ts";
import { applyEdits } from "../../core/text/edit.ts";
import { type WritableHost } from "../../host/host.ts";
import { nodeHost } from "../../host/node.ts";
import { findProjects } from "../../host/projects.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { collectFiles, namedFiles } from "../files.ts";
import { type PlacedReason, type TextOutcome, formatBytes } from "../format/formatText.ts";
import { unifiedDiff } from "../format/unifiedDiff.ts";
import { type Terminal } from "../terminal.ts";

/** As the command line gives them. */
export interface FormatOptions {
  readonly queries?: boolean;
  readonly check?: boolean;
  readonly diff?: boolean;
  readonly width?: string;
  readonly stdinFilename?: string;
}

/** What is done with a text that another layout would change. */
type Mode = "write" | "check" | "diff";

type Outcome = TextOutcome | ({ readonly kind: "failed" } & PlacedReason);

interface Formatter {
  readonly host: WritableHost;
  readonly terminal: Terminal;
  readonly mode: Mode;
  /** What `rulewright.toml` and the command line choose for a file. */
  readonly styleOf: (file: string) => Promise<FormatStyle>;
}

const BEGUN_RULE = /^\s*\[\s*rule\b/m;

const STANDARD_INPUT = "-";

export async function formatCommand(
  paths: readonly string[],
  options: FormatOptions,
  terminal: Terminal,
  packageRoot: string,
): Promise<ExitCode> {
  const host = nodeHost(packageRoot);
  const styleOf = styleFinder(host, terminal, chosenStyle(options));
  const formatter: Formatter = { host, terminal, mode: modeOf(options), styleOf };
  if (paths.includes(STANDARD_INPUT)) {
    if (1 < paths.length) throw new UsageError("Standard input (-) is formatted alone, without other paths");
    return formatInput(formatter, options.stdinFilename ?? "standard-input.toml");
  }
  if (options.stdinFilename !== undefined) throw new UsageError("--stdin-filename goes with the path -");
  const named = new Set(await namedFiles(paths, terminal.cwd));
  return formatFiles(formatter, await collectFiles(paths.length === 0 ? ["."] : paths, terminal.cwd), named);
}

function modeOf({ check, diff }: FormatOptions): Mode {
  return diff === true ? "diff" : check === true ? "check" : "write";
}

/** What the command line sets beats what `rulewright.toml` says. */
function chosenStyle({ queries, width }: FormatOptions): Partial<FormatStyle> {
  return {
    ...(queries === true ? { queries: "always" } : {}),
    ...(width === undefined ? {} : { width: widthOf(width) }),
  };
}

function widthOf(text: string): number {
  const width = /^\d+$/.test(text) ? Number(text) : 0;
  if (isWidth(width)) return width;
  throw new UsageError(`--width takes ${FORMAT_CHOICES.width}, not ${text}`);
}

function styleFinder(
  host: WritableHost,
  terminal: Terminal,
  chosen: Partial<FormatStyle>,
): Formatter["styleOf"] {
  const projects = findProjects({
    host,
    checkIds: CHECKS.map(({ id }) => id),
    settingFor: () => Promise.resolve(undefined),
    repositoryAt: () => Promise.resolve(NO_REPOSITORY),
  });
  const warned = new Set<string>();
  return async (file) => {
    const { config, problems } = await projects.of(path.dirname(file));
    for (const problem of problems) {
      if (!warned.has(problem)) terminal.error(`${problem}\n`);
      warned.add(problem);
    }
    return { ...DEFAULT_FORMAT, ...config?.format, ...chosen };
  };
}

/** `named` are files that were given by name: who names one expects it to be a rule. */
async function formatFiles(
  formatter: Formatter,
  files: readonly string[],
  named: ReadonlySet<string>,
): Promise<ExitCode> {
  const { terminal, mode } = formatter;
  const counts = { formatted: 0, unchanged: 0, refused: 0, failed: 0, "no-rule": 0 };
  let isAllUsed = true;
  for (const file of files) {
    const outcome = await formatFile(formatter, file);
    counts[outcome.kind]++;
    const shown = path.relative(terminal.cwd, file);
    if (outcome.kind === "no-rule" && named.has(file)) {
      terminal.error(`${shown} is no detection rule\n`);
      // A list of changed files may well name other TOML.
      isAllUsed &&= file.endsWith(".toml") && !BEGUN_RULE.test(outcome.text);
    }
    report(formatter, shown, outcome);
  }
  const leftAlone = counts.refused + counts.failed;
  const ruleCount = counts.formatted + counts.unchanged + leftAlone;
  if (ruleCount === 0) terminal.error("No rules found\n");
  const formattedCount = `${counts.formatted} ${mode === "write" ? "formatted" : "to format"}`;
  const total = `${ruleCount} ${ruleCount === 1 ? "rule" : "rules"}: ${formattedCount}, ${counts.unchanged} unchanged, ${leftAlone} left alone\n`;
  // A diff alone stands on standard output, so that it can be applied.
  if (mode === "diff") terminal.error(total);
  else terminal.print(total);
  if (!isAllUsed) return EXIT.usage;
  const isClean = leftAlone === 0 && (mode === "write" || counts.formatted === 0);
  return isClean ? EXIT.clean : EXIT.problems;
}

async function formatFile({ host, mode, styleOf }: Formatter, file: string): Promise<Outcome> {
  const bytes = await host.readFile(file);
  if (bytes === undefined) return { kind: "failed", reason: "it cannot be read", line: undefined };
  const outcome = formatBytes(bytes, await styleOf(file));
  if (mode !== "write" || outcome.kind !== "formatted") return outcome;
  const failure = await host.replaceFile(file, applyEdits(outcome.text, outcome.edits));
  if (failure === undefined) return outcome;
  return { kind: "failed", reason: `it cannot be written (${failure})`, line: undefined };
}

/** Prints what the text of standard input becomes; nothing if it is refused. */
async function formatInput(formatter: Formatter, name: string): Promise<ExitCode> {
  const { terminal, mode, styleOf } = formatter;
  const style = await styleOf(path.resolve(terminal.cwd, name));
  const outcome = formatBytes(await buffer(process.stdin), style);
  if (mode !== "write" || outcome.kind === "refused") report(formatter, name, outcome);
  else terminal.print("edits" in outcome ? applyEdits(outcome.text, outcome.edits) : outcome.text);
  if (outcome.kind === "refused") return EXIT.problems;
  return mode !== "write" && outcome.kind === "formatted" ? EXIT.problems : EXIT.clean;
}

function report({ terminal, mode }: Formatter, shown: string, outcome: Outcome): void {
  const place = (line: number | undefined): string => (line === undefined ? shown : `${shown}:${line}`);
  switch (outcome.kind) {
    case "formatted":
    case "unchanged":
      for (const { reason, line } of outcome.leftAlone)
        terminal.error(`${place(line)}: query left alone: ${reason}\n`);
      if (outcome.kind === "unchanged") return;
      if (mode === "diff") terminal.print(unifiedDiff(shown, outcome.text, outcome.edits));
      else terminal.print(`${mode === "check" ? "Would format" : "Formatted"} ${shown}\n`);
      return;
    case "refused":
    case "failed":
      return terminal.error(`${place(outcome.line)}: left alone: ${outcome.reason}\n`);
    case "no-rule":
      return;
  }
}
