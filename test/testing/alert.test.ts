/** Alerts as Kibana writes them, field by field. */
import { describe, expect, test } from "vitest";
import { alertOf } from "../../server/src/core/testing/alert.ts";
import { exhausted } from "../engine/exhausted.ts";
import { NO_TYPES } from "./ecsTypes.ts";
import { eventsIn, readyRule, ruleOf } from "./support.ts";
import { at, NETWORK, QUERY, SEQUENCE, START } from "./writtenRule.ts";

describe("the alert as Kibana writes it", () => {
  function alertFor(query: string, events: string, more?: string): ReturnType<typeof alertOf> {
    const rule = readyRule(query, NO_TYPES, more);
    const inputs = {
      events: eventsIn(events),
      history: [],
      indicators: [],
      now: undefined,
      index: undefined,
    };
    const outcome = exhausted(rule.run(inputs));
    const [alert] = outcome.ok ? outcome.value.alerts : [];
    if (alert === undefined) throw new Error("no alert");
    return alertOf(ruleOf(query, more), alert, { now: 1_767_225_660_000 });
  }

  const event = `${JSON.stringify({ _index: ".ds-logs-x-default-2024.01.31-000001", _id: "7", _source: { "@timestamp": "2026-01-01T00:00:00Z", event: { category: "process", action: "exec" }, process: { name: "cmd.exe", parent: { name: "explorer.exe" } }, user: { name: "jo" }, host: { name: "h" }, score: 99, level: "top" } })}\n`;

  test.each<readonly [field: string, value: unknown]>([
    ["@timestamp", "2026-01-01T00:01:00.000Z"],
    ["event.kind", "signal"],
    ["event.category", "process"],
    ["process.name", "cmd.exe"],
    ["kibana.alert.original_time", "2026-01-01T00:00:00.000Z"],
    ["kibana.alert.original_event.action", "exec"],
    ["kibana.alert.ancestors", [{ depth: 0, type: "event", id: "7", index: "logs-x-default" }]],
    ["kibana.alert.depth", 1],
    ["kibana.alert.severity", "high"],
    ["kibana.alert.risk_score", 73],
    ["kibana.alert.rule.name", "A rule"],
    ["kibana.alert.rule.rule_id", "r1"],
    ["kibana.alert.rule.category", "Event Correlation Rule"],
    [
      "kibana.alert.reason",
      "process event with process cmd.exe, parent process explorer.exe, by jo on h created high alert A rule.",
    ],
  ])("%s", (field, value) => {
    expect(alertFor(QUERY, event).fields[field]).toEqual(value);
  });

  test.each<readonly [name: string, more: string, field: string, value: unknown]>([
    ["a name from the event", 'rule_name_override = "process.name"', "kibana.alert.rule.name", "cmd.exe"],
    ["no name from the event", 'rule_name_override = "file.name"', "kibana.alert.rule.name", "A rule"],
    [
      "a severity from the event",
      'severity_mapping = [{ field = "level", operator = "equals", value = "top", severity = "critical" }]',
      "kibana.alert.severity",
      "critical",
    ],
    [
      "a severity of another event",
      'severity_mapping = [{ field = "level", operator = "equals", value = "low", severity = "low" }]',
      "kibana.alert.severity",
      "high",
    ],
    [
      "a risk score from the event",
      'risk_score_mapping = [{ field = "score", operator = "equals", value = "" }]',
      "kibana.alert.risk_score",
      99,
    ],
    ["a building block", 'building_block_type = "default"', "kibana.alert.building_block_type", "default"],
    ["tags", 'tags = ["a", "b"]', "kibana.alert.rule.tags", ["a", "b"]],
    [
      "threat",
      'threat = [{ framework = "f", tactic = { id = "T" } }]',
      "kibana.alert.rule.threat",
      [{ framework: "f", tactic: { id: "T" } }],
    ],
  ])("%s", (_name, more, field, value) => {
    expect(alertFor(QUERY, event, `type = "eql"\nlanguage = "eql"\n${more}`).fields[field]).toEqual(value);
  });

  test("a sequence has an alert of what its events share, and one for each event", () => {
    const { fields, buildingBlocks } = alertFor(SEQUENCE, at(0, START) + at(5, NETWORK));
    expect([fields["host.id"], fields["process.name"], fields["kibana.alert.depth"]]).toEqual([
      "h",
      undefined,
      2,
    ]);
    expect(buildingBlocks.map((one) => [one["event.category"], one["kibana.alert.group.index"]])).toEqual([
      ["process", 0],
      ["network", 1],
    ]);
    expect(new Set([fields, ...buildingBlocks].map((one) => one["kibana.alert.group.id"])).size).toBe(1);
  });

  test("an alert that others were folded into says how many", () => {
    const more = 'type = "eql"\nlanguage = "eql"\nalert_suppression = { group_by = ["user.name"] }';
    const { fields } = alertFor(QUERY, event + event.replace("00:00:00Z", "00:00:09Z"), more);
    expect(fields["kibana.alert.suppression.docs_count"]).toBe(1);
    expect(fields["kibana.alert.suppression.terms"]).toEqual([{ field: "user.name", value: "jo" }]);
    expect(fields["kibana.alert.suppression.end"]).toBe("2026-01-01T00:00:09.000Z");
  });
});
