/** Queries are laid out as the fixtures show, and whatever the query: nothing but its layout changes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatEql, parseEql } from "../../server/src/core/query/eql/index.ts";
import { type Layout } from "../../server/src/core/query/layout.ts";
import { fixturesIn } from "../support/fixture.ts";
import { commentTexts, shapeOf } from "../support/shape.ts";
import { randomQuery } from "./randomQuery.ts";

const SEED = 20_240_611;

function format(text: string, width = 100): string | undefined {
  return formatEql(parseEql(text), { width, indent: 2 });
}

for (const { id, cases } of fixturesIn("format")) {
  describe(id, () => {
    test.each(cases)("$name", ({ blocks }) => {
      const [input, expected] = blocks;
      // The width stands after the language: `eql 40`.
      const width = Number(input?.language.split(" ")[1] ?? 100);
      const formatted = format(input?.text ?? "", width);
      expect(formatted === undefined ? "" : `${formatted}\n`).toBe(expected?.text ?? "");
      if (formatted !== undefined) expect(format(formatted, width)).toBe(formatted);
    });
  });
}

test("CRLF is read, and LF is written", () => {
  expect(format("process where a == 1 and // why\r\n\r\nb == 2 /* x\r\n y */\r\n")).toBe(
    "process where a == 1 and // why\n\n  b == 2 /* x\ny */",
  );
});

test("a name in backticks that holds a line end is left alone", () => {
  expect(format("process where `a\nb` == 1")).toBeUndefined();
});

test("deep nesting and long lists are laid out before the test runs out of time", () => {
  const deep = `process where ${"(".repeat(190)}a == 1${")".repeat(190)}`;
  expect(format(format(deep, 40) ?? "", 40)).toBe(format(deep, 40));
  const list = `process where a in (${Array.from({ length: 30_000 }, (_, i) => `"value ${i}"`).join(", ")})`;
  expect(format(list)?.split("\n")).toHaveLength(30_002);
});

test(`random queries keep their tree and comments, and are laid out once and for all (seed ${SEED})`, () => {
  fc.assert(
    fc.property(
      randomQuery,
      fc.integer({ min: 20, max: 120 }),
      fc.constantFrom(2, 4),
      (text, width, indent) => {
        const layout: Layout = { width, indent };
        const parse = parseEql(text);
        expect(parse.errors).toEqual([]);
        const formatted = formatEql(parse, layout) ?? "";
        const again = parseEql(formatted);
        expect(shapeOf(again)).toBe(shapeOf(parse));
        expect(commentTexts(again)).toEqual(commentTexts(parse));
        expect(formatEql(again, layout)).toBe(formatted);
        expect(formatted).not.toMatch(/[ \t]$|\n{3}|\r/m);
      },
    ),
    { seed: SEED, numRuns: 500 },
  );
});
