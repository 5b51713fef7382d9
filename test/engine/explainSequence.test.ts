/** Why there is a sequence or none: a query and events in, the explanation as text out. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explainSequence } from "../../server/src/core/engine/eql/explainSequence.ts";
import { type OrderOptions } from "../../server/src/core/engine/eql/order.ts";
import { defaultEqlOptions } from "../../server/src/core/engine/eql/run.ts";
import { type EventRecord, type JsonObject } from "../../server/src/core/engine/event.ts";
import { type SequenceExplanation } from "../../server/src/core/engine/explainedSequence.ts";
import { renderSequenceExplanation } from "../../server/src/core/engine/explainText.ts";
import { parseEql } from "../../server/src/core/query/eql/index.ts";
import { modelSequences } from "./bruteForce.ts";
import { modelOptions, queryOf, recordsOf, someEvents, someSequence } from "./sequenceModel.ts";

function explanationOf(
  query: string,
  events: readonly EventRecord[],
  options: OrderOptions,
): SequenceExplanation {
  const { ast, errors } = parseEql(query);
  if (errors[0] !== undefined) throw new Error(`${query}: ${errors[0].message}`);
  const { body } = ast;
  if (body.kind !== "sequence" && body.kind !== "sample") throw new Error(query);
  const explanation = explainSequence(query, body, events, options);
  if (!explanation.ok) throw new Error(`unsupported: ${explanation.error.feature}`);
  return explanation.value;
}

/** Lines of the explanation; times begin at midnight, and only what follows is shown. */
function rendered(query: string, documents: readonly JsonObject[]): readonly string[] {
  const events = documents.map((document, i) => ({ document, line: i + 1 }));
  const text = renderSequenceExplanation(explanationOf(query, events, defaultEqlOptions));
  return text.replaceAll("1970-01-01T00:", "").split("\n");
}

/** `at("3", "a", …)`: an event of the type `a`, three seconds after midnight. */
function at(second: number, t: string, more: JsonObject = {}): JsonObject {
  return { "@timestamp": second * 1000, t, k: "x", event: { category: "process" }, ...more };
}

const AB = '[any where t == "a"] [any where t == "b"]';
const A_LINE = '  ✓ step 1: line 1, 00:01.000Z — [any where t == "a"]';
const B_FAILED = '  ✗ step 2 — [any where t == "b"]';

describe("a sequence that matches", () => {
  test("is shown step by step", () => {
    const events = [at(1, "a"), at(2, "a", { k: "y" }), at(3, "b"), at(4, "b", { k: "y" })];
    expect(rendered(`sequence by k ${AB}`, events)).toEqual([
      "✓ 2 sequences",
      "  ✓ `k` `x`",
      '    ✓ step 1: line 1, 00:01.000Z — [any where t == "a"]',
      '    ✓ step 2: line 3, 00:03.000Z — [any where t == "b"]',
      "  ✓ `k` `y`",
      '    ✓ step 1: line 2, 00:02.000Z — [any where t == "a"]',
      '    ✓ step 2: line 4, 00:04.000Z — [any where t == "b"]',
    ]);
  });

  test("with runs and missing events", () => {
    const query = 'sequence with maxspan=9s [any where t == "a"] with runs=2 ![any where t == "c"]';
    expect(rendered(query, [at(1, "a"), at(2, "a")])).toEqual([
      "✓ 1 sequence",
      "  ✓ without a key",
      '    ✓ step 1, run 1 of 2: line 1, 00:01.000Z — [any where t == "a"] with runs=2',
      '    ✓ step 1, run 2 of 2: line 2, 00:02.000Z — [any where t == "a"] with runs=2',
      '    ✓ step 2: missing, as it must be — ![any where t == "c"]',
    ]);
  });

  test("of many the last are shown", () => {
    const events = Array.from({ length: 40 }, (_one, i) => at(i, i % 2 === 0 ? "a" : "b"));
    const lines = rendered(`sequence ${AB}`, events);
    expect(lines[0]).toBe("✓ 20 sequences, of which the last 10");
    expect(lines.length).toBe(31);
  });
});

