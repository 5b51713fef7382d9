/** What `rulewright check` costs over a folder: the first time, and when nothing has changed since. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type CommandRun, runCommand } from "./command.ts";

export interface CheckingFigures {
  /** All files are judged, with the schemas distilled before. */
  readonly cold: CommandRun;
  /** The same with the schemas to be distilled. */
  readonly first: CommandRun;
  readonly again: CommandRun;
}

const ROUNDS = 5;

export function checkingFigures(folder: string): CheckingFigures {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const home = mkdtempSync(path.join(tmpdir(), "rulewright-"));
    try {
      const first = checked(folder, home);
      return { first, again: checked(folder, home), cold: checked(folder, home, "--no-cache") };
    } finally {
      rmSync(home, { recursive: true });
    }
  });
  const medianOf = (figure: keyof CheckingFigures): CommandRun => ({
    out: "",
    milliseconds: median(rounds.map((round) => round[figure].milliseconds)),
    peakMegabytes: median(rounds.map((round) => round[figure].peakMegabytes)),
  });
  return { first: medianOf("first"), again: medianOf("again"), cold: medianOf("cold") };
}

function checked(folder: string, home: string, ...options: readonly string[]): CommandRun {
  const run = runCommand(["check", folder, ...options], { cwd: folder, home });
  if (!/\d+ rules checked/.test(run.out)) throw new Error(`check failed: ${run.out}`);
  return run;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
