/** Queries of a size that only programs write: what an author asks for takes a moment, or is not offered. */
import { describe, expect, test } from "vitest";
import { completionsIn } from "./support/complete.ts";
import { refactoringsIn } from "./support/refactor.ts";

function ruleOf(language: "eql" | "kuery", query: string): string {
  const type = language === "eql" ? "eql" : "query";
  return `[rule]\ntype = "${type}"\nlanguage = "${language}"\nquery = '''\n${query}\n'''\n`;
}

/** Looked through once for each of them, they would take minutes. */
const BRACKETS = 60_000;

describe("behind very many open brackets something is offered", () => {
  test.each([
    ["EQL", ruleOf("eql", `process where ${"(".repeat(BRACKETS)}`), "not"],
    ["KQL", ruleOf("kuery", "(".repeat(BRACKETS)), "not"],
  ] as const)("%s", (_name, text, word) => {
    const labels = completionsIn(text, text.lastIndexOf("(") + 1).map(({ label }) => label);
    expect(labels).toContain(word);
  });
});

describe("a query of comparisons is taken apart", () => {
  const orOf = (count: number): string =>
    `process where ${Array.from({ length: count }, (_, i) => `process.name == "a${i}"`).join(" or ")}`;
  const titlesIn = (count: number): readonly string[] => {
    const text = ruleOf("eql", orOf(count));
    const at = text.indexOf("process.name");
    const titles = refactoringsIn(text, { start: at, end: at }).map(({ title }) => title);
    // Its quotes are another matter.
    return titles.filter((title) => !title.startsWith("Write the text in"));
  };

  test("if it is long", () => {
    expect(titlesIn(1000)).not.toEqual([]);
  });

  test("and not if it is longer than anybody writes", () => {
    expect(titlesIn(5000)).toEqual([]);
  });
});

test("a query that is longer than anybody writes stays in its language when the type changes", () => {
  const text = ruleOf("kuery", Array.from({ length: 5000 }, (_, i) => `process.pid: ${i}`).join(" or "));
  const at = text.indexOf("type");
  const changed = refactoringsIn(text, { start: at, end: at }).filter(({ title }) => title.includes("`eql`"));
  expect(changed.map(({ refusal }) => refusal)).toEqual([
    "The query cannot be written in the language of the new type",
  ]);
});
