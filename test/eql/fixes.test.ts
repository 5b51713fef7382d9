import { describe, expect, test } from "vitest";
import { parseEql } from "../../server/src/core/query/eql/index.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";
import { fixesOf } from "./markedErrors.ts";

describe("Fixes with one right answer are safe", () => {
  test.each([
    ["process where a = 1", "safe: Write ==: process where a == 1"],
    ["process where a <> 1", "safe: Write !=: process where a != 1"],
    ["process where a&&b", "safe: Write `and`: process where a and b"],
    ["process where !a", "safe: Write `not`: process where not a"],
    ["process where a OR b", "safe: Write `or`: process where a or b"],
    [
      `process where a == 'say "hi" \\'x\\' \\n'`,
      `safe: Use double quotes: process where a == "say \\"hi\\" \\'x\\' \\n"`,
    ],
    ["process where a == “x”", 'safe: Use double quotes: process where a == "x"'],
    ['process where a == ?"C:\\x"', 'safe: Use triple quotes: process where a == """C:\\x"""'],
    [
      "process where process.sequence == 1",
      "safe: Put it in backticks: process where process.`sequence` == 1",
    ],
    ["`my process` where true", 'safe: Use double quotes: "my process" where true'],
    ["process a == 1", "safe: Insert `where`: process where a == 1"],
    ['process where a not : "x"', 'safe: Move `not` before the field: process where not a : "x"'],
    ["process where a not == 1", "safe: Write !=: process where a != 1"],
    ['process where a !: "x"', 'safe: Move `not` before the field: process where not a : "x"'],
    ["process where a : NULL", "safe: Write `null`: process where a : null"],
    ['process where a : ("x"), and b', 'safe: Remove the comma: process where a : ("x") and b'],
    ['process where a like ["x"]', 'safe: Write ( and ): process where a like ("x")'],
    ["{process where a}", "safe: Remove the brackets: process where a"],
    ["sequence {any where a} {any where b}", "safe: Write [ and ]: sequence [any where a] [any where b]"],
    [
      "sequence a with maxspan=1m [any where true] [any where true]",
      "safe: Insert `by`: sequence by a with maxspan=1m [any where true] [any where true]",
    ],
    [
      "sequence with maxspan:1m [any where true] [any where true]",
      "safe: Write =: sequence with maxspan=1m [any where true] [any where true]",
    ],
    ["process where a == (1, 2)", "safe: Write `in`: process where a in (1, 2)"],
    ["process where a != (1, 2)", "safe: Write `not in`: process where a not in (1, 2)"],
    ["process where a in 1", "safe: Add parentheses: process where a in (1)"],
    ["process where a in (1, 2,)", "safe: Remove the comma: process where a in (1, 2)"],
    ['process where a : ("x" "y")', 'safe: Insert a comma: process where a : ("x", "y")'],
    [
      "sequence with maxspan=2.5h [any where true] [any where true]",
      "safe: Write 150m: sequence with maxspan=150m [any where true] [any where true]",
    ],
    [
      "sequence with maxspan=2w [any where true] [any where true]",
      "safe: Write 14d: sequence with maxspan=14d [any where true] [any where true]",
    ],
    [
      "sequence with maxspan=90sec [any where true] [any where true]",
      "safe: Write 90s: sequence with maxspan=90s [any where true] [any where true]",
    ],
    [
      "sequence with maxspan=1s by a, b [any where true] [any where true]",
      "safe: Swap them: sequence by a, b with maxspan=1s [any where true] [any where true]",
    ],
    [
      "sequence [any where true by a] [any where true] by a",
      "safe: Move the ] before it: sequence [any where true] by a [any where true] by a",
    ],
    ["sequence [any where true] with repeat=2", "safe: Write `runs`: sequence [any where true] with runs=2"],
  ])("%s", (text, expected) => {
    expect(fixesOf(text)).toEqual([expected]);
  });
});

describe("Fixes that guess are unsafe", () => {
  test.each([
    ["process where a == 1 b == 2", "unsafe: Insert `and`: process where a == 1 and b == 2"],
    ["process where a == 1 nd b == 2", "unsafe: Write `and`: process where a == 1 and b == 2"],
    ["process where a is not null", "unsafe: Write `!= null`: process where a != null"],
    ["process where a IS NULL", "unsafe: Write `== null`: process where a == null"],
    ['process where a : ("x" or "y", and "z")', 'unsafe: Write commas: process where a : ("x", "y", "z")'],
    ['process where a : "x", "y" and b', 'unsafe: Put it in parentheses: process where a : ("x", "y") and b'],
    ['process where a : ("x", "y", and b', 'unsafe: Insert ): process where a : ("x", "y") and b'],
    [
      'process where startsWith(a, "x" and b == 1',
      'unsafe: Insert ): process where startsWith(a, "x") and b == 1',
    ],
    ["process where a and and b", "unsafe: Remove one `and`: process where a and b"],
    ["process where a : *.exe", 'unsafe: Put it in quotes: process where a : "*.exe"'],
    [
      "process where a : (C:\\x\\* or cmd.exe)",
      'unsafe: Put them in quotes: process where a : ("C:\\\\x\\\\*", "cmd.exe")',
    ],
    ['process where a !~ "x"', 'unsafe: Move `not` before the field: process where not a : "x"'],
    ['process where a =~ "x"', 'unsafe: Write :: process where a : "x"'],
    [
      'process where a == "C:\\new\\" and b',
      'unsafe: Double the backslashes: process where a == "C:\\\\new\\\\" and b',
    ],
    [
      'process where a == "say "hi" now"',
      'unsafe: Write a backslash before them: process where a == "say \\"hi\\" now"',
    ],
    [`process where a : "x"''`, 'unsafe: Remove them: process where a : "x"'],
    ["process where a == 1 -- why", "unsafe: Write //: process where a == 1 // why"],
    ['a : "x" and b', 'unsafe: Insert `any where`: any where a : "x" and b'],
    ['process where a lke ("x")', 'unsafe: Write `like`: process where a like ("x")'],
    [
      "sequence with maxspan=30 [any where true] [any where true]",
      "unsafe: Add `s` for seconds: sequence with maxspan=30s [any where true] [any where true]",
    ],
    ["process where (a == 1", "unsafe: Insert ): process where (a == 1)"],
    ["process where true | hed 5", "unsafe: Write `head`: process where true | head 5"],
    [
      'process where a == "C:\\Windows\\x"',
      'unsafe: Double the backslash: process where a == "C:\\\\Windows\\\\x"',
    ],
    ["a == 1", "unsafe: Insert `any where`: any where a == 1"],
  ])("%s", (text, expected) => {
    expect(fixesOf(text)).toEqual([expected]);
  });
});

describe("Where nobody can tell what was meant there is no fix", () => {
  test.each([
    "process where true | stats count by host.id",
    "process.name:cmd.exe and event.type:start",
    "from logs-* | where a == 1",
    'process where a == "x\nand y" and b',
  ])("%s", (text) => {
    expect(parseEql(text).errors).toHaveLength(1);
    expect(fixesOf(text)).toEqual([]);
  });
});

test("A query in upper case is right after all its fixes", () => {
  const text =
    'SEQUENCE BY a WITH maxspan=1m [any WHERE b AND NOT c NOT IN (1)] [any where true] UNTIL [any where d LIKE "x"]';
  const edits = parseEql(text).errors.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.edits));
  const expected =
    'sequence by a with maxspan=1m [any where b and not c not in (1)] [any where true] until [any where d like "x"]';
  expect(applyEdits(text, edits)).toBe(expected);
  expect(parseEql(expected).errors).toEqual([]);
});
