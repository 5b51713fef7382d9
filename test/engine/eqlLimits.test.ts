/** Conditions of unusual size. */
import { describe, expect, test } from "vitest";
import { asked } from "./eqlAsk.ts";

const many = Array.from({ length: 10_000 }, (_item, i) => i);
const document = { name: "Tool-9999.exe", pid: 9999, list: many.map((i) => `item-${i}`) };

const CASES: readonly (readonly [name: string, condition: string, holds: boolean | string])[] = [
  ["10,000 texts in a list", `name : (${many.map((i) => `"tool-${i}.exe"`).join(", ")})`, true],
  ["10,000 texts with `in`", `name in (${many.map((i) => `"tool-${i}.exe"`).join(", ")})`, false],
  ["10,000 numbers in a list", `pid in (${many.join(", ")})`, true],
  ["10,000 patterns at the end", `name : (${many.map((i) => `"*\\\\tool-${i}.exe"`).join(", ")})`, false],
  ["10,000 patterns anywhere", `name : (${many.map((i) => `"*l-${i}.*"`).join(", ")})`, true],
  ["10,000 terms of a sum", `pid == ${many.map(() => "1").join(" + ")} - 1`, true],
  ["10,000 alternatives", many.map((i) => `pid == ${i}`).join(" or "), true],
  ["200 parentheses", `${"(".repeat(200)}pid == 9999${")".repeat(200)}`, true],
  ["198 times `not`", `${"not ".repeat(198)}pid == 9999`, true],
  ["198 comparisons with true", `${"(".repeat(199)}pid == 9999)${" == true)".repeat(198)}`, true],
  ["10,000 values in an array", `list : "*-9999"`, true],
  ["too many combinations of values", `concat(list, list) == "x"`, "so many combinations of values"],
];

describe("no size takes long", () => {
  test.each(CASES)("%s", (_name, condition, holds) => {
    const started = performance.now();
    expect(asked(condition, document)).toBe(holds);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
