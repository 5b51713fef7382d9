/** Coverage of ATT&CK over a few rules, and the forms that it is written in. */
import { expect, test } from "vitest";
import { queryCache } from "../server/src/core/analysis/cache.ts";
import { summaryOfText } from "../server/src/core/analysis/summaries.ts";
import {
  type Coverage,
  type CoveredTechnique,
  coverageOf,
  coversSame,
} from "../server/src/core/coverage/coverage.ts";
import { navigatorLayer } from "../server/src/core/coverage/navigator.ts";
import { coverageSvg } from "../server/src/core/coverage/svg.ts";
import { coverageJson, coverageTable } from "../server/src/core/coverage/table.ts";
import { knowledge } from "./support/analyse.ts";

interface Authored {
  readonly name: string;
  readonly maturity?: string;
  readonly integration?: string;
  readonly tags?: readonly string[];
  /** Tactic, technique, sub-technique. */
  readonly threat?: readonly [string, string?, string?];
}

function ruleText({
  name,
  maturity = "production",
  integration = "[]",
  tags = [],
  threat,
}: Authored): string {
  const [tactic, technique, subtechnique] = threat ?? [];
  const table = (header: string, id: string | undefined): string =>
    id === undefined ? "" : `[[rule.threat${header}]]\nid = "${id}"\n`;
  return [
    `[metadata]\nmaturity = "${maturity}"\nintegration = ${integration}\n`,
    `[rule]\nname = "${name}"\ntype = "query"\ntags = ${JSON.stringify(tags)}\n`,
    tactic === undefined ? "" : '[[rule.threat]]\nframework = "MITRE ATT&CK"\n',
    table(".technique", technique),
    table(".technique.subtechnique", subtechnique),
    tactic === undefined ? "" : `[rule.threat.tactic]\nid = "${tactic}"\n`,
  ].join("");
}

const RULES: readonly Authored[] = [
  { name: "B", threat: ["TA0002", "T1059", "T1059.001"], tags: ["Data Source: Elastic Defend", "OS: Linux"] },
  { name: "A", threat: ["TA0002", "T1059"], integration: '["endpoint", "windows"]' },
  { name: "C <&>", threat: ["TA0002"], integration: '"aws"', maturity: "development" },
  { name: "D", threat: ["TA0002", "T1059"], maturity: "deprecated" },
  { name: "E", threat: ["TA0099", "T9999", "T9999.001"] },
  { name: "F" },
];

function covered(): Coverage {
  if (knowledge.attack === undefined) throw new Error("There is no data of ATT&CK");
  const cache = queryCache(1);
  const summaries = RULES.flatMap((rule, i) => summaryOfText(`rules/${i}.toml`, ruleText(rule), cache) ?? []);
  return coverageOf(summaries, knowledge.attack);
}

function find(list: readonly CoveredTechnique[], id: string): CoveredTechnique | undefined {
  return list.find((one) => one.id === id);
}

/** Names of rules, by their indexes. */
function names({ rules }: Coverage, indexes: readonly number[] | undefined): readonly string[] {
  return (indexes ?? []).flatMap((index) => rules[index]?.name?.value ?? []);
}

test("a technique has the rules of its sub-techniques, and a tactic all of them", () => {
  const coverage = covered();
  const execution = coverage.tactics.find(({ id }) => id === "TA0002");
  expect(execution?.name).toBe("Execution");
  expect(names(coverage, execution?.rules)).toEqual(["A", "B", "C <&>"]);
  const interpreter = find(execution?.techniques ?? [], "T1059");
  expect(interpreter?.name).toBe("Command and Scripting Interpreter");
  expect(names(coverage, interpreter?.rules)).toEqual(["A", "B"]);
  expect(names(coverage, find(interpreter?.subtechniques ?? [], "T1059.001")?.rules)).toEqual(["B"]);
  expect(find(interpreter?.subtechniques ?? [], "T1059.002")?.rules).toEqual([]);
});

test("the tactics stand in the order of the matrix, and what the catalog does not know is last", () => {
  const coverage = covered();
  expect(coverage.tactics.slice(0, 4).map(({ name }) => name)).toEqual([
    "Reconnaissance",
    "Resource Development",
    "Initial Access",
    "Execution",
  ]);
  const last = coverage.tactics.at(-1);
  expect(last?.id).toBe("TA0099");
  expect(last?.techniques.map(({ id }) => id)).toEqual(["T9999"]);
  expect(names(coverage, last?.techniques[0]?.rules)).toEqual(["E"]);
});

