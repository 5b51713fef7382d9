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
])("%s is refused", (_name, text, problem) => {
  expect(imported(text)).toEqual({ rules: [], problems: [problem] });
});

test("two rules of one name get two files", () => {
  const rule = JSON.stringify({ name: "A", type: "query", query: "a:1", language: "kuery" });
  expect(imported(`${rule}\n${rule}\n`).rules.map(({ fileName }) => fileName)).toEqual([
    "a.toml",
    "a_2.toml",
  ]);
});
