/** Functions on texts and numbers, and what of them cannot be run. */
import { describe, expect, test } from "vitest";
import { asked, valuesOf } from "./eqlAsk.ts";

describe("values of functions", () => {
  test.each([
    [`substring("abcdef", 2)`, "cdef"],
    [`substring("abcdef", -2)`, "ef"],
    [`substring("abcdef", 4, 2)`, ""],
    [`substring("abcdef", -20, 20)`, "abcdef"],
    [`substring("abcdef", null, 2)`, "ab"],
    [`SUBSTRING("abc", 1)`, "bc"],
    [`between("a[b]c]", "[", "]")`, "b"],
    [`between("a[b]c]", "[", "]", true)`, "b]c"],
    [`between("]a[b", "[", "]", true)`, ""],
    [`between("", "a", "b")`, ""],
    [`between("abc", "a", "")`, "abc"],
    [`between~("xA\u0130b", "a", "B")`, "\u0130"],
    [`indexOf("abab", "b", 2)`, 3],
    [`indexOf("abab", "c")`, null],
    [`indexOf("abab", "", 4)`, 4],
    [`indexOf("abab", "", 5)`, null],
    [`indexOf~("ABAB", "b")`, 1],
    [`length("\u{1f600}")`, 2],
    [`string(2.0)`, "2.0"],
    [`string(1e10)`, "1.0E10"],
    [`string(0.0001)`, "1.0E-4"],
    [`string(3.0 * 7)`, "21.0"],
    [`string(-7 / 2)`, "-3"],
    [`string(true)`, "true"],
    [`concat(1, 2.5, "x", false)`, "12.5xfalse"],
    [`number("0x1f")`, 31],
    [`number("-0x1f", 16)`, -31],
    [`number("1e3")`, 1000],
    [`number("1e3", 16)`, 483],
    [`number("ff", 16)`, 255],
    [`number("4.0") / 3`, 4 / 3],
    [`number("4") / 3`, 1],
    [`modulo(-7, 3)`, -1],
    [`stringContains("abc", "")`, false],
    [`startsWith("abc", "")`, true],
  ] as const)("%s", (source, value) => expect(valuesOf(source, {})).toEqual([value]));
});

describe("what cannot be run says so", () => {
  test.each([
    [`wildcard(name, "x")`, "the function `wildcard`"],
    [`length~(name)`, "`length` with `~`"],
    [`length(name, 2)`, "`length` with 2 arguments"],
    [`startsWith(name)`, "`startsWith` with 1 arguments"],
    [`length(5) == 1`, "an argument of the type integer"],
    [`cidrMatch(name, name)`, "an argument that is not the same for every event"],
    [`substring(name, 1.5) == "x"`, "a position that is no whole number"],
    [`number("x") == 1`, "a text that is no number"],
    [`number("0x1f", 8) == 1`, "a text that is no number"],
    [`1 / 0 == 1`, "a division by zero"],
    [`name regex "a("`, "a regular expression with an end where more must follow"],
    [`name regex "\\\\bx"`, "a regular expression with the escape `\\b`"],
    [`"text"`, "a condition of the type string"],
    [`not 5`, "a condition of the type integer"],
    [`-name == 1 and -"x" == 1`, "a value of the type string where a number must be"],
  ])("%s", (source, feature) => expect(asked(source, { name: "x" })).toBe(feature));
});

describe("what fails on a document is told, and counts as null", () => {
  test.each([
    [`10 / zero == 1`, { zero: 0 }, "a division by zero"],
    [`10 % zero == 1`, { zero: [1, 0] }, "a division by zero"],
    [`number(word) == 1`, { word: "x" }, "a text that is no number"],
    [`substring("abc", half) == "x"`, { half: 0.5 }, "a position that is no whole number"],
  ])("%s", (source, document, feature) => expect(asked(source, document)).toBe(feature));
});
