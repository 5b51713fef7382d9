import { describe, expect, test } from "vitest";
import { parseKql } from "../../server/src/core/query/kql/index.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";
import { fixesOf } from "./marks.ts";

describe("Fixes with one right answer are safe", () => {
  test.each([
    ["a:not b", "safe: Move `not` before the field: not a:b"],
    ["a : not not b", "safe: Remove them: a : b"],
    ["a > not 5", "safe: Move `not` before the field: not a > 5"],
    ["a: not (b or c)", "safe: Move `not` before the field: not a: (b or c)"],
    ['a not : "x"', 'safe: Move `not` before the field: not a : "x"'],
    ['a not in ("x")', 'safe: Move `not` before the field: not a: ("x")'],
    ["not not a:b", "safe: Remove them: a:b"],
    ["not not not a:b", "safe: Keep one `not`: not a:b"],
    ["not(a:b)", "safe: Insert a blank: not (a:b)"],
    ['a:"b"and"c"', 'safe: Insert blanks: a:"b" and "c"'],
    ["a:(b)or c:d", "safe: Insert a blank: a:(b) or c:d"],
    ['a == "x"', 'safe: Write :: a: "x"'],
    ['a != "x"', 'safe: Write `not` and :: not a: "x"'],
    ['a in ("x")', 'safe: Write :: a: ("x")'],
    ["a <> 5", "safe: Write `not` and :: not a: 5"],
    ["a:>=5", "safe: Remove the :: a>=5"],
    ['a:"x" && b:"y"', 'safe: Write `and`: a:"x" and b:"y"'],
    ['a:"x"||b:"y"', 'safe: Write `or`: a:"x" or b:"y"'],
    ["!(a:b)", "safe: Write `not`: not (a:b)"],
    ["a {b:c}", "safe: Insert :: a:{b:c}"],
    ["a:foo\\qbar*", "safe: Double the backslash: a:foo\\\\qbar*"],
    ["a:::1", 'safe: Put it in quotes: a:"::1"'],
  ])("%s", (text, expected) => {
    expect(fixesOf(text)).toEqual([expected]);
  });
});

describe("Fixes that guess are unsafe", () => {
  test.each([
    ["a:x b:y", "unsafe: Insert `and`: a:x and b:y"],
    ['a:("x" "y")', 'unsafe: Insert `or`: a:("x" or "y")'],
    ['a:("x","y")', 'unsafe: Write `or`: a:("x" or "y")'],
    ['a:"x", b:"y"', 'unsafe: Write `and`: a:"x" and b:"y"'],
    ['a:"x" adn b:"y"', 'unsafe: Write `and`: a:"x" and b:"y"'],
    ["a:2001:db8::1", 'unsafe: Put it in quotes: a:"2001:db8::1"'],
    ["a:C:\\x\\*", "unsafe: Write a backslash before each sign: a:C\\:\\\\x\\\\*"],
    ["a:C:\\Program Files (x86)\\b.exe", 'unsafe: Put it in quotes: a:"C:\\\\Program Files (x86)\\\\b.exe"'],
    ["a:5 and >6", "unsafe: Insert `a`: a:5 and a >6"],
    ["a:(b", "unsafe: Insert ): a:(b)"],
    ["a:{b:c", "unsafe: Insert }: a:{b:c }"],
    ["a:b)", "unsafe: Remove it: a:b"],
    ['a:"b', 'unsafe: Insert ": a:"b"'],
    ['a:"say "hi" now"', 'unsafe: Write a backslash before them: a:"say \\"hi\\" now"'],
    ['a:"x" and', 'unsafe: Remove `and`: a:"x" '],
    ['a:"x" // why', 'unsafe: Remove it: a:"x" '],
    ['process.name "x"', 'unsafe: Insert :: process.name:"x"'],
    ["a::b", "unsafe: Remove the :: a:b"],
  ])("%s", (text, expected) => {
    expect(fixesOf(text)).toEqual([expected]);
  });
});

describe("Where nobody can tell what was meant there is no fix", () => {
  test.each([
    "a:",
    "()",
    "a < b < c",
    "a > (5 or 6)",
    'process where process.name == "x"',
    'a:"b and c:"d"',
    "event.category:(process and event.type:start",
    "not a:not b",
  ])("%s", (text) => {
    expect(parseKql(text).errors).toHaveLength(1);
    expect(fixesOf(text)).toEqual([]);
  });
});

test("A query with many mistakes is right after all its fixes", () => {
  const text = 'a == "x"and not(b:("y", "z")) && c:>5 or d:not e or f:C:\\g';
  const edits = parseKql(text).errors.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.edits));
  const expected = 'a: "x" and not (b:("y" or "z")) and c>5 or not d:e or f:"C:\\\\g"';
  expect(applyEdits(text, edits)).toBe(expected);
  expect(parseKql(expected).errors).toEqual([]);
});
