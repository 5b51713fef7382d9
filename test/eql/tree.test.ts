import { describe, expect, test } from "vitest";
import { conditionOf, outlineOf } from "./outline.ts";

describe("Operators have their ranks", () => {
  test.each([
    ["a or b and c or d", "(or a (and b c) d)"],
    ["not a == b and c", "(and (not (== a b)) c)"],
    ["not not a", "(not (not a))"],
    [
      "1 + 2 * 3 - 4 == 5 % 6",
      "(== (+- 1:integer (* 2:integer 3:integer) 4:integer) (% 5:integer 6:integer))",
    ],
    ["a / b * c > 1", "(> (/* a b c) 1:integer)"],
    ["-a + 1 == - -2", "(== (+ (sign- a) 1:integer) (sign- (sign- 2:integer)))"],
    ["a + 1 in (2) == true", "(== (+ a (in 1:integer (list 2:integer))) true)"],
    ['-a : "x"', '(sign- (: a "x"))'],
    ['a == "x" and not b : ("y", "z")', '(and (== a "x") (not (: b (list "y" "z"))))'],
    ["a not in (1) and b not in~ (2)", "(and (not-in a (list 1:integer)) (not-in~ b (list 2:integer)))"],
    ["(a or b) and (c)", "(and (group (or a b)) (group c))"],
    ['a like~ "x" or b regex """y"""', '(or (like~ a "x") (regex b "y"))'],
  ])("%s", (text, expected) => {
    expect(conditionOf(text)).toBe(expected);
  });
});

describe("Literals and names", () => {
  test.each([
    ["a == 2147483647", "(== a 2147483647:integer)"],
    ["a == 2147483648", "(== a 2147483648:long)"],
    ["a == 9223372036854775808", "(== a 9223372036854775808:double)"],
    ["a == 1. or a == .5 or a == 1.5E-2", "(or (== a 1.:double) (== a .5:double) (== a 1.5E-2:double))"],
    ['a == "\\u0041\\u{1F600}\\t\\""', '(== a "A😀\\t\\"")'],
    ['a == """\\d"""""', '(== a "\\\\d\\"\\"")'],
    ['a == ""', '(== a "")'],
    ['a == """"""', '(== a "")'],
    ["?a.`b c`.d == null", "(== ?a.b c.d null)"],
    ["`a``b` == true", "(== a`b true)"],
    ["@timestamp == false", "(== @timestamp false)"],
    ['f(a, -1, g~()) == "x"', '(== (f() a (sign- 1:integer) g~()) "x")'],
  ])("%s", (text, expected) => {
    expect(conditionOf(text)).toBe(expected);
  });
});

describe("What is missing is a hole, and both sides stay", () => {
  test.each([
    ["a == and b == 1", "(and (== a _) (== b 1:integer))"],
    ["and a", "(and _ a)"],
    ["a or", "(or a _)"],
    ["not", "(not _)"],
    ["a + * 2 == 1", "(== (+ a (* _ 2:integer)) 1:integer)"],
    ["a in and b", "(and (in a _) b)"],
    ["a : or b", "(or (: a _) b)"],
    ["a in (1, , 2)", "(in a (list 1:integer _ 2:integer))"],
    ["(", "(group _)"],
    ["f(a, ", "(f() a _)"],
    ["a. and b", "(and a… b)"],
    ["a 1", "(and a 1:integer)"],
    ["a == 1 b == 2", "(and (== a 1:integer) (== b 2:integer))"],
    ["a contains 1", "(and a invalid 1:integer)"],
    ["a == b == c", "(invalid a b c)"],
    ["a not : 1", "(not-: a 1:integer)"],
    ["child of [any where b]", "(relationship ([] (event any: b)))"],
  ])("%s", (text, expected) => {
    expect(conditionOf(text)).toBe(expected);
  });
});

describe("Queries", () => {
  test.each([
    ["process where a", "(query (event name:process a))"],
    [
      '"x y" where a | head 5 | tail 2-1',
      "(query (event string:x y a) (|head 5:integer) (|tail (- 2:integer 1:integer)))",
    ],
    [
      "sequence by a, ?b with maxspan=5m [any where c] by d with runs=2 ![file where e] until [any where f] by g",
      "(query (sequence (by a ?b) maxspan=5m ([] (event any: c) (by d) runs=2) (![] (event name:file e)) (until ([] (event any: f) (by g)))))",
    ],
    [
      "sample by a [any where b] [any where c]",
      "(query (sample (by a) ([] (event any: b)) ([] (event any: c))))",
    ],
    ["join [any where b]", "(query (join ([] (event any: b))))"],
    ["sequence [any where a ==", "(query (sequence ([] (event any: (== a _)))))"],
    [
      "sequence [any where a [file where b]",
      "(query (sequence ([] (event any: a)) ([] (event name:file b))))",
    ],
    ["process", "(query (event name:process _))"],
    ["a == 1", "(query (event (== a 1:integer)))"],
    ["", "(query (event _))"],
  ])("%s", (text, expected) => {
    expect(outlineOf(text)).toBe(expected);
  });
});
