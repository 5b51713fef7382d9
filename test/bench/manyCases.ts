/** What it costs to run very many test cases of one folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { RULE, shell } from "../lsp/testingWorkspace.ts";
import { runCommand } from "./command.ts";

export interface ManyCasesFigures {
  readonly caseCount: number;
  readonly milliseconds: number;
  readonly peakMegabytes: number;
}

const CASES = 100_000;

export function manyCasesFigures(): ManyCasesFigures {
  const folder = mkdtempSync(path.join(tmpdir(), "rulewright-"));
  try {
    mkdirSync(path.join(folder, "_tests"));
    writeFileSync(path.join(folder, "a.toml"), RULE);
    const events = shell();
    for (let i = 0; i < CASES; i++)
      writeFileSync(path.join(folder, "_tests", `a.match.c${i}.ndjson`), events);
    const { out, milliseconds, peakMegabytes } = runCommand(["test", "--format", "json"], { cwd: folder });
    const { summary } = JSON.parse(out) as { readonly summary: { readonly passed: number } }; // Our own shape.
    return { caseCount: summary.passed, milliseconds, peakMegabytes };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
