/** `rulewright diff`: what rules mean otherwise than in a commit of git, and which are new, gone or renamed. */
import path from "node:path";
import { compareTexts } from "../../core/compare/compareTexts.ts";
import { type MovedRules, movedRules } from "../../core/compare/movedRules.ts";
import { differenceLines } from "../../core/compare/report.ts";
import { type GitBase, gitBase } from "../../host/git.ts";
import { type GoneRule, goneRules, loneRule } from "../../host/goneRules.ts";
import { decodeText } from "../../host/host.ts";
import { readableBytes } from "../../host/limitedFile.ts";
import { isWithin } from "../../host/paths.ts";
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
  const { cwd } = terminal;
  const base = await baseAt(cwd, rev);
  const named = paths.length === 0 ? ["."] : paths;
  // Patterns name files that are there: what is gone is looked for below folders, and under the name of a file.
  const gone = await goneRules(base, (file) => named.some((one) => isWithin(path.resolve(cwd, one), file)));
  // What is gone may be all that was named.
  const there = named.filter((one) => !gone.some(({ file }) => file === path.resolve(cwd, one)));
  const added: GoneRule[] = [];
  const parts = new Map<string, readonly string[]>();
  const tell = (file: string, lines: readonly string[]): void => {
    if (0 < lines.length) parts.set(path.relative(cwd, file), lines);
  };
  let isAllRead = true;
  for (const file of there.length === 0 ? [] : await collectFiles(there, cwd)) {
    const bytes = await readableBytes(file);
    if (bytes === undefined) {
      terminal.error(`${path.relative(cwd, file)} cannot be read\n`);
      isAllRead = false;
    } else if (base.differs(file, bytes)) {
      const { text } = decodeText(bytes);
      const before = await base.textOf(file);
      const lone = before === undefined ? loneRule(file, text) : undefined;
      if (lone !== undefined) added.push(lone);
      if (before !== undefined) tell(file, changes(before, text));
    }
  }
  tellMoves(movedRules(added, gone), cwd, tell);
  for (const file of [...parts.keys()].sort())
    terminal.print(`${file}\n${(parts.get(file) ?? []).map((one) => `  ${one}\n`).join("")}`);
  return isAllRead && parts.size === 0 ? EXIT.clean : EXIT.problems;
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

function tellMoves(
  { added, gone, renamed }: MovedRules<GoneRule>,
  cwd: string,
  tell: (file: string, lines: readonly string[]) => void,
): void {
  for (const { file, name } of added) tell(file, [`+ the rule is new: ${name}`]);
  for (const { file, name } of gone) tell(file, [`- the rule is gone: ${name}`]);
  for (const { from, to } of renamed)
    tell(to.file, [`~ the file was ${path.relative(cwd, from.file)}`, ...changes(from.text, to.text)]);
}

function changes(before: string, text: string): readonly string[] {
  const comparison = compareTexts(before, text);
  switch (comparison.kind) {
    case "no-rule":
      return loneRule("", before) === undefined ? [] : ["- the file holds no rule any more"];
    case "broken": {
      const where = comparison.which === "after" ? "the file" : "the commit";
      return [`~ not compared: the TOML of ${where} is broken`];
    }
    case "compared":
      return differenceLines(comparison.differences);
  }
}
