/** Large events files, deep ones, and events without a time. */
import { describe, expect, test } from "vitest";
import { allSampleEvents, readSampleEvents } from "../../server/src/core/testing/sampleEvents.ts";
import { eventTimes } from "../../server/src/core/testing/events/times.ts";

describe("limits", () => {
  const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

  test.each<readonly [name: string, text: string, kind: string | undefined]>([
    ["100 levels are read", nested(100), undefined],
    ["101 levels are not", nested(101), "too-large"],
    ["100,000 levels are not", nested(100_000), "broken-json"],
    ["an event of 11 MB is not", JSON.stringify({ a: "x".repeat(11_000_000) }), "too-large"],
    [
      "an event with 5,000 fields is read",
      JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_one, i) => [`f${i}`, i]))),
      undefined,
    ],
  ])("%s", (_name, text, kind) => {
    const { events, problems } = allSampleEvents(`${text}\n{"b":1}\n`);
    expect(problems[0]?.kind).toBe(kind);
    expect(events.at(-1)?.document).toEqual({ b: 1 });
  });

  test("of more broken lines than anybody reads the first are reported", () => {
    const { events, problems } = allSampleEvents(`${'{"a":\n'.repeat(5000)}{"a":1}`);
    expect(problems).toHaveLength(1000);
    expect(events).toHaveLength(1);
  });
});

/** Work is measured in characters between two yields: a clock would make the test depend on the machine. */
describe("large input is read in pieces", () => {
  const line = JSON.stringify({ process: { name: "x".repeat(150) } });
  const hit = `{"_index":"i","_source":${line}}`;
  test.each<readonly [name: string, text: string, count: number]>([
    ["NDJSON", `${line}\n`.repeat(20_000), 20_000],
    ["a list", `[${`${line},`.repeat(20_000)}{}]`, 20_001],
    ["a response", `{"took":1,"hits":{"hits":[${`${hit},`.repeat(20_000)}${hit}]}}`, 20_001],
    ["a list that is not closed", `[\n${`${line},\n`.repeat(20_000)}`, 20_000],
    ["lines that open lists", `{"x":[\n`.repeat(100_000), 0],
  ])("%s", (_name, text, count) => {
    const work = readSampleEvents(text);
    let yields = 0;
    for (;;) {
      const step = work.next();
      if (step.done === true) {
        expect(step.value.events).toHaveLength(count);
        break;
      }
      yields++;
    }
    expect(yields).toBeGreaterThan(text.length / 1_000_000);
  });
});

describe("times", () => {
  test.each<readonly [name: string, text: string, times: readonly string[], withoutTime: number]>([
    [
      "their own",
      '{"@timestamp":"2024-05-01T00:00:00Z"}\n{"@timestamp":1714521605000}',
      ["2024-05-01T00:00:00.000Z", "2024-05-01T00:00:05.000Z"],
      0,
    ],
    [
      "none",
      "{}\n{}\n{}",
      ["2026-01-01T00:00:00.000Z", "2026-01-01T00:00:01.000Z", "2026-01-01T00:00:02.000Z"],
      3,
    ],
    [
      "after one that has its own",
      '{"@timestamp":"2024-05-01T00:00:00Z"}\n{}\n{}',
      ["2024-05-01T00:00:00.000Z", "2024-05-01T00:00:01.000Z", "2024-05-01T00:00:02.000Z"],
      2,
    ],
    ["one that is no time", '{"@timestamp":"yesterday"}', ["2026-01-01T00:00:00.000Z"], 1],
  ])("%s", (_name, text, expected, withoutTime) => {
    const { events } = allSampleEvents(text);
    const times = eventTimes(events, "@timestamp");
    expect(events.map((event) => new Date(times.timeFor(event) ?? NaN).toISOString())).toEqual(expected);
    expect(times.withoutTime).toBe(withoutTime);
  });
});
