/** What a workspace remembers of its rules, and which changes concern others. */
import { describe, expect, test } from "vitest";
import { queryCache } from "../server/src/core/analysis/cache.ts";
import { isConcerned, workspaceChecks } from "../server/src/core/analysis/comparing.ts";
import { summaryOf, summaryOfText } from "../server/src/core/analysis/summaries.ts";
import { type WorkspaceIndex, workspaceIndex } from "../server/src/core/analysis/workspace.ts";
import { CHECKS } from "../server/src/core/checks/registry.generated.ts";
import { type RuleSummary } from "../server/src/core/rule/summary.ts";
import { diagnose, knowledge, snapshot } from "./support/analyse.ts";
import { placeOfCase } from "./support/authoredPlace.ts";
import { fixturesIn, unmarked } from "./support/fixture.ts";
import { CLEAN_RULE, renamed } from "./support/sampleRule.ts";

function summary(path: string, text: string): RuleSummary {
  const found = summaryOfText(path, text, queryCache());
  if (found === undefined) throw new Error(`${path} is no rule`);
  return found;
}

const RULE = `[metadata]
creation_date = "2023/01/31"
maturity = "production"
updated_date = "2024/01/31"
[rule]
index = ["logs-*"]
language = "eql"
name = "Shell"
query = '''
process where process.name : "a" and process.pid == 4 and not process.name in ("b", "c", "d", "e", "f", "g", "h", "i")
'''
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"
severity = "low"
tags = ["Use Case: A"]
type = "eql"
[[rule.threat]]
framework = "MITRE ATT&CK"
[[rule.threat.technique]]
id = "T1059"
[[rule.threat.technique.subtechnique]]
id = "T1059.001"
[rule.threat.tactic]
id = "TA0002"
`;

describe("a summary", () => {
  test("holds what rules are told apart and counted by", () => {
    const found = summary("rules/shell.toml", RULE);
    const spanned = (value: string): object => {
      const start = RULE.indexOf(`"${value}"`);
      return { value, span: { start, end: start + value.length + 2 } };
    };
    expect(found).toEqual({
      path: "rules/shell.toml",
      id: spanned("5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"),
      name: spanned("Shell"),
      maturity: "production",
      created: "2023/01/31",
      updated: "2024/01/31",
      type: "eql",
      severity: "low",
      tags: ["Use Case: A"],
      index: ["logs-*"],
      techniques: ["T1059", "T1059.001"],
      threats: ["T1059", "T1059.001"].map((technique) => ({ tactic: "TA0002", technique })),
      integrations: [],
      fields: { "process.name": placesOf("process.name"), "process.pid": placesOf("process.pid") },
      references: [],
      exclusions: [{ key: expect.stringMatching(/^process\.name 8 /) as string, span: exclusionSpan() }],
      alerts: { ids: [], names: [], isOfBuildingBlocks: false },
      isBuildingBlock: false,
      mentions: [],
      exceptionLists: [],
    });
  });

  function placesOf(field: string): readonly number[] {
    return [...RULE.matchAll(new RegExp(field, "g"))].map(({ index }) => index);
  }

  function exclusionSpan(): object {
    const start = RULE.indexOf("process.name in");
    return { start, end: RULE.indexOf(")\n", start) + 1 };
  }

  test("knows a list by its values alone", () => {
    const keyOf = (values: string, field = "process.name"): unknown =>
      summary("a", RULE.replace(/process\.name in \(.*\)/, `${field} in~ (${values})`)).exclusions[0]?.key;
    const same = keyOf('"I", "h", "g", "f", "e", "d", "c", "b"');
    expect(same).toBe(summary("a", RULE).exclusions[0]?.key);
    expect(keyOf('"b", "c", "d", "e", "f", "g", "h", "j"')).not.toBe(same);
    expect(keyOf('"b", "c", "d", "e", "f", "g", "h", "i"', "process.title")).not.toBe(same);
    expect(keyOf('"b", "c", "d", "e", "f", "g", "h"')).toBeUndefined();
    expect(
      keyOf('"10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "::1", "10.0.0.5", "10.0.0.6", "10.0.0.7"'),
    ).toBeUndefined();
  });

  test("finds the rules whose alerts a query reads, in any language", () => {
    const [first, second] = ["11111111-0c39-4f4e-9b4f-0d1a5c1c6a11", "22222222-0c39-4f4e-9b4f-0d1a5c1c6a11"];
    const read = (language: string, query: string): readonly string[] =>
      summary("a", `[rule]\ntype = "query"\nlanguage = "${language}"\nquery = '''${query}'''\n`).references;
    expect(read("kuery", `kibana.alert.rule.rule_id:(${first} or "${second}")`)).toEqual([first, second]);
    expect(read("eql", `any where signal.rule.rule_id == "${first.toUpperCase()}"`)).toEqual([first]);
    expect(
      read("esql", `FROM a | WHERE kibana.alert.rule.rule_id NOT IN ("${first}",\n "${second}")`),
    ).toEqual([first, second]);
    expect(read("kuery", `kibana.alert.rule.uuid:"${first}" and host.id:"${second}"`)).toEqual([]);
  });

  test("of what is no rule there is none", () => {
    expect(summaryOfText("a.toml", "[tool]\nx = 1\n", queryCache())).toBeUndefined();
  });
});

