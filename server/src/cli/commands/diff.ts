/** `rulewright diff`: what rules mean otherwise than in a commit of git. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { compareTexts } from "../../core/compare/compareTexts.ts";
import { differenceLines } from "../../core/compare/report.ts";
import { type GitBase, gitBase } from "../../host/git.ts";
import { decodeText } from "../../host/host.ts";
import { isFileError } from "../../host/node.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { collectFiles } from "../files.ts";
import { type Terminal } from "../terminal.ts";

export interface DiffOptions {
  readonly rev: string;
}

export async function diffCommand(
  paths: readonly string[],
  { rev }: DiffOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const base = await baseAt(terminal.cwd, rev);
  let isSame = true;
  for (const file of await collectFiles(paths.length === 0 ? ["."] : paths, terminal.cwd)) {
    const bytes = await bytesOf(file);
    if (bytes === undefined) {
      terminal.error(`${path.relative(terminal.cwd, file)} cannot be read\n`);
      isSame = false;
      continue;
    }
    if (!base.differs(file, bytes)) continue;
    const lines = await changes(base, file, decodeText(bytes).text);
    if (lines.length === 0) continue;
    isSame = false;
    terminal.print(`${path.relative(terminal.cwd, file)}\n${lines.map((one) => `  ${one}\n`).join("")}`);
  }
  return isSame ? EXIT.clean : EXIT.problems;
}

async function baseAt(folder: string, rev: string): Promise<GitBase> {
  const answer = await gitBase(folder, rev);
  switch (answer.kind) {
    case "base":
      return answer.base;
    case "nothing":
      throw new UsageError("There is no git repository here");
    case "unknown-revision":
      throw new UsageError(`There is no commit ${rev}`);
  }
}

async function bytesOf(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}

async function changes(base: GitBase, file: string, text: string): Promise<readonly string[]> {
  const before = await base.textOf(file);
  const comparison = compareTexts(before ?? text, text);
  switch (comparison.kind) {
    case "no-rule":
      return [];
    case "broken": {
      const where = comparison.which === "after" ? "the file" : "the commit";
      return [`~ not compared: the TOML of ${where} is broken`];
    }
    case "compared":
      return before === undefined ? ["+ the rule is new"] : differenceLines(comparison.differences);
  }
}