describe("the nearest miss", () => {
  test.each<readonly [string, string, readonly JsonObject[], readonly string[]]>([
    [
      "after maxspan",
      `sequence by k with maxspan=5s ${AB}`,
      [at(1, "a"), at(17, "b")],
      ["✗ no sequence: step 2 (line 2) came 11 s after maxspan", A_LINE, B_FAILED],
    ],
    [
      "the least late of several",
      `sequence by k with maxspan=1m ${AB}`,
      [at(1, "a"), at(301, "b"), at(1000, "a"), at(1061, "b")],
      [
        "✗ no sequence: step 2 (line 4) came 1 s after maxspan",
        '  ✓ step 1: line 3, 16:40.000Z — [any where t == "a"]',
        B_FAILED,
      ],
    ],
    [
      "another key",
      `sequence by k, host.id ${AB}`,
      [at(1, "a", { "host.id": "h" }), at(2, "b", { k: "y", "host.id": "h" })],
      ["✗ no sequence: key differs: `x` against `y` in `k` of step 2 (line 2)", A_LINE, B_FAILED],
    ],
    [
      "keys of the steps",
      'sequence [any where t == "a"] by pid [any where t == "b"] by ppid',
      [at(1, "a", { pid: 4 }), at(2, "b", { ppid: 5 })],
      [
        "✗ no sequence: key differs: `4` against `5` in `ppid` of step 2 (line 2)",
        '  ✓ step 1: line 1, 00:01.000Z — [any where t == "a"] by pid',
        '  ✗ step 2 — [any where t == "b"] by ppid',
      ],
    ],
    [
      "cancelled by until",
      `sequence by k ${AB} until [any where t == "c"]`,
      [at(1, "a"), at(2, "c"), at(3, "b")],
      ["✗ no sequence: cancelled by until at line 2, before step 2 (line 3)", A_LINE, B_FAILED],
    ],
    [
      "an event that must be missing",
      'sequence with maxspan=9s [any where t == "a"] ![any where t == "c"] [any where t == "b"]',
      [at(1, "a"), at(2, "c"), at(3, "b")],
      [
        "✗ no sequence: step 2 must be missing, but was present at line 2",
        A_LINE,
        '  ✓ step 3: line 3, 00:03.000Z — [any where t == "b"]',
        '  ✗ step 2 — ![any where t == "c"]',
      ],
    ],
    [
      "before and after",
      'sequence with maxspan=9s ![any where t == "c"] [any where t == "a"] [any where t == "b"] ![any where t == "d"]',
      [at(1, "c"), at(2, "a"), at(3, "b"), at(4, "d")],
      [
        "✗ no sequence: step 1 must be missing, but was present at line 1, and step 4 must be missing, but was present at line 4",
        '  ✓ step 2: line 2, 00:02.000Z — [any where t == "a"]',
        '  ✓ step 3: line 3, 00:03.000Z — [any where t == "b"]',
        '  ✗ step 1 — ![any where t == "c"]',
      ],
    ],
    [
      "out of order",
      `sequence by k ${AB}`,
      [at(3, "a"), at(2, "b")],
      [
        "✗ no sequence: step 2 (line 2) came before step 1 (line 1)",
        '  ✓ step 1: line 1, 00:03.000Z — [any where t == "a"]',
        B_FAILED,
      ],
    ],
    [
      "no event for the second step",
      'sequence by k [any where t == "a"] [process where t == "b" and name : "cmd.exe" and pid > 4]',
      [at(1, "a", { name: "cmd.exe", pid: 1 }), at(2, "b", { name: "sh", pid: 9 }), at(3, "c")],
      [
        "✗ no sequence: no event matches step 2; line 2 comes nearest",
        A_LINE,
        '  ✗ step 2 — [process where t == "b" and name : "cmd.exe" and pid > 4]',
        '    ✗ name : "cmd.exe" — was `sh`',
      ],
    ],
    [
      "what must not hold",
      'sequence [any where t == "a"] [any where t == "b" and not (user : "root" or pid == 0)]',
      [at(1, "a"), at(2, "b", { user: "root", pid: 1 })],
      [
        "✗ no sequence: no event matches step 2; line 2 comes nearest",
        A_LINE,
        '  ✗ step 2 — [any where t == "b" and not (user : "root" or pid == 0)]',
        '    ✗ must not hold: user : "root" — was `root`',
      ],
    ],
    [
      "no event of the category",
      'sequence [any where t == "a"] [file where true]',
      [at(1, "a")],
      [
        "✗ no sequence: no event matches step 2: none has the category `file`",
        A_LINE,
        "  ✗ step 2 — [file where true]",
      ],
    ],
    [
      "no event for the first step",
      `sequence by k ${AB}`,
      [at(1, "c"), at(2, "b")],
      [
        "✗ no sequence: no event matches step 1; line 1 comes nearest",
        '  ✗ step 1 — [any where t == "a"]',
        '    ✗ t == "a" — was `c`',
      ],
    ],
    [
      "no events at all",
      `sequence by k ${AB}`,
      [],
      ["✗ no sequence: no event matches step 1", '  ✗ step 1 — [any where t == "a"]'],
    ],
    [
      "no key",
      `sequence by k, user.id ${AB}`,
      [at(1, "a")],
      ["✗ no sequence: step 1 (line 1) has no key: `user.id` is absent", '  ✗ step 1 — [any where t == "a"]'],
    ],
    [
      "no time",
      `sequence by k ${AB}`,
      [at(1, "a"), { t: "b", k: "x" }],
      [
        "✗ no sequence: step 2 (line 2) has no time in `@timestamp`",
        A_LINE,
        B_FAILED,
        "– 1 event is without a time in `@timestamp`",
      ],
    ],
    [
      "too few runs",
      'sequence by k [any where t == "a"] with runs=3',
      [at(1, "a"), at(2, "a")],
      [
        "✗ no sequence: no further event matches step 1, run 3 of 3: line 2 is taken",
        '  ✓ step 1, run 1 of 3: line 1, 00:01.000Z — [any where t == "a"] with runs=3',
        '  ✓ step 1, run 2 of 3: line 2, 00:02.000Z — [any where t == "a"] with runs=3',
        '  ✗ step 1, run 3 of 3 — [any where t == "a"] with runs=3',
      ],
    ],
    [
      "the furthest of several",
      `sequence by k with maxspan=5s ${AB} [any where t == "c"]`,
      [at(1, "a"), at(2, "b"), at(3, "a", { k: "y" }), at(90, "c"), at(91, "b", { k: "y" })],
      [
        "✗ no sequence: step 3 (line 4) came 84 s after maxspan",
        A_LINE,
        '  ✓ step 2: line 2, 00:02.000Z — [any where t == "b"]',
        '  ✗ step 3 — [any where t == "c"]',
      ],
    ],
  ])("%s", (_name, query, events, expected) => {
    expect(rendered(query, events)).toEqual(expected);
  });

  test("of very many events the last are looked at", () => {
    const events = Array.from({ length: 6000 }, (_one, i) => at(i, "a"));
    expect(rendered(`sequence ${AB}`, events).at(-1)).toBe(
      "– only the last 5,000 of 6,000 events were looked at",
    );
  });
});

