import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseKql } from "../../server/src/core/query/kql/index.ts";
import { withMarks } from "./marks.ts";

const MARK = /^\s*\^+\|? \S/;

/** Blocks of a query and what is wrong with it, separated by empty lines. */
const mistakes = readFileSync(path.join(import.meta.dirname, "mistakes.txt"), "utf8")
  .split(/\n{2,}/)
  .map((block) => block.replace(/\n$/, ""))
  .map((marked) => ({
    marked,
    text: marked
      .split("\n")
      .filter((line) => !MARK.test(line))
      .join("\n"),
  }));

describe("Mistakes are told where they are", () => {
  test.each(mistakes)("$text", ({ text, marked }) => {
    expect(marked).toMatch(/\^/);
    expect(withMarks(text)).toBe(marked);
  });
});

describe("What Kibana reads is right, odd as it may look", () => {
  test.each([
    "",
    " \n\t\u00a0",
    "free text of several words",
    "a:x and",
    "a:and",
    "or:b",
    "a:not",
    "a:x and and b:y",
    "a: or b",
    "and a:b",
    "not:b",
    "A:b AND c:d Or NOT e:f",
    "a:(x, y)",
    "a:[1 TO 5]",
    "a => 5",
    "a = b",
    "// comment",
    "a:'b c'",
    "a:b\u00a0and\u00a0c:d",
    'a:"line\nbreak"',
    "not (not a:b)",
    "a:(not (b or not c))",
    "a:{b:{c:1 and not d:*}} or e.f:{ g:h }",
    'a:\\(\\)\\:\\<\\>\\"\\*\\{\\}\\\\ and b:\\u0041\\t\\and',
    '"a field":"a \\"value\\" with \\\\ and \\q"',
    "null:a",
    "true:false",
    "a*:* and *:*",
    "process where process.name:cmd",
    "a:b&&c",
    "a:C\\:\\\\Windows\\\\*",
    "a<5 and b >= now-1d/d",
    "a:((b))",
  ])("%j", (text) => {
    expect(withMarks(text)).toBe(text);
  });
});

describe("Texts that no author writes", () => {
  test.each([
    ["parentheses", `${"(".repeat(1000)}a:b${")".repeat(1000)}`],
    ["unclosed parentheses", `${"(".repeat(1000)}a:b`],
    ["lists", `a:${"(".repeat(1000)}b${")".repeat(1000)}`],
    ["scopes", `${"a:{".repeat(1000)}b:c${"}".repeat(1000)}`],
    ["negated parentheses", `${"not (".repeat(1000)}a:b${")".repeat(1000)}`],
  ])("1,000 nested %s are one error", (_name, text) => {
    const marks = withMarks(text).split("\n").slice(1);
    expect(marks).toHaveLength(1);
    expect(marks[0]).toContain("Nested too deeply: more than 100 levels");
  });

  test("100 levels are not too many", () => {
    expect(parseKql(`${"(".repeat(100)}a:b${")".repeat(100)}`).errors).toEqual([]);
  });

  test("A chain of 10,000 connectives is no nesting", () => {
    expect(parseKql(`${"a:b or ".repeat(10_000)}c`).errors).toEqual([]);
    expect(parseKql(`a:(${"b and ".repeat(10_000)}c)`).errors).toEqual([]);
  });

  test("Of ever so many mistakes no more than 50 are told", () => {
    expect(parseKql('"a" '.repeat(1000)).errors).toHaveLength(50);
  });

  test("A text of 10 MB is refused unread", () => {
    expect(withMarks("x".repeat(10_000_000))).toContain("\n^ This query is too long to be checked");
  });
});
