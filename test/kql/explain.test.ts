import { describe, expect, test } from "vitest";
import { explainKql } from "../../server/src/core/engine/kql/explain.ts";
import { type JsonObject } from "../../server/src/core/engine/event.ts";
import { renderExplanation } from "../../server/src/core/engine/explainText.ts";
import { parseKql } from "../../server/src/core/query/kql/index.ts";
import { NO_TYPES, NOW, OPTIONS } from "./smallWorld.ts";

function explain(query: string, document: JsonObject, options = OPTIONS): string {
  const parse = parseKql(query);
  expect(parse.errors).toEqual([]);
  const explanation = explainKql(query, parse.ast, { document, line: 1 }, options);
  return explanation.ok ? renderExplanation(explanation.value) : explanation.error.feature;
}

describe("Every part has its verdict, and every leaf what the event has", () => {
  test.each<readonly [string, JsonObject, string]>([
    ["key:a", { key: "a" }, "✓ key:a — was `a`"],
    ["key:a", { key: "A" }, "✗ key:a — was `A`, where only the case differs"],
    ["key:a", {}, "✗ key:a — `key` is absent"],
    ["key:(a or b*)", { key: ["x", "y"] }, "✗ key:(a or b*) — 2 values, none fits: `x`, `y`"],
    ["key:(a or b*)", { key: ["x", "bc"] }, "✓ key:(a or b*) — `bc`, one of 2 values, fits"],
    ["nowhere:a", { nowhere: "a" }, "✗ nowhere:a — `nowhere` is no field of the mapping"],
    ["long > 5", { long: 3 }, "✗ long > 5 — was `3`"],
    ["key:*", { key: "a" }, "✓ key:* — was `a`"],
    ["key:*", {}, "✗ key:* — `key` is absent"],
    ["object:*", { object: { key: "a" } }, "✓ object:*"],
    ["object.*:5", { object: { key: "4", long: 5 } }, "✓ object.*:5 — `object.long` was `5`"],
    ["object.*:5", {}, "✗ object.*:5 — none of the fields has a value"],
    ["words", { text: "some words" }, "✓ words — `text` was `some words`"],
    ["words", {}, "✗ words — in no field"],
    [
      "not key:(a and not b) or long:5 and bool:true",
      { key: "a", long: 5, bool: false },
      [
        "✗ one of these",
        "  ✗ not",
        "    ✓ all of these",
        "      ✓ a — was `a`",
        "      ✓ not",
        "        ✗ b — was `a`",
        "  ✗ all of these",
        "    ✓ long:5 — was `5`",
        "    ✗ bool:true — was `false`",
      ].join("\n"),
    ],
    [
      "items:{ name:a and size > 5 }",
      {
        items: [
          { name: "x", size: 1 },
          { name: "a", size: 3 },
        ],
      },
      "✗ items:{ name:a and size > 5 } — 2 objects, none of which fits: was `3`",
    ],
    [
      "items:{ name:a }",
      { items: [{ name: "x" }, { name: "a" }] },
      "✓ items:{ name:a } — the object at 2 of 2",
    ],
    ["items:{ name:a }", {}, "✗ items:{ name:a } — `items` is absent"],
  ])("%s of %j", (query, document, expected) => {
    expect(explain(query, document)).toBe(expected);
  });
});

test("A blank query holds for every event", () => {
  expect(explain(" ", {})).toMatch(/^✓/);
});

test("What cannot be run is not explained", () => {
  expect(explain("long:x", {})).toBe("`x` is no number, and `long` is of the type long");
});

test("A pattern without a mapping", () => {
  expect(explain("a.*:5", { a: { b: 5 } }, { types: NO_TYPES, now: NOW })).toMatch(/^✓ a\.\*:5/);
});