test("rules by status, integration and data source", () => {
  const coverage = covered();
  const groups = coverage.groupings.map(({ kind, groups: own }) => [
    kind,
    own.map(({ name, rules }) => [name, names(coverage, rules)]),
  ]);
  expect(groups).toEqual([
    [
      "status",
      [
        ["deprecated", ["D"]],
        ["development", ["C <&>"]],
        ["production", ["A", "B", "E", "F"]],
      ],
    ],
    [
      "integration",
      [
        ["aws", ["C <&>"]],
        ["endpoint", ["A"]],
        ["no integration", ["B", "D", "E", "F"]],
        ["windows", ["A"]],
      ],
    ],
    [
      "source",
      [
        ["Elastic Defend", ["B"]],
        ["no data source", ["A", "C <&>", "D", "E", "F"]],
      ],
    ],
  ]);
});

test("a layer of the Navigator scores techniques under their tactics", () => {
  const layer = JSON.parse(navigatorLayer(covered())) as {
    readonly domain: string;
    readonly techniques: readonly {
      readonly techniqueID: string;
      readonly tactic: string;
      readonly score: number;
    }[];
    readonly gradient: { readonly maxValue: number };
  };
  expect(layer.domain).toBe("enterprise-attack");
  expect(layer.gradient.maxValue).toBe(2);
  expect(layer.techniques.map(({ techniqueID, tactic, score }) => [techniqueID, tactic, score])).toEqual([
    ["T1059", "execution", 2],
    ["T1059.001", "execution", 1],
    ["T9999", "ta0099", 1],
    ["T9999.001", "ta0099", 1],
  ]);
});

test("the picture says in words how many rules a technique has", () => {
  const svg = coverageSvg(covered());
  expect(svg).toContain("<title>T1059 Command and Scripting Interpreter: 2 rules</title>");
  expect(svg).toContain("<title>T1106 Native API: no rule</title>");
  expect(svg).toMatch(/>Command and Scripting<\/text>\n?<text class="name"[^>]*>Interpreter<\/text>/);
  expect(svg.match(/<g>/g)?.length).toBe(svg.match(/<\/g>/g)?.length);
  expect(svg).not.toMatch(/&(?!amp;|lt;|gt;)/);
});

test("the table and the JSON", () => {
  const coverage = covered();
  const lines = coverageTable(coverage).split("\n");
  expect(lines[0]).toBe(`6 rules, ATT&CK ${coverage.version}`);
  expect(lines).toContain("  T1059        2  Command and Scripting Interpreter");
  expect(lines.find((line) => line.startsWith("TA0002"))).toMatch(
    /^TA0002 {2}Execution: 1 of \d+ techniques, 3 rules$/,
  );
  const json = JSON.parse(coverageJson(coverage)) as { readonly rules: readonly unknown[] };
  expect(json.rules[2]).toEqual({ path: "rules/2.toml", name: "C <&>", id: null });
});

test("a rule is shown alike as long as its name, place and groups are the same", () => {
  const cache = queryCache(1);
  const summary = (rule: Authored, before = ""): ReturnType<typeof summaryOfText> =>
    summaryOfText("rules/a.toml", `${before}${ruleText(rule)}`, cache);
  const rule: Authored = { name: "A", threat: ["TA0002", "T1059"], tags: ["Data Source: X", "OS: Linux"] };
  expect(coversSame(summary(rule), summary(rule, "# moved\n"))).toBe(true);
  expect(coversSame(summary(rule), summary({ ...rule, tags: ["Data Source: X"] }))).toBe(true);
  expect(coversSame(undefined, undefined)).toBe(true);
  const others: readonly Authored[] = [
    { ...rule, name: "B" },
    { ...rule, maturity: "deprecated" },
    { ...rule, integration: '["aws"]' },
    { ...rule, tags: ["Data Source: Y"] },
    { ...rule, threat: ["TA0002", "T1059", "T1059.001"] },
  ];
  for (const other of others) expect(coversSame(summary(rule), summary(other))).toBe(false);
  expect(coversSame(summary(rule), undefined)).toBe(false);
});
