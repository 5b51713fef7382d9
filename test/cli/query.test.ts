/** `rulewright query` on files, standard input and broken lines. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { root } from "../support/fixture.ts";

const folder = mkdtempSync(path.join(tmpdir(), "rulewright-"));
afterAll(() => rmSync(folder, { recursive: true }));

const EVENTS = [
  {
    "@timestamp": "2026-01-01T00:00:01Z",
    event: { category: ["process"] },
    host: { id: "a" },
    process: { name: "cmd.exe" },
  },
  {
    "@timestamp": "2026-01-01T00:00:03Z",
    "event.category": "network",
    host: { id: "a" },
    process: { name: "cmd.exe" },
  },
  {
    "@timestamp": "2026-01-01T00:00:02Z",
    event: { category: "process" },
    host: { id: "b" },
    process: { name: "CMD.EXE" },
  },
];
const ndjson = EVENTS.map((event) => `${JSON.stringify(event)}\n`).join("");
writeFileSync(path.join(folder, "events.ndjson"), `// two hosts\n\n${ndjson}{"broken": \n[1]\n`);
writeFileSync(path.join(folder, "events.ndjson.gz"), gzipSync(ndjson));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], input = ""): Run {
  const command = [path.join(root, "dist/cli.cjs"), "query", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: folder,
    input,
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

const FROM_FILE = ["--events", "events.ndjson"];

test("matches come in order of time, with their lines; broken lines are told and the rest goes on", () => {
  const { code, out, err } = run([...FROM_FILE, 'process where process.name : "cmd.exe"']);
  expect(out).toMatchInlineSnapshot(`
    "warning: 2 lines could not be read
    line 3  @timestamp="2026-01-01T00:00:01Z"  event.category="process"  process.name="cmd.exe"
    line 5  @timestamp="2026-01-01T00:00:02Z"  event.category="process"  process.name="CMD.EXE"
    2 matching events of 3 events
    "
  `);
  expect(err).toContain("line 6: no JSON");
  expect(err).toContain("line 7: an event must be a JSON object");
  expect(code).toBe(0);
});

test("the JSON shape is stable, and a missing event is null", () => {
  const query =
    "sequence by host.id with maxspan=5s [process where true] [network where true] ![file where true]";
  const { code, out } = run(["--events", "events.ndjson.gz", "--format", "json", query]);
  expect(JSON.parse(out)).toEqual({
    version: 1,
    kind: "sequences",
    diagnostics: [],
    results: [{ keys: ["a"], events: [{ line: 1, event: EVENTS[0] }, { line: 2, event: EVENTS[1] }, null] }],
  });
  expect(code).toBe(0);
});

test("an optional field is null where no event has it, also from standard input", () => {
  expect(run(["any where ?user.name == null"], ndjson).out).toContain("3 matching events of 3");
  expect(run(['any where not ?user.name : "x"'], ndjson).out).toContain("0 matching events of 3");
  expect(run(['any where not ?process.name : "x"'], ndjson).out).toContain("3 matching events of 3");
});

test("size, pipes and sample", () => {
  expect(run([...FROM_FILE, "--size", "1", "any where true"]).out).toContain("line 4 ");
  expect(run([...FROM_FILE, "any where true | head 1"]).out).toContain("line 3 ");
  expect(run([...FROM_FILE, "sample by host.id [process where true] [network where true]"]).out).toContain(
    "sample 1: a",
  );
});

test("mistakes in the query are told at their place; exit code 1", () => {
  const { code, out } = run([...FROM_FILE, "--format", "json", "process where process.pid = 1"]);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    diagnostics: [
      { severity: "error", range: { start: { line: 1, column: 27 }, end: { line: 1, column: 28 } } },
    ],
    results: [],
  });
  const mapping = path.join(folder, "mapping.json");
  writeFileSync(mapping, JSON.stringify({ "event.category": "keyword", "process.name": "keyword" }));
  const typed = run([...FROM_FILE, "--mapping", mapping, "process where process.name + 1 == 2"]);
  expect(typed.code).toBe(1);
  expect(typed.out).toContain("error: ");
});

test("wrong usage is exit code 2", () => {
  expect(run(["--events", "nowhere.ndjson", "any where true"])).toMatchObject({ code: 2, out: "" });
  expect(run(["--size", "many", "any where true"]).code).toBe(2);
  expect(run(["--language", "kql", "a:b"]).err).toContain("Queries in kql cannot be run yet");
});

test("--explain says which clause failed and on what value", () => {
  const one = run([
    ...FROM_FILE,
    "--explain",
    "5",
    'process where process.name == "cmd.exe" and host.id == "b"',
  ]);
  expect(one.code).toBe(0);
  expect(one.out).toContain("was `CMD.EXE`");
  const sequence = "sequence by host.id with maxspan=1s [process where true] [network where true]";
  expect(run([...FROM_FILE, "--explain", "9", sequence]).out).toContain("maxspan");
  expect(run([...FROM_FILE, "--explain", "6", "any where true"])).toMatchObject({ code: 2 });
});
