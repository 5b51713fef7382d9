/** EQL rules and their test files in; outcomes and the sentences that say why out. */
import { describe, expect, test } from "vitest";
import { type Files, reportsOf, ruleText } from "./support.ts";
import {
  at,
  BOB,
  CMD,
  END,
  NETWORK,
  OTHER,
  QUERY,
  reportOf,
  SEQUENCE,
  START,
  type Written,
} from "./writtenRule.ts";

describe("events that stand alone", () => {
  test.each<readonly [name: string, written: Written, outcome: string, message: string | undefined]>([
    ["all alert", { events: CMD + CMD }, "passed", undefined],
    [
      "one does not alert",
      { events: CMD + OTHER },
      "failed",
      '1 of 2 events do not alert: line 2, `process.name : "cmd.exe"` does not hold: was `notepad.exe`',
    ],
    [
      "an exclusion holds",
      { events: BOB },
      "failed",
      'The event does not alert: line 1, `user.name == "bob"` must not hold: was `bob`',
    ],
    [
      "of another category",
      { events: CMD.replace('"process"', '"file"') },
      "failed",
      "The event does not alert: line 1, `process` does not hold: `event.category` was `file`",
    ],
    ["none alerts, as it should be", { kind: "nomatch", events: OTHER + BOB }, "passed", undefined],
    [
      "one alerts that should not",
      { kind: "nomatch", events: OTHER + CMD },
      "failed",
      "Expected no alert, got 1 on line 2",
    ],
    [
      "a known miss",
      { kind: "todo", events: OTHER },
      "todo",
      'The event does not alert: line 1, `process.name : "cmd.exe"` does not hold: was `notepad.exe`',
    ],
    [
      "a known miss that is none any more",
      { kind: "todo", events: CMD },
      "todo",
      "Passes now, and is no known miss any more",
    ],
    [
      "a known false alarm",
      { kind: "nomatch.todo", events: CMD },
      "todo",
      "Expected no alert, got 1 on line 1",
    ],
    ["scratch", { kind: "events", events: CMD + OTHER }, "scratch", undefined],
    ["no events", { events: "\n// nothing\n" }, "error", "The case has no events"],
    [
      "no event that can be read",
      { events: "nope\n" },
      "error",
      "No event can be read: An event begins with `{`",
    ],
    [
      "a broken line beside one that alerts",
      { events: `${CMD}{"a":\n` },
      "error",
      "Line 2 cannot be read: Expected a value",
    ],
    [
      "a broken line beside one that fails",
      { events: `${OTHER}{"a":\n` },
      "failed",
      'The event does not alert: line 1, `process.name : "cmd.exe"` does not hold: was `notepad.exe`',
    ],
    [
      "an export of rules",
      { events: '{"exported_rules_count":1}' },
      "error",
      "This is an export of rules from Kibana, not of events",
    ],
    [
      "several events on a line",
      { events: `[${CMD.trim()},${OTHER.trim()}]` },
      "failed",
      '1 of 2 events do not alert: event 2 (line 1), `process.name : "cmd.exe"` does not hold: was `notepad.exe`',
    ],
  ])("%s", (_name, written, outcome, message) => {
    const report = reportOf(written);
    expect([report.outcome, report.message]).toEqual([outcome, message]);
  });

  test("a failure stands at the clause that decided it", () => {
    const text = ruleText(QUERY);
    const { ruleSpan } = reportOf({ events: BOB });
    expect(ruleSpan && text.slice(ruleSpan.start, ruleSpan.end)).toBe('user.name == "bob"');
    const alerting = reportOf({ kind: "nomatch", events: CMD });
    expect(alerting.ruleSpan && text.slice(alerting.ruleSpan.start, alerting.ruleSpan.end)).toBe(QUERY);
  });
});