describe("an update", () => {
  const others = [
    summary("rules/a.toml", renamed(CLEAN_RULE, "A")),
    summary("rules/b.toml", renamed(CLEAN_RULE, "B")),
  ];
  const index = workspaceIndex(others);
  const isNews = (text: string, from: WorkspaceIndex = index): boolean =>
    from.with("rules/a.toml", summary("rules/a.toml", text)).isNews;
  const own = renamed(CLEAN_RULE, "A");

  test("that changes nothing gives the same index", () => {
    expect(index.with("rules/a.toml", summary("rules/a.toml", own)).index).toBe(index);
  });

  test("concerns others only if it changes what they share", () => {
    expect(isNews(own.replace("nginx", "apache"))).toBe(false);
    expect(isNews(own.replace("process.parent.name", "process.name"))).toBe(false);
    expect(isNews(own.replace("A shell", "Another shell"))).toBe(false);
    expect(isNews(renamed(CLEAN_RULE, "C"))).toBe(true);
    expect(isNews(own.replace("production", "development"))).toBe(true);
    expect(index.with("rules/a.toml", undefined).isNews).toBe(true);
  });

  test("moves the places that others point at", () => {
    const shared = index.with("rules/c.toml", summary("rules/c.toml", own)).index;
    expect(isNews(`# moved\n${own}`, shared)).toBe(true);
    expect(isNews(`# moved\n${own}`)).toBe(false);
  });

  test("leaves the index before as it was, and finds what is new", () => {
    const next = index.with("rules/a.toml", summary("rules/a.toml", renamed(CLEAN_RULE, "B"))).index;
    const paths = (one: WorkspaceIndex, name: string): readonly string[] =>
      one.withName(name, "active").map(({ path }) => path);
    expect(paths(next, "B").toSorted()).toEqual(["rules/a.toml", "rules/b.toml"]);
    expect(paths(next, "A")).toEqual([]);
    expect(paths(index, "A")).toEqual(["rules/a.toml"]);
    expect(next.ruleCount).toBe(2);
    const without = next.with("rules/b.toml", undefined).index;
    expect(paths(without, "B")).toEqual(["rules/a.toml"]);
    expect(without.ruleCount).toBe(1);
  });

  test("counts in how many rules something stands", () => {
    const { fields, techniques } = workspaceIndex([summary("a", RULE), ...others]).uses();
    expect(fields.get("process.name")).toBe(1);
    expect(fields.get("process.parent.name")).toBe(2);
    expect(techniques.get("T1059.001")).toBe(1);
    expect(techniques.get("T1003")).toBeUndefined();
  });
});

/** Rules that no check is concerned with are not read again: none of them may have something to find there. */
describe.each(fixturesIn("checks/workspace"))("what $id finds", ({ cases }) => {
  test.each(cases)("$name: the rule is concerned", (one) => {
    const text = unmarked(one.blocks.find(({ language }) => language === "toml")?.text ?? "").text;
    const place = placeOfCase(one);
    const comparisons = workspaceChecks(CHECKS);
    const found = diagnose(text, undefined, knowledge, place).filter(({ check }) =>
      comparisons.some(({ id }) => id === check),
    );
    const own = summaryOf(snapshot(text, undefined, knowledge, place));
    const others = [...(place.neighbours ?? [])].map(([path, other]) => summary(path, other));
    const workspace = workspaceIndex([...(own === undefined ? [] : [own]), ...others]);
    const isAsked = own !== undefined && isConcerned(own, workspace, comparisons);
    expect(found.length === 0 || isAsked).toBe(true);
    expect(found.every(({ related }) => related.every(({ path }) => path !== place.path))).toBe(true);
  });
});
