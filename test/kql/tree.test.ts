import { describe, expect, test } from "vitest";
import { parseKql } from "../../server/src/core/query/kql/index.ts";
import { textAt } from "../../server/src/core/text/span.ts";
import { outlineOf } from "./outline.ts";

describe("Conditions", () => {
  test.each([
    ["", "nothing"],
    ["a or b and c or d", "(or (text a) (and (text b) (text c)) (text d))"],
    ["(a or b) and (c)", "(and (group (or (text a) (text b))) (group (text c)))"],
    ["not a:b and c", "(and (not (: a b)) (text c))"],
    ['a:"b c" or d:e f', '(or (: a "b c") (: d e f))'],
    ["a:(b or not c and d)", "(: a (group (or b (and (not c) d))))"],
    ["a > 5 and a <= now-1d", "(and (> a 5) (<= a now-1d))"],
    ["a.b:{ c:d and e:{ f > 1 } }", "({} a.b (and (: c d) ({} e (> f 1))))"],
    ["a:(b)", "(: a (group b))"],
  ])("%s", (text, expected) => {
    expect(parseKql(text).errors).toEqual([]);
    expect(outlineOf(text)).toBe(expected);
  });
});

describe("Literals", () => {
  test.each([
    ["a:true", "(: a boolean:true)"],
    ["a:True", "(: a True)"],
    ["a:null", "(: a null:null)"],
    ['a:"null"', '(: a "null")'],
    ["a:007", "(: a 007)"],
    ["a:b*c", "(: a wildcard:b*c)"],
    ["a:b\\*c", "(: a b*c)"],
    ['a:"b*c"', '(: a "b*c")'],
    ["a:\\(b\\) \\and \\u0063", "(: a (b) and c)"],
    ["a:\\not", "(: a ot)"],
    ["a:\\NOT", "(: a NOT)"],
    ['a:"\\u0041\\t\\q\\\\"', '(: a "A\\t\\\\q\\\\")'],
    ["a:x\\u00a0 ", "(: a x)"],
    ["a:cannot", "(: a cannot)"],
    ["a*.b:c", "(: wildcard:a*.b c)"],
  ])("%s", (text, expected) => {
    expect(outlineOf(text)).toBe(expected);
  });

  test("A star with a backslash is told from one without", () => {
    const { condition } = parseKql("a\\*b*c").ast;
    expect(condition).toMatchObject({ value: { type: "wildcard", pieces: ["a*b", "c"], text: "a*b*c" } });
  });

  test("White space at the end of a literal is no part of it", () => {
    const text = "a b  : c d \n and e";
    const literals = parseKql(text).tokens.map(({ kind, span }) => `${kind} ${textAt(text, span)}`);
    expect(literals).toEqual(["field a b", "operator :", "unquoted c d", "keyword and", "unquoted e"]);
  });
});

describe("What is missing is a hole, and both sides stay", () => {
  test.each([
    ["a:", "(: a _)"],
    ["a: and b:c", "(and (: a _) (: b c))"],
    ["a:x b:y", "(and (: a x) (: b y))"],
    ['a:"x" and', '(and (: a "x") _)'],
    ["and (b)", "(and _ (group (text b)))"],
    ["not (", "(not (group _))"],
    ["a:(", "(: a (group _))"],
    ['a:("b" or', '(: a (group (or "b" _)))'],
    ["a >", "(> a _)"],
    [": b", "(: _ b)"],
    ["a:{", "({} a _)"],
    ["a:b:c d:e", "(and (: a b:c) (: d e))"],
    ["a:not b", "(not (: a b))"],
    ['a != "b"', '(not (: a "b"))'],
    ["a < b < c", "(invalid (< a b) (< _ c))"],
    ["a:(b and c.d:e", "(: a (group (and b (invalid (: c.d e)))))"],
  ])("%s", (text, expected) => {
    expect(parseKql(text).errors).not.toEqual([]);
    expect(outlineOf(text)).toBe(expected);
  });
});
