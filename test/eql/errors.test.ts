import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { conditionWithMarks, markedQueries, withMarks } from "./markedErrors.ts";

/** Each file holds queries with their errors marked under them. */
for (const name of ["unfinished", "slips", "structure"]) {
  const source = readFileSync(path.join(import.meta.dirname, `${name}.txt`), "utf8");
  describe(`Errors in ${name} queries`, () => {
    test.each(markedQueries(source))("$text", ({ text, marked }) => {
      expect(withMarks(text)).toBe(marked);
    });
  });
}

describe("Near misses that are right", () => {
  test.each([
    "process where true",
    'any where ?a == null and not b : ("x*", "y?") or `my-field` in~ ("z")',
    '"odd category" where a not in (1, -2, 3.5e2) and 1 + 2 * -(b % 3) >= .5',
    '""""".  ..   .. """"" where a == """C:\\Windows\\"""""',
    "process where @timestamp == 1 and AND == 2 and process.Where.NOT == 3",
    "process where `sequence` > 10 and runs == 1 and head == 2 and tail == 3",
    'process where cidrmatch(a, "10.0.0.0/8") == true and STARTSWITH~(b, "x")',
    'process where length(between(a, `b``c`, "\\u{1F600}\\u0041\\\'\\"\\\\")) - -1 == 2',
    "process where a == 1 // b ==\n and /* a /* b */ == */ c == 2",
    "sequence by a, ?b with maxspan=500ms\n  [any where true] by c with runs=2\n  ![file where true] by c\n  until [any where true] by c",
    "sequence [any where true] with runs=2",
    "sample [any where true] by a [any where true] by b",
    "sequence by host.id[any where true][any where true]",
    "process where true | head 0 | tail 2147483648-1",
    '"odd"where a=="b"or c like"d"and(e==1)',
    "process where TRUE == true and a == NULL and b in (False, null) and False(1) == 2",
    "process where a in (b*2, c/d, -1) and e == f - -g and h == 1 --i",
    'process where a : (1, true, null, 1.5) and b == "C:\\\\" and c : ""',
    "from where index == 1 and title == 2",
    'search where selection : "x" | head 1',
    'process where a == "say \\"hi\\"" // "not a string"',
    'process where (a == 1) == (b : "x")\r\n\tand c',
  ])("%s", (text) => {
    expect(withMarks(text)).toBe(text);
  });
});

describe("A condition alone", () => {
  test.each(
    markedQueries(
      'a == 1 and b : "x"\n\na ==\n    ^| Expected a value after ==\n\na | head 5\n  ^ `|` does not belong here',
    ),
  )("$text", ({ text, marked }) => {
    expect(conditionWithMarks(text)).toBe(marked);
  });

  test("An empty one lacks everything", () => {
    expect(conditionWithMarks("")).toBe("\n^| Expected a condition");
  });
});

describe("An empty query", () => {
  test.each(["", " \n", "// only a comment"])("%j", (text) => {
    expect(withMarks(text)).toContain("Expected a query such as `process where true`");
  });
});

describe("Texts that no author writes", () => {
  test.each([
    ["parentheses", `process where ${"(".repeat(1000)}a == 1${")".repeat(1000)}`],
    ["unclosed parentheses", `process where ${"(".repeat(1000)}a == 1`],
    ["calls", `process where ${"f(".repeat(1000)}a${")".repeat(1000)}`],
    ["lists", `process where ${"a in (".repeat(1000)}1${")".repeat(1000)}`],
    ["nots", `process where ${"not ".repeat(1000)}a`],
    ["signs", `process where ${"- ".repeat(1000)}a == 1`],
    ["negated parentheses", `process where ${"not (".repeat(1000)}a${")".repeat(1000)}`],
  ])("1,000 nested %s are one error", (_name, text) => {
    const marks = withMarks(text).split("\n").slice(1);
    expect(marks).toHaveLength(1);
    expect(marks[0]).toContain("Nested too deeply: more than 200 levels");
  });

  test("1,000 brackets are one error", () => {
    expect(withMarks(`sequence ${"[".repeat(1000)}`)).toMatch(/\^ An event opens with one bracket$/);
  });

  test("A chain of 10,000 operators is no nesting", () => {
    expect(withMarks(`process where ${"a == 1 or ".repeat(10_000)}b`)).not.toContain("\n");
    expect(withMarks(`process where ${"a - ".repeat(10_000)}b == 1`)).not.toContain("\n");
  });

  test("A text of 10 MB is refused unread", () => {
    expect(withMarks("x".repeat(10_000_000))).toContain("\n^ This query is too long to be checked");
  });
});
