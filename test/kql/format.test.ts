/** Queries are laid out as the examples show, and whatever the query: nothing but its layout changes. */
import fc from "fast-check";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { formatKql, parseKql } from "../../server/src/core/query/kql/index.ts";
import { textAt } from "../../server/src/core/text/span.ts";
import { shapeOf } from "../support/shape.ts";
import { randomQuery } from "./randomQuery.ts";

const SEED = 20_240_612;

function format(text: string, width = 100): string | undefined {
  return formatKql(parseKql(text), { width, indent: 2 });
}

/** A heading, the query with the width after its language, and what becomes of it: nothing if it is left alone. */
const examples = readFileSync(path.join(import.meta.dirname, "format.md"), "utf8")
  .split(/^# /m)
  .slice(1)
  .map((section) => {
    const blocks = [...section.matchAll(/^```kql ?(\d*)\n(.*?)^```$/gms)];
    const [[, width, input] = [], [, , expected] = []] = blocks;
    return { name: section.split("\n")[0] ?? "", width: Number(width || 100), input, expected };
  });

describe("Examples", () => {
  test.each(examples)("$name", ({ width, input = "", expected }) => {
    const formatted = format(input, width);
    expect(formatted === undefined ? "" : `${formatted}\n`).toBe(expected?.trimStart());
    if (formatted !== undefined) expect(format(formatted, width)).toBe(formatted);
  });

  test("There are some", () => {
    expect(examples.length).toBe(10);
  });
});

test("A value that goes on over a line keeps its break", () => {
  expect(format("a : (b\n  c or d)")).toBe("a:(b\n  c or d)");
});

test("A blank query is nothing", () => {
  expect(format(" \n ")).toBe("");
});

test("Deep nesting and long lists are laid out before the test runs out of time", () => {
  const deep = `${"(".repeat(100)}a:b${")".repeat(100)}`;
  expect(format(format(deep, 40) ?? "", 40)).toBe(format(deep, 40));
  const list = `a:(${Array.from({ length: 30_000 }, (_, i) => `value_${i}`).join(" or ")})`;
  expect(format(list)?.split("\n")).toHaveLength(30_002);
});

test(`random queries keep their tree and tokens, and are laid out once and for all (seed ${SEED})`, () => {
  fc.assert(
    fc.property(
      randomQuery,
      fc.integer({ min: 20, max: 120 }),
      fc.constantFrom(2, 4),
      (text, width, indent) => {
        const parse = parseKql(text);
        expect(parse.errors).toEqual([]);
        const formatted = formatKql(parse, { width, indent }) ?? "";
        const again = parseKql(formatted);
        expect(shapeOf(again)).toBe(shapeOf(parse));
        const wordsOf = (one: typeof parse): readonly string[] =>
          one.tokens.map(({ span }) => textAt(one.text, span));
        expect(wordsOf(again)).toEqual(wordsOf(parse));
        expect(formatKql(again, { width, indent })).toBe(formatted);
        expect(formatted).not.toMatch(/[ \t]$|\n{3}|\r/m);
      },
    ),
    { seed: SEED, numRuns: 500 },
  );
});