describe("sequences and samples", () => {
  test.each<readonly [name: string, written: Written, outcome: string, message: string | undefined]>([
    ["a sequence", { events: at(0, START) + at(5, NETWORK) }, "passed", undefined],
    ["out of order in the file", { events: at(5, NETWORK) + at(0, START) }, "passed", undefined],
    [
      "without times",
      {
        events: `${JSON.stringify({ "host.id": "h", ...START })}\n${JSON.stringify({ "host.id": "h", ...NETWORK })}`,
      },
      "passed",
      undefined,
    ],
    [
      "too late",
      { events: at(0, START) + at(90, NETWORK) },
      "failed",
      "Expected at least 1 alert, got none: step 2 (line 2) came 30 s after maxspan",
    ],
    [
      "of two hosts",
      { events: at(0, START) + at(5, NETWORK, "g") },
      "failed",
      "Expected at least 1 alert, got none: key differs: `h` against `g` in `host.id` of step 2 (line 2)",
    ],
    [
      "ended before",
      { events: at(0, START) + at(2, END) + at(5, NETWORK) },
      "failed",
      "Expected at least 1 alert, got none: cancelled by until at line 2, before step 2 (line 3)",
    ],
    [
      "nothing for step 2",
      { events: at(0, START) },
      "failed",
      "Expected at least 1 alert, got none: no event matches step 2: none has the category `network`",
    ],
    [
      "too late, as it should be",
      { kind: "nomatch", events: at(0, START) + at(90, NETWORK) },
      "passed",
      undefined,
    ],
    [
      "one that should not be",
      { kind: "nomatch", events: at(0, START) + at(5, NETWORK) },
      "failed",
      "Expected no alert, got 1 on line 1 and line 2",
    ],
    [
      "runs",
      {
        query: "sequence by host.id with maxspan=1m [process where true] with runs=3",
        events: at(0, START) + at(1, START) + at(2, START),
      },
      "passed",
      undefined,
    ],
    [
      "a run too few",
      {
        kind: "nomatch",
        query: "sequence by host.id with maxspan=1m [process where true] with runs=3",
        events: at(0, START) + at(1, START),
      },
      "passed",
      undefined,
    ],
    [
      "an event that must be missing",
      {
        kind: "nomatch",
        query:
          "sequence by host.id with maxspan=1m [process where true] ![file where true] [network where true]",
        events: at(0, START) + at(1, { "event.category": "file" }) + at(2, NETWORK),
      },
      "passed",
      undefined,
    ],
    [
      "a sample",
      {
        query: "sample by host.id [process where true] [network where true]",
        events: at(9, NETWORK) + at(0, START),
      },
      "passed",
      undefined,
    ],
    [
      "a sample of two hosts",
      {
        kind: "nomatch",
        query: "sample by host.id [process where true] [network where true]",
        events: at(9, NETWORK, "g") + at(0, START),
      },
      "passed",
      undefined,
    ],
  ])("%s", (_name, { query = SEQUENCE, ...written }, outcome, message) => {
    const report = reportOf({ query, ...written });
    expect([report.outcome, report.message]).toEqual([outcome, message]);
  });

  test("of events without times it is said that they got some", () => {
    const events = `${JSON.stringify({ "host.id": "h", ...START })}\n${JSON.stringify({ "host.id": "h", ...NETWORK })}`;
    expect(reportOf({ query: SEQUENCE, events }).notes).toEqual([
      "2 events have no `@timestamp`, taken as one second after the one before",
    ]);
  });
});

describe("counts of alerts", () => {
  const files = (alerts: string): Files => ({
    "rules/a.toml": ruleText(QUERY),
    "rules/_tests/x.ndjson": CMD + CMD + OTHER,
    "rules/_tests/a.test.yml": `cases: [ { name: x, alerts: ${alerts}, events: x.ndjson } ]`,
  });
  test.each<readonly [alerts: string, outcome: string, expected: string, message: string | undefined]>([
    ["2", "passed", "exactly 2 alerts", undefined],
    ["1", "failed", "exactly 1 alert", "Expected exactly 1 alert, got 2 on line 1 and line 2"],
    [
      "3",
      "failed",
      "exactly 3 alerts",
      'Expected exactly 3 alerts, got 2 on line 1 and line 2: line 3, `process.name : "cmd.exe"` does not hold: was `notepad.exe`',
    ],
    ["{ at_least: 1 }", "passed", "at least 1 alert", undefined],
    [
      "{ at_least: 3 }",
      "failed",
      "at least 3 alerts",
      'Expected at least 3 alerts, got 2 on line 1 and line 2: line 3, `process.name : "cmd.exe"` does not hold: was `notepad.exe`',
    ],
    ["{ at_most: 2 }", "passed", "at most 2 alerts", undefined],
    ["{ at_most: 1 }", "failed", "at most 1 alert", "Expected at most 1 alert, got 2 on line 1 and line 2"],
    ["{ at_least: 1, at_most: 3 }", "passed", "1 to 3 alerts", undefined],
  ])("%s", (alerts, outcome, expected, message) => {
    const report = reportsOf(files(alerts)).get("x");
    expect([report?.outcome, report?.expected, report?.message]).toEqual([outcome, expected, message]);
  });
});
