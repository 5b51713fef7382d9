/** What it costs to know all rules of a large workspace. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type CorpusRule } from "../support/corpus.ts";

export interface WorkspaceFigures {
  readonly ruleCount: number;
  readonly milliseconds: number;
  /** The longest that the event loop is held meanwhile. */
  readonly longest: number;
  readonly addedMegabytes: number;
}

const RULES = 5_000;
const ROUNDS = 5;

export function workspaceFigures(rules: readonly CorpusRule[]): WorkspaceFigures {
  const folder = mkdtempSync(path.join(tmpdir(), "rulewright-"));
  try {
    writeRules(folder, rules);
    const rounds = Array.from({ length: ROUNDS }, () => indexOnce(folder));
    const median = (figure: (one: WorkspaceFigures) => number): number =>
      rounds.map(figure).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN;
    return {
      ruleCount: RULES,
      milliseconds: median((one) => one.milliseconds),
      longest: median((one) => one.longest),
      addedMegabytes: median((one) => one.addedMegabytes),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The rules over and over, each with an id and a name of its own. */
function writeRules(folder: string, rules: readonly CorpusRule[]): void {
  for (let i = 0; i < RULES; i++) {
    const rule = rules[i % rules.length];
    const round = Math.floor(i / rules.length);
    const file = path.join(folder, "rules", String(round), rule?.path ?? "");
    const text = (rule?.text ?? "")
      .replace(/^(rule_id\s*=\s*")[0-9a-f]{8}/m, `$1${i.toString(16).padStart(8, "0")}`)
      .replace(/^(name\s*=\s*"[^"\n]*)"/m, `$1 ${round}"`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function indexOnce(folder: string): WorkspaceFigures {
  const script = path.join(import.meta.dirname, "indexOnce.ts");
  const { stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", script, folder], {
    encoding: "utf8",
  });
  // Printed by our own script.
  const figures = JSON.parse(stdout === "" ? "{}" : stdout) as WorkspaceFigures;
  if (figures.ruleCount !== RULES) throw new Error(`the rules were not indexed: ${stdout}${stderr}`);
  return figures;
}
