/** A folder of files, and the built command line in it. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { root } from "../support/fixture.ts";

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CommandFolder {
  readonly path: string;
  write(name: string, content: string | Uint8Array): void;
  /** In the folder, or in one below. */
  run(args: readonly string[], cwd?: string, variables?: NodeJS.ProcessEnv): Run;
}

export const CLI = path.join(root, "dist/cli.cjs");

/** It is gone after the tests of the file. */
export function commandFolder(): CommandFolder {
  const folder = mkdtempSync(path.join(tmpdir(), "rulewright-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  return {
    path: folder,
    write(name, content) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    },
    run(args, cwd = ".", variables = {}) {
      const env = { ...process.env, NO_COLOR: "1", ...variables };
      const options = { cwd: path.join(folder, cwd), env, encoding: "utf8" } as const;
      const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], options);
      return { code: status, out: timeless(stdout), err: stderr };
    },
  };
}

/** Nothing else differs from run to run. */
function timeless(text: string): string {
  return text
    .replace(/\(\d+ ms\)/g, "(N ms)")
    .replace(/ time="[\d.]+"/g, "")
    .replace(/"milliseconds":\d+/g, '"milliseconds":0');
}
