/** `rulewright new` and `rulewright import`, as they are run from a shell. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { root } from "../support/fixture.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), "rulewright-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

function run(
  cwd: string,
  args: readonly string[],
  input = "",
): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, "dist/cli.cjs"), ...args], {
    cwd,
    input,
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

const NEW = [
  "new",
  "--name",
  "Odd Shell",
  "--technique",
  "T1059.004",
  "--data-source",
  "endpoint-linux",
  "--author",
  "Jo",
];

test("a new rule is written, passes every check, and is not written over", () => {
  const folder = folderWith();
  expect(run(folder, [...NEW, "--output", "rules"])).toEqual({
    code: 0,
    out: "rules/execution_odd_shell.toml\n",
    err: "",
  });
  const check = execFileSync(
    process.execPath,
    [path.join(root, "dist/cli.cjs"), "check", "rules", "--fail-on", "warning"],
    { cwd: folder, encoding: "utf8" },
  );
  expect(check).toMatch(/1 (?:file|rule)/);
  const before = readFileSync(path.join(folder, "rules/execution_odd_shell.toml"), "utf8");
  expect(run(folder, [...NEW, "--output", "rules"])).toEqual({
    code: 1,
    out: "",
    err: "rules/execution_odd_shell.toml is there already\n",
  });
  expect(readFileSync(path.join(folder, "rules/execution_odd_shell.toml"), "utf8")).toBe(before);
  expect(readdirSync(path.join(folder, "rules"))).toEqual(["execution_odd_shell.toml"]);
});

test.each([
  ["type", ["--type", "odd"], "There is no kind of rule `odd`"],
  ["data source", ["--data-source", "odd"], "There is no data source `odd`"],
  ["technique", ["--technique", "T9999"], "has no technique `T9999`"],
  [
    "tactic",
    ["--technique", "T1059", "--tactic", "TA0040"],
    "T1059 Command and Scripting Interpreter does not belong to Impact",
  ],
])("a %s that is none is refused", (_what, args, message) => {
  const { code, err } = run(folderWith(), ["new", "--name", "A", ...args]);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

const EXPORTED = JSON.stringify({
  name: "A",
  type: "query",
  query: "a:1",
  language: "kuery",
  description: "d",
  actions: [{}],
});

test("rules of an export become files; what is left out is told", () => {
  const folder = folderWith({ "export.ndjson": `${EXPORTED}\n` });
  expect(run(folder, ["import", "export.ndjson", "--output", "out"])).toEqual({
    code: 0,
    out: "out/a.toml\n",
    err: "a.toml: left out `actions`, which belongs to one Kibana\n",
  });
});

test("standard input is read, and the rule printed", () => {
  const { code, out } = run(folderWith(), ["import", "-"], EXPORTED);
  expect(code).toBe(0);
  expect(out).toContain('name = "A"\n');
});

test("a file that is not there", () => {
  const { code, err } = run(folderWith(), ["import", "none.ndjson"]);
  expect(code).toBe(2);
  expect(err).toMatch(/^rulewright: Cannot read none\.ndjson: /);
});
