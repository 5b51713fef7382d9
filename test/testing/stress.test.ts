/** Sizes that nobody plans for: there is an answer, work can be stopped meanwhile, and memory is given back. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type JsonObject } from "../../server/src/core/engine/event.ts";
import { eventHover } from "../../server/src/core/features/testHover.ts";
import { testCasesOf } from "../../server/src/core/testing/cases.ts";
import { partResults } from "../../server/src/core/testing/clauseCounts.ts";
import { eventsFindings } from "../../server/src/core/testing/findings.ts";
import { readSampleEvents, type SampleEvents } from "../../server/src/core/testing/sampleEvents.ts";
import { RULE, shell } from "../lsp/testingWorkspace.ts";
import { root } from "../support/fixture.ts";
import { ecsTypes } from "./ecsTypes.ts";
import { readyRule } from "./support.ts";

const LONGEST_PAUSE = 50;
const ATTEMPTS = 5;

/** What comes out in the end. Between two yields there is never more than the longest pause, but for a slow machine. */
function pausing<T>(work: () => Generator<undefined, T>): T {
  let outcome: { readonly value: T; readonly longest: number } | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    outcome = timed(work());
    if (outcome.longest < LONGEST_PAUSE) break;
  }
  expect(outcome?.longest).toBeLessThan(LONGEST_PAUSE);
  if (outcome === undefined) throw new Error("Nothing was tried");
  return outcome.value;
}

function timed<T>(work: Generator<undefined, T>): { readonly value: T; readonly longest: number } {
  let longest = 0;
  for (;;) {
    const started = performance.now();
    const step = work.next();
    longest = Math.max(longest, performance.now() - started);
    if (step.done === true) return { value: step.value, longest };
  }
}

// Before the heap is large: to collect what is in it takes its time.
test("100,000 cases in one folder are planned", () => {
  const files = Array.from({ length: 100_000 }, (_file, i) => `_tests/a.match.c${i}.ndjson`);
  const rules = [{ path: "a.toml", ruleId: undefined }];
  const { cases, problems } = pausing(() =>
    testCasesOf({ rules, files, roots: [], textOf: () => undefined }),
  );
  expect(cases).toHaveLength(100_000);
  expect(problems).toEqual([]);
});

const OPTIONS = {
  types: ecsTypes,
  timestampField: "@timestamp",
  fields: [{ name: "process.name", optional: false }],
};

describe("a file of 50 MB", () => {
  const line = shell({ args: ["x".repeat(300)] });
  const count = Math.ceil(50_000_000 / line.length);
  const text = line.repeat(count);
  let read: SampleEvents | undefined;

  test("is read", () => {
    read = pausing(() => readSampleEvents(text));
    expect(read.events).toHaveLength(count);
  });

  test("is looked through", () => {
    expect(pausing(() => eventsFindings(text, read ?? expect.unreachable(), OPTIONS))).toEqual([]);
  });

  test("is counted, clause by clause", () => {
    const rule = readyRule(
      'process where process.name : ("sh", "bash") and not process.args : "-v"',
      ecsTypes,
    );
    const [part] = pausing(() => partResults(rule, read?.events ?? []));
    expect(part).toMatchObject({ eventCount: count, matchCount: count });
  });
});

describe("an event of 5,000 fields", () => {
  const fields = Object.fromEntries(Array.from({ length: 5000 }, (_field, i) => [`f${i % 50}.g${i}`, "x"]));
  const document: JsonObject = {
    ...fields,
    "@timestamp": 1,
    "event.category": "process",
    process: { name: "sh" },
  };
  const text = `${JSON.stringify(document)}\n`;
  const read = pausing(() => readSampleEvents(text));

  test("is judged and explained", () => {
    const rule = readyRule('process where process.name : "sh"', ecsTypes);
    const inputs = { events: read.events, history: [], indicators: [], now: undefined, index: undefined };
    const result = pausing(() => rule.run(inputs));
    expect(result.ok && result.value.alerts).toHaveLength(1);
    const [event] = read.events;
    expect(event && rule.explainEvent(event)?.verdict).toBe(true);
    expect(pausing(() => eventsFindings(text, read, OPTIONS))).toEqual([]);
  });

  test("can be pointed at", () => {
    const started = performance.now();
    const offset = text.indexOf('"f7.g4957"') + 3;
    expect(eventHover(text, read.events, offset, undefined)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe("on the disk", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "rulewright-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("20,000 cases run, and each is told", () => {
    const cases = 20_000;
    mkdirSync(path.join(folder, "_tests"));
    writeFileSync(path.join(folder, "a.toml"), RULE);
    for (let i = 0; i < cases; i++)
      writeFileSync(path.join(folder, "_tests", `a.${i === 7 ? "nomatch" : "match"}.c${i}.ndjson`), shell());
    const command = [path.join(root, "dist/cli.cjs"), "test", "--format", "json"];
    const { stdout, status } = spawnSync(process.execPath, command, {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 1e9,
    });
    // JSON of our own.
    const { summary } = JSON.parse(stdout) as { readonly summary: object };
    expect(summary).toEqual({ passed: cases - 1, failed: 1, unsupported: 0, todo: 0, error: 0 });
    expect(status).toBe(1);
  });
});

test("the heap after 1,000 rounds of typing is that after 100", () => {
  const script = path.join(root, "test/testing/heapOnce.ts");
  const { stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", script], { encoding: "utf8" });
  expect(stderr).toBe("");
  const { early, late } = JSON.parse(stdout) as { readonly early: number; readonly late: number }; // Our own script.
  expect(late).toBeLessThan(1.1 * early);
});
