/** Runs the built command line in a process of its own, and measures it from outside. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { root } from "../support/fixture.ts";

export interface CommandRun {
  readonly out: string;
  readonly milliseconds: number;
  readonly peakMegabytes: number;
}

const TELL_PEAK = 'process.on("exit",()=>console.error("peak "+process.resourceUsage().maxRSS))';

export interface CommandPlace {
  readonly cwd: string;
  /** Where it keeps its own data. */
  readonly home?: string;
}

export function runCommand(args: readonly string[], { cwd, home }: CommandPlace): CommandRun {
  const command = ["--import", `data:text/javascript,${TELL_PEAK}`, path.join(root, "dist/cli.cjs"), ...args];
  const env = home === undefined ? process.env : { ...process.env, RULEWRIGHT_HOME: home };
  const started = performance.now();
  const { stdout, stderr, error } = spawnSync(process.execPath, command, {
    cwd,
    env,
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  const milliseconds = performance.now() - started;
  const peak = Number(/peak (\d+)/.exec(stderr)?.[1]);
  if (error !== undefined || Number.isNaN(peak)) throw new Error(`${args.join(" ")} failed: ${stderr}`);
  return { out: stdout, milliseconds, peakMegabytes: peak / 1024 };
}
