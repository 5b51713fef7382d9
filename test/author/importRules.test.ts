/** Rules from elsewhere become files that load, and say what they leave out. */
import { describe, expect, test } from "vitest";
import { importRules } from "../../server/src/core/author/importRules.ts";
import { diagnose, ELASTIC, knowledge } from "../support/analyse.ts";
import { fixturesIn } from "../support/fixture.ts";

let count = 0;
const world = {
  today: "2026/01/31",
  freshId: () => `00000000-0000-4000-8000-${String(++count).padStart(12, "0")}`,
};

function imported(text: string): ReturnType<typeof importRules> {
  count = 0;
  return importRules(text, knowledge.attack, world);
}

function sigma(detection: object): string {
  return JSON.stringify({ title: "T", logsource: {}, detection });
}

for (const { id, cases } of fixturesIn("author")) {
  describe(id, () => {
    test.each(cases)("$name", ({ blocks }) => {
      const block = (language: string): string | undefined =>
        blocks.find((one) => one.language === language)?.text;
      const { rules, problems } = imported(block("json") ?? block("yaml") ?? "");
      const files = rules.map(({ fileName, text }) => `# ${fileName}\n${text}`).join("");
      const told = [...problems, ...rules.flatMap(({ leftOut }) => leftOut.map((one) => `left out: ${one}`))];
      expect(files).toBe(block("toml") ?? "");
      expect(told.map((one) => `${one}\n`).join("")).toBe(block("told") ?? "");
      for (const { text } of rules)
        expect(
          diagnose(text, ELASTIC, knowledge)
            .filter(({ severity }) => severity === "error")
            .map(({ check, message }) => `${check}: ${message}`),
        ).toEqual([]);
    });
  });
}

test.each([
  [
    "nothing",
    "",
    "There is no rule in the text: it takes an export of Kibana (NDJSON or JSON) or a Sigma rule",
  ],
  [
    "an event",
    '{"@timestamp": "2026-01-01T00:00:00Z"}',
    "There is no rule in the text: it takes an export of Kibana (NDJSON or JSON) or a Sigma rule",
  ],
  ["a broken line", '{"name": "A", "type": "eql"\n', "Line 1 is no JSON"],
  [
    "YAML that is broken",
    "title: a\ndetection:\n  b: [1\n",
    "The YAML is broken: Flow sequence in block collection must be sufficiently indented and end with a ] at line 4, column 1",
  ],
  [
    "YAML with a bomb",
    `title: a\ndetection:\n  a: &a [1,2,3,4,5,6,7,8,9]\n  b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n  c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n  d: [*c,*c,*c,*c]\n`,
    "The YAML repeats itself too often",
  ],
  [
    "JSON that nests without end",
    `${"[".repeat(100_000)}${"]".repeat(100_000)}`,
    "The text holds values that are nested more than 100 deep",
  ],
  [
    "a filter that nests without end",
    `{"name": "A", "type": "query", "filters": ${'[{"a":'.repeat(5000)}1${"}]".repeat(5000)}}`,
    "The text holds values that are nested more than 100 deep",
  ],
  [
    "many blank lines",
    `a${"\n".repeat(200_000)}`,
    "There is no rule in the text: it takes an export of Kibana (NDJSON or JSON) or a Sigma rule",
  ],
  [
    "a search that is named too often",
    sigma({ a: { b: "x".repeat(100_000) }, condition: `${"a or ".repeat(20_000)}a` }),
    "`T` cannot be written in EQL: the query would have more than 1,000,000 characters",
  ],
  [
    "a search of too many tables",
    sigma({ a: Array.from({ length: 150_000 }, () => ({ b: 1 })), condition: "a or a" }),
    "`T` cannot be written in EQL: the query would have more than 1,000,000 characters",
  ],
])("%s is refused", (_name, text, problem) => {
  expect(imported(text)).toEqual({ rules: [], problems: [problem] });
});

function kibana(name: string): string {
  return JSON.stringify({ name, type: "query", query: "a:1", language: "kuery" });
}

test.each([
  ["two of one name", ["A", "A"], ["a.toml", "a_2.toml"]],
  ["one that has the name of another's second file", ["A", "A", "A 2"], ["a.toml", "a_2.toml", "a_2_2.toml"]],
  ["one word that is too long for a file", ["x".repeat(300)], [`${"x".repeat(80)}.toml`]],
])("files of rules: %s", (_what, names, files) => {
  expect(imported(names.map(kibana).join("\n")).rules.map(({ fileName }) => fileName)).toEqual(files);
});

test("a byte order mark is no part of the first rule", () => {
  const { rules, problems } = imported(`\uFEFF${kibana("A")}\n${kibana("B")}\n`);
  expect({ names: rules.map(({ name }) => name), problems }).toEqual({ names: ["A", "B"], problems: [] });
});

test.each(["constructor", "__proto__", "toString"])("`%s` is no modifier of Sigma", (modifier) => {
  const { rules, problems } = imported(
    sigma({ selection: { [`Image|${modifier}`]: 5 }, condition: "selection" }),
  );
  expect(rules).toEqual([]);
  expect(problems.join()).toContain(modifier);
});
