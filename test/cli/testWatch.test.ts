/** The built command line runs tests again whenever a file changes. */
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { RULE, shell } from "../lsp/testingWorkspace.ts";
import { CLI, commandFolder } from "./commandFolder.ts";

const { path: folder, write } = commandFolder();

describe("--watch", () => {
  let child: ChildProcess | undefined;
  afterAll(() => child?.kill("SIGKILL"));

  test("runs again after each change, also when a rule is gone for a while, until it is ended", async () => {
    write("watched/a.toml", RULE);
    write("watched/_tests/a.match.ndjson", shell());
    const args = [CLI, "test", "a.toml", "--watch"];
    const started = spawn(process.execPath, args, { cwd: path.join(folder, "watched") });
    child = started;
    let output = "";
    let wake = (): void => undefined;
    started.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
      wake();
    });
    started.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
      wake();
    });
    const says = async (text: string): Promise<void> => {
      while (!output.includes(text)) await new Promise<void>((resolve) => (wake = resolve));
      output = "";
    };
    await says("1 passed, 0 failed");
    write("watched/_tests/a.match.ndjson", shell({ name: "bash" }));
    await says("0 passed, 1 failed");
    write("watched/_tests/a.nomatch.ndjson", shell({ name: "bash" }));
    await says("1 passed, 1 failed");
    rmSync(path.join(folder, "watched/a.toml"));
    await says("There is no file or folder a.toml");
    write("watched/a.toml", RULE.replace('"sh"', '"bash"'));
    await says("1 passed, 1 failed");
    const ended = new Promise<number | null>((resolve) => started.once("exit", resolve));
    started.kill("SIGINT");
    expect(await ended).toBe(0);
  });
});
