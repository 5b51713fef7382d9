/** Two versions of a rule are compared by what they mean, as the fixtures say. */
import { describe, expect, test } from "vitest";
import { compareTexts } from "../server/src/core/compare/compareTexts.ts";
import { differences } from "../server/src/core/compare/differences.ts";
import { differenceLines, differencePage } from "../server/src/core/compare/report.ts";
import { readRule } from "../server/src/core/rule/read.ts";
import { readToml } from "../server/src/core/toml/read.ts";
import { type FixtureCase, fixturesIn } from "./support/fixture.ts";

function blockOf(one: FixtureCase, language: string): string {
  const found = one.blocks.find((block) => block.language === language);
  if (found === undefined) throw new Error(`${one.name} has no block ${language}`);
  return found.text;
}

function compared(before: string, after: string): ReturnType<typeof differences> {
  return differences(readRule(readToml(before)), readRule(readToml(after)));
}

describe.each(fixturesIn("compare"))("$id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    const found = compared(blockOf(one, "before"), blockOf(one, "after"));
    expect(
      differenceLines(found)
        .map((line) => `${line}\n`)
        .join(""),
    ).toBe(blockOf(one, "lines"));
  });
  test.each(cases)("$name: the same file differs in nothing", (one) => {
    const text = blockOf(one, "after");
    expect(compared(text, text)).toEqual([]);
  });
});

test("a page quotes whatever stands in a rule", () => {
  const page = differencePage("rule.toml", [
    { kind: "changed", key: "rule.note", before: "a `b` c", after: "``` <b>" },
    { kind: "items", key: "rule.tags", added: ["A"], removed: ["B"] },
  ]);
  expect(page).toBe(
    [
      "# rule.toml",
      "",
      "Against the version in HEAD:",
      "",
      "- **`rule.note` changed**",
      "  - before: `` a `b` c ``",
      "  - after: ```` ``` <b> ````",
      "",
      "- **`rule.tags` changed**",
      "  - item removed: `B`",
      "  - item added: `A`",
      "",
    ].join("\n"),
  );
  expect(differencePage("rule.toml", [])).toContain("means what it means in HEAD");
});

test("half a file is compared, or said to be broken", () => {
  const kinds = new Set<string>();
  for (const one of fixturesIn("compare").flatMap(({ cases }) => cases)) {
    const [before, after] = [blockOf(one, "before"), blockOf(one, "after")];
    for (let length = 0; length <= after.length; length += 3)
      kinds.add(compareTexts(before, after.slice(0, length)).kind);
  }
  expect([...kinds].sort()).toEqual(["broken", "compared", "no-rule"]);
});
