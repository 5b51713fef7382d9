/** Two versions of a rule are compared by what they mean, as the fixtures say. */
import { describe, expect, test } from "vitest";
import { compareTexts } from "../server/src/core/compare/compareTexts.ts";
import { differences } from "../server/src/core/compare/differences.ts";
import { type LoneRule, movedRules } from "../server/src/core/compare/movedRules.ts";
import { differenceLines, differencePage, movesSection } from "../server/src/core/compare/report.ts";
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

describe("rules whose files only one state has", () => {
  const rule = (file: string, id?: string): LoneRule => ({ file, id, name: `Name of ${file}` });
  test("the same id is the same rule, and each is paired once", () => {
    const [a, b, c] = [rule("new/a", "1"), rule("new/b", "1"), rule("new/c")];
    const [d, e, f] = [rule("old/d", "1"), rule("old/e", "2"), rule("old/f")];
    expect(movedRules([a, b, c], [d, e, f])).toEqual({
      added: [b, c],
      gone: [e, f],
      renamed: [{ from: d, to: a }],
    });
  });
  test("they are listed, and very many are counted", () => {
    const moves = movedRules([rule("a`b"), rule("c", "1")], [rule("d", "1"), rule("e")]);
    expect(movesSection(moves, (file) => `rules/${file}`)).toBe(
      [
        "",
        "## Other rules",
        "",
        "- `` rules/a`b `` is new: `` Name of a`b ``",
        "- `rules/e` is gone: `Name of e`",
        "- `rules/d` is now `rules/c`",
        "",
      ].join("\n"),
    );
    const many = Array.from({ length: 50 }, (_, i) => rule(String(i)));
    expect(movesSection(movedRules(many, []), (file) => file)).toMatch(/`29`[^\n]*\n- and 20 more\n$/);
    expect(movesSection(movedRules([], []), (file) => file)).toBe("");
  });
  test("a page says what the file was called", () => {
    expect(differencePage("b.toml", [], "rules/a.toml")).toContain("In HEAD the file is `rules/a.toml`.");
  });
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