describe("samples", () => {
  const query = 'sample by k [any where t == "a"] [any where t == "b"]';

  test.each<readonly [string, readonly JsonObject[], readonly string[]]>([
    [
      "that match",
      [at(2, "b"), at(1, "a")],
      [
        "✓ 1 sample",
        "  ✓ `k` `x`",
        '    ✓ step 1: line 2 — [any where t == "a"]',
        '    ✓ step 2: line 1 — [any where t == "b"]',
      ],
    ],
    [
      "of other keys",
      [at(1, "a"), at(2, "b", { k: "y" })],
      [
        "✗ no sample: no event of step 2 has the key `k` `x`: line 2 has `k` `y`",
        '  ✓ step 1: line 1 — [any where t == "a"]',
        B_FAILED,
      ],
    ],
    [
      "without an event for a step",
      [at(1, "a"), at(2, "c")],
      [
        "✗ no sample: no event matches step 2; line 1 comes nearest",
        '  ✓ step 1: line 1 — [any where t == "a"]',
        B_FAILED,
        '    ✗ t == "b" — was `a`',
      ],
    ],
    [
      "without a key",
      [at(1, "a"), { t: "b" }],
      ["✗ no sample: step 2 (line 2) has no key", '  ✓ step 1: line 1 — [any where t == "a"]', B_FAILED],
    ],
    [
      "of one event alone",
      [at(1, "", { t: ["a", "b"] })],
      [
        "✗ no sample: the steps need different events, but share line 1",
        '  ✓ step 1: line 1 — [any where t == "a"]',
        '  ✓ step 2: line 1 — [any where t == "b"]',
        B_FAILED,
      ],
    ],
  ])("%s", (_name, events, expected) => {
    expect(rendered(query, events)).toEqual(expected);
  });
});

test("whether there is a sequence is what the definition says, and a miss is always explained", () => {
  let missCount = 0;
  fc.assert(
    fc.property(someSequence, someEvents, (sequence, events) => {
      const expected = modelSequences(sequence, events);
      const explanation = explanationOf(queryOf(sequence), recordsOf(events), modelOptions);
      if (explanation.outcome === "matched") {
        expect(explanation.count).toBe(expected.length);
        return;
      }
      missCount++;
      expect(expected).toEqual([]);
      expect(explanation.misses.length).toBeGreaterThan(0);
      expect(renderSequenceExplanation(explanation)).toMatch(/^✗ no sequence: ./);
    }),
    { seed: 20_240_531, numRuns: 2000 },
  );
  expect(missCount).toBeGreaterThan(500);
});
