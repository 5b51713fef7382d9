/** What rules say beside their query: indices, suppression, limits; and what cannot be run. */
import { describe, expect, test } from "vitest";
import { ecsTypes, NO_TYPES } from "./ecsTypes.ts";
import { preparedOf, processEvent, reportsOf, ruleText } from "./support.ts";
import { CMD, QUERY, reportOf, type Written } from "./writtenRule.ts";

describe("what cannot be run is neither passed nor failed", () => {
  test.each<readonly [name: string, written: Written, outcome: string, message: string]>([
    [
      "an ES|QL rule",
      { query: "from x", more: 'type = "esql"\nlanguage = "esql"', events: CMD },
      "unsupported",
      "Rules of the type ES|QL cannot be run on sample events yet",
    ],
    [
      "KQL in an EQL rule",
      { query: "x : *", more: 'type = "eql"\nlanguage = "kuery"', events: CMD },
      "unsupported",
      "KQL cannot be run in a rule of the type EQL",
    ],
    [
      "filters",
      { more: 'type = "eql"\nlanguage = "eql"\nfilters = [{ query = {} }]', events: CMD },
      "unsupported",
      "An entry of `filters` cannot be run: a query of other than one kind",
    ],
    [
      "a type that nobody knows",
      { more: 'type = "eqll"\nlanguage = "eql"', events: CMD },
      "error",
      "The rule has no type that Kibana knows",
    ],
    [
      "a query with an error",
      { query: "process where process.name == and x == 1", events: CMD },
      "error",
      "Expected a value after ==",
    ],
    [
      "types that Elasticsearch refuses",
      { query: 'process where process.pid : "x"', types: ecsTypes, events: CMD },
      "error",
      "",
    ],
    [
      "nested fields",
      {
        query: "process where x == 1",
        events: CMD,
        types: {
          ...NO_TYPES,
          get: (name) =>
            name === "x"
              ? {
                  name,
                  type: "nested",
                  exactSubfields: [],
                  isNormalized: false,
                  nestedIn: undefined,
                  nullValue: undefined,
                }
              : undefined,
        },
      },
      "error",
      "",
    ],
    [
      "a division by zero",
      {
        query: "process where process.pid % process.ppid == 1",
        events: processEvent({ "process.pid": 1, "process.ppid": 0 }),
      },
      "failed",
      "Elasticsearch fails on ",
    ],
  ])("%s", (_name, written, outcome, message) => {
    const report = reportOf(written);
    expect(report.outcome).toBe(outcome);
    expect(report.message?.startsWith(message), report.message).toBe(true);
    expect(report.ruleSpan).toBeDefined();
  });

  test("a rule without a query", () => {
    const prepared = preparedOf("x", NO_TYPES, 'type = "eql"\nlanguage = "eql"\n[other]');
    expect(prepared.ok || prepared.error).toEqual({
      kind: "broken",
      reason: "The rule has no query",
      span: expect.anything() as unknown,
    });
  });
});

describe("indices that the rule reads", () => {
  const more = (patterns: string): string => `type = "eql"\nlanguage = "eql"\nindex = [${patterns}]`;
  const inIndex = (index: string): string =>
    `${JSON.stringify({ _index: index, _source: JSON.parse(CMD) as object })}\n`;
  const inStream = processEvent({
    "process.name": "cmd.exe",
    "data_stream.dataset": "endpoint.events.process",
  });
  test.each<readonly [name: string, patterns: string, events: string, outcome: string]>([
    ["nothing is known of the event", '"logs-x-*"', CMD, "passed"],
    ["one of them", '"logs-x-*", "winlogbeat-*"', inIndex("winlogbeat-8.1"), "passed"],
    ["none of them", '"logs-x-*", "winlogbeat-*"', inIndex("auditbeat-8.1"), "failed"],
    [
      "a backing index",
      '"logs-endpoint.events.*"',
      inIndex(".ds-logs-endpoint.events.process-default-2024.01.31-000001"),
      "passed",
    ],
    ["of another cluster", '"*:logs-*"', inIndex("other:logs-x-default"), "passed"],
    ["the data stream fits", '"logs-endpoint.events.process-*"', inStream, "passed"],
    ["the data stream does not", '"logs-endpoint.events.file-*"', inStream, "failed"],
    ["one that is taken away", '"logs-*,-logs-x-*"', inIndex("logs-x-default"), "failed"],
    ["a wildcard in the middle", '"logs-*.process-*"', inStream, "passed"],
    ["no patterns", "", inIndex("x"), "passed"],
  ])("%s", (_name, patterns, events, outcome) => {
    expect(reportOf({ more: more(patterns), events }).outcome).toBe(outcome);
  });

  test("it is said why an event is not looked at", () => {
    const report = reportOf({ more: more('"logs-*"'), events: inIndex("auditbeat-8.1") });
    expect(report.message).toBe(
      "The event does not alert: line 1 stands in `auditbeat-8.1`, which the rule does not read",
    );
    expect(report.notes).toEqual([
      "The event on line 1 stands in `auditbeat-8.1`, which the rule does not read",
    ]);
  });

  test("a manifest says where events stand that do not say so", () => {
    const reports = reportsOf({
      "rules/a.toml": ruleText(QUERY, more('"logs-*"')),
      "rules/_tests/a.test.yml": `cases: [ { name: x, index: winlogbeat-1, events: [ ${CMD.trim()} ] }, { name: y, index: logs-1, events: [ ${CMD.trim()} ] } ]`,
    });
    expect([...reports.values()].map(({ outcome }) => outcome)).toEqual(["failed", "passed"]);
  });
});

describe("alert suppression", () => {
  const more = (strategy: string): string =>
    `type = "eql"\nlanguage = "eql"\nalert_suppression = { group_by = ["user.name"], missing_fields_strategy = "${strategy}" }`;
  const events = ["a", "b", "a", undefined, undefined]
    .map((name) => processEvent({ "user.name": name }))
    .join("");
  test.each<readonly [strategy: string, alerts: readonly (readonly [events: number, folded: number])[]]>([
    [
      "suppress",
      [
        [2, 1],
        [1, 0],
        [2, 1],
      ],
    ],
    [
      "doNotSuppress",
      [
        [2, 1],
        [1, 0],
        [1, 0],
        [1, 0],
      ],
    ],
  ])("%s", (strategy, expected) => {
    const report = reportOf({ query: "process where true", more: more(strategy), events });
    expect(report.alerts.map((alert) => [alert.events.length, alert.suppressedCount])).toEqual(expected);
    expect(report.outcome).toBe("passed");
  });
});

test("more alerts than Kibana writes are noted", () => {
  const report = reportOf({ more: 'type = "eql"\nlanguage = "eql"\nmax_signals = 2', events: CMD.repeat(3) });
  expect(report.outcome).toBe("passed");
  expect(report.notes).toEqual(["Kibana writes 2 of these 3 alerts in one run"]);
});
