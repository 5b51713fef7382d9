/** Every new rule is valid, whatever its author chooses. */
import { describe, expect, test } from "vitest";
import { DATA_SOURCES } from "../../server/src/core/author/dataSources.ts";
import { ruleFileName } from "../../server/src/core/author/fileName.ts";
import {
  NEW_RULE_KINDS,
  type NewRuleChoice,
  newRuleText,
  tabStops,
} from "../../server/src/core/author/newRule.ts";
import { textAt } from "../../server/src/core/text/span.ts";
import { formattedRule } from "../support/format.ts";
import { diagnose, ELASTIC, knowledge } from "../support/analyse.ts";

function choice(own: Partial<NewRuleChoice>): NewRuleChoice {
  const [source] = DATA_SOURCES;
  if (source === undefined) throw new Error("There is no data source");
  return {
    kind: "eql",
    source,
    name: "Something Odd Happened",
    author: "Jo",
    id: "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11",
    today: "2026/01/31",
    threat: undefined,
    attack: knowledge.attack,
    ...own,
  };
}

function threat(technique: string): NewRuleChoice["threat"] {
  const found = knowledge.attack?.technique(technique);
  const tactic = knowledge.attack?.tactic(found?.tactics[0] ?? "");
  if (found === undefined || tactic === undefined) throw new Error(`There is no ${technique}`);
  return { tactic, technique: found };
}

describe.each(NEW_RULE_KINDS)("$label", ({ kind }) => {
  test.each(DATA_SOURCES)("on $label has nothing to tell", (source) => {
    const text = newRuleText(choice({ kind, source, threat: threat("T1059.001") }));
    const path = `rules/windows/${ruleFileName("Something Odd Happened", "Execution")}`;
    expect(formattedRule(text)).toMatchObject({ edits: [] });
    const found = diagnose(text, ELASTIC, knowledge, { path, today: "2026/01/31" });
    expect(
      found
        .filter(({ severity }) => severity === "error" || severity === "warning")
        .map(({ check, message }) => `${check}: ${message}`),
    ).toEqual([]);
  });
});

test.each([
  ["eql", "endpoint-windows", ["rundll32.exe", "say here what the rule finds, and why that matters."]],
  [
    "eql-sequence",
    "endpoint-windows",
    ["rundll32.exe rundll32.exe", "say here what the rule finds, and why that matters."],
  ],
  ["threshold", "github-audit", ["repo.destroy", "say here what the rule finds, and why that matters."]],
  ["machine_learning", "sysmon", ["my_job", "say here what the rule finds, and why that matters."]],
  ["esql", "okta-system", ["say here what the rule finds, and why that matters."]],
] as const)("%s on %s asks for %j", (kind, id, expected) => {
  const source = DATA_SOURCES.find((one) => one.id === id);
  const text = newRuleText(choice({ kind, ...(source === undefined ? {} : { source }) }));
  const stops = source === undefined ? [] : tabStops(text, source);
  expect(stops.map(({ spans }) => spans.map((span) => textAt(text, span)).join(" "))).toEqual(expected);
});

test("a sequence joins events of two categories where a process has both", () => {
  const text = newRuleText(choice({ kind: "eql-sequence" }));
  expect(text).toContain('index = ["logs-endpoint.events.process-*", "logs-endpoint.events.network-*"]');
  expect(text.slice(text.indexOf("sequence"), text.lastIndexOf("'''")))
    .toBe(`sequence by process.entity_id with maxspan=1m
  [process where host.os.type == "windows" and event.type == "start" and
    process.name : "rundll32.exe"]
  [network where host.os.type == "windows" and process.name : "rundll32.exe"]
`);
});

test("a sub-technique stands below its technique", () => {
  const text = newRuleText(choice({ threat: threat("T1059.001") }));
  expect(text.slice(text.indexOf("[[rule.threat]]"))).toBe(`[[rule.threat]]
framework = "MITRE ATT&CK"

[[rule.threat.technique]]
id = "T1059"
name = "Command and Scripting Interpreter"
reference = "https://attack.mitre.org/techniques/T1059/"

[[rule.threat.technique.subtechnique]]
id = "T1059.001"
name = "PowerShell"
reference = "https://attack.mitre.org/techniques/T1059/001/"

[rule.threat.tactic]
id = "TA0002"
name = "Execution"
reference = "https://attack.mitre.org/tactics/TA0002/"
`);
});

test.each([
  ["Shell Started by a Web Server", "Execution", "execution_shell_started_by_a_web_server.toml"],
  ["Execution via Cron", "Execution", "execution_via_cron.toml"],
  ["Ünïcode & Signs!", undefined, "unicode_signs.toml"],
  ["---", undefined, "rule.toml"],
])("the file of %j under %j is %s", (name, tactic, file) => {
  expect(ruleFileName(name, tactic)).toBe(file);
});
