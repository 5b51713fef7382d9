/** `rulewright query --language kuery`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { root } from "../support/fixture.ts";

const folder = mkdtempSync(path.join(tmpdir(), "rulewright-"));
afterAll(() => rmSync(folder, { recursive: true }));

const EVENTS = [
  { "@timestamp": "2026-01-01T00:00:03Z", process: { name: "cmd.exe", pid: 4 } },
  { "@timestamp": "2026-01-01T00:00:01Z", "process.name": "cmd.exe", seen: "2025-12-31T13:00:00Z" },
  { "@timestamp": "2026-01-01T00:00:02Z", process: { name: "CMD.exe" } },
];
writeFileSync(
  path.join(folder, "events.ndjson"),
  `${EVENTS.map((event) => JSON.stringify(event)).join("\n")}\n{"broken": \n`,
);
writeFileSync(
  path.join(folder, "mapping.json"),
  JSON.stringify({ "process.name": "keyword", "process.pid": "long", seen: "date" }),
);

function run(...args: readonly string[]): { readonly code: number | null; readonly out: string } {
  const fixed = [
    path.join(root, "dist/cli.cjs"),
    "query",
    "--language",
    "kuery",
    "--events",
    "events.ndjson",
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...fixed, ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { code: status, out: stdout === "" ? stderr : stdout };
}

const MAPPED = ["--mapping", "mapping.json"];

test("matches come in order of time, and broken lines are told", () => {
  const { out, code } = run("process.name:cmd.exe");
  expect(out).toBe(`warning: 1 line could not be read
line 2  @timestamp="2026-01-01T00:00:01Z"  process.name="cmd.exe"
line 1  @timestamp="2026-01-01T00:00:03Z"  process.name="cmd.exe"
2 matching events of 3 events
`);
  expect(code).toBe(0);
});

test("`now` is what one says", () => {
  const { out } = run(...MAPPED, "--now", "2026-01-01T12:00:00Z", "--format", "json", "seen >= now-1d");
  expect(JSON.parse(out)).toMatchObject({ kind: "events", results: [{ events: [{ line: 2 }] }] });
  expect(run("--now", "soon", "a:b")).toEqual({
    code: 2,
    out: "rulewright: --now takes a point in time, not soon\n",
  });
});

test("an event is explained by its line", () => {
  expect(run("--explain", "3", "process.name:cmd.exe").out).toBe(
    "✗ process.name:cmd.exe — was `CMD.exe`, where only the case differs\n",
  );
});

test("what Kibana or Elasticsearch refuses is told with its place", () => {
  expect(run("process.name:(")).toEqual({ code: 1, out: "1:15: error: Expected a value between ( and )\n" });
  expect(run(...MAPPED, "process.pid:abc")).toEqual({
    code: 1,
    out: "1:13: error: `abc` is no number, and `process.pid` is of the type long\n",
  });
});

test("the query is printed as Kibana sends it", () => {
  const { out, code } = run(...MAPPED, "--emit", "dsl", "process.name:cmd.* and process.pid:4");
  expect(JSON.parse(out)).toEqual({
    bool: {
      filter: [
        { bool: { should: [{ wildcard: { "process.name": { value: "cmd.*" } } }], minimum_should_match: 1 } },
        { bool: { should: [{ match: { "process.pid": "4" } }], minimum_should_match: 1 } },
      ],
    },
  });
  expect(code).toBe(0);
});

test("EQL has no such form", () => {
  const args = ["query", "--emit", "dsl", "any where true"];
  const { status } = spawnSync(process.execPath, [path.join(root, "dist/cli.cjs"), ...args], { cwd: folder });
  expect(status).toBe(2);
});
