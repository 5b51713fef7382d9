import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonObject } from "../../server/src/core/engine/event.ts";
import { type KeyReader, type KeyValue, type Predicate } from "../../server/src/core/engine/eql/plan.ts";
import { distinctChoices, sampleGatherer, type SamplePlan } from "../../server/src/core/engine/eql/sample.ts";
import { type SequenceTerm } from "../../server/src/core/engine/eql/sequence.ts";
import { exhausted } from "./exhausted.ts";

/** All choices by trying all, in the order of the lists. */
function allChoices(lists: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return lists
    .reduce<readonly (readonly number[])[]>(
      (choices, list) => choices.flatMap((choice) => list.map((item) => [...choice, item])),
      [[]],
    )
    .filter((choice) => new Set(choice).size === choice.length);
}

const someLists = fc.array(fc.uniqueArray(fc.nat({ max: 5 }), { maxLength: 6, size: "max" }), {
  minLength: 1,
  maxLength: 5,
  size: "max",
});

describe("documents that differ", () => {
  test("are the first of all choices", () => {
    fc.assert(
      fc.property(someLists, fc.integer({ min: 1, max: 40 }), (lists, limit) => {
        expect(distinctChoices(lists, limit)).toEqual(allChoices(lists).slice(0, limit));
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  test("are not searched for in vain", () => {
    const few = Array.from({ length: 60 }, (_item, i) => i);
    const lists = Array.from({ length: 61 }, () => few);
    expect(distinctChoices(lists, 1)).toEqual([]);
    const enough = distinctChoices([...lists.slice(3), few.slice(0, 2), few.slice(1, 2)], 2);
    expect(enough).toHaveLength(2);
  });
});

function isOfType(type: string): Predicate {
  return (document) => document["type"] === type;
}

const keysOf: KeyReader = (document) => [[document["k"] as KeyValue]];

function samples(
  documents: readonly JsonObject[],
  plan: Partial<SamplePlan> & Pick<SamplePlan, "terms">,
): readonly (readonly unknown[])[] {
  const { push, finish } = sampleGatherer({ keyTypes: [], maxSamplesPerKey: 1, size: Infinity, ...plan });
  documents.forEach((document, i) => push({ document, line: i }));
  return exhausted(finish()).map(({ keys, events }) => [...keys, ...events.map((event) => event?.line)]);
}

function term(type: string): SequenceTerm {
  return { matches: isOfType(type), keysOf };
}

const ab = [term("a"), term("b")];
const any: SequenceTerm = { matches: () => true, keysOf };

describe("samples", () => {
  test("have a document for every term, and come in the order of their keys", () => {
    const documents = ["y", "x", true, 10, null, 9, false, "z"].flatMap((k) =>
      k === "z"
        ? [{ type: "a", k }]
        : [
            { type: "b", k },
            { type: "a", k },
          ],
    );
    expect(samples(documents, { terms: ab })).toEqual([
      [null, 9, 8],
      [false, 13, 12],
      [true, 5, 4],
      [9, 11, 10],
      [10, 7, 6],
      ["x", 3, 2],
      ["y", 1, 0],
    ]);
  });

  test.each([
    ["ip", ["9.0.0.1", "10.0.0.1", "::1:0:0:0", "fe80::1"]],
    ["version", ["1.9.0", "1.10.0-beta", "1.10.0", "latest"]],
    ["string", ["1.10.0", "1.9.0", "A", "a"]],
  ] as const)("keys of the type %s stand in the order %j", (type, keys) => {
    const documents = keys.toReversed().flatMap((k) => [
      { type: "a", k },
      { type: "b", k },
    ]);
    const found = samples(documents, { terms: ab, keyTypes: [type] });
    expect(found).toEqual(keys.map((k, i) => [k, (keys.length - i) * 2 - 2, (keys.length - i) * 2 - 1]));
  });

  test("a number is not the text of it", () => {
    expect(
      samples(
        [
          { type: "a", k: "1" },
          { type: "b", k: 1 },
        ],
        { terms: ab },
      ),
    ).toEqual([]);
  });

  test("take no document twice", () => {
    expect(samples([{ k: 1 }], { terms: [any, any] })).toEqual([]);
    expect(samples([{ k: 1 }, { k: 1 }], { terms: [any, any] })).toEqual([[1, 0, 1]]);
  });

  test("are at most so many for a key, and in all", () => {
    const documents = Array.from({ length: 6 }, (_event, i) => ({ k: i % 2 }));
    const terms = [any, any];
    expect(samples(documents, { terms, maxSamplesPerKey: 2 })).toEqual([
      [0, 0, 2],
      [0, 0, 4],
      [1, 1, 3],
      [1, 1, 5],
    ]);
    expect(samples(documents, { terms, maxSamplesPerKey: 2, size: 3 })).toHaveLength(3);
    expect(samples(documents, { terms, maxSamplesPerKey: 100 })).toHaveLength(12);
    expect(samples(documents, { terms, size: 0 })).toEqual([]);
  });

  test("of many documents only those are kept that can be chosen, and the choice is the same", () => {
    const event = fc.record({ type: fc.constantFrom("a", "b", "c"), k: fc.nat({ max: 1 }) });
    const terms = fc.array(fc.constantFrom(term("a"), term("b"), any), { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 40, size: "max" }),
        terms,
        fc.integer({ min: 1, max: 5 }),
        (documents, chosen, maxSamplesPerKey) => {
          const expected = [0, 1].flatMap((k) => {
            const lists = chosen.map(({ matches }) =>
              documents.flatMap((document, i) => (document.k === k && matches(document) ? [i] : [])),
            );
            return allChoices(lists)
              .slice(0, maxSamplesPerKey)
              .map((choice) => [k, ...choice]);
          });
          expect(samples(documents, { terms: chosen, maxSamplesPerKey })).toEqual(expected);
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });
});
