/** Whole queries over events: the text of a query in, the lines of its results out. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EventRecord, type JsonObject } from "../../server/src/core/engine/event.ts";
import { type OrderOptions } from "../../server/src/core/engine/eql/order.ts";
import { defaultEqlOptions, type EqlResult, runEql } from "../../server/src/core/engine/eql/run.ts";
import { streamEql } from "../../server/src/core/engine/eql/stream.ts";
import { parseEql } from "../../server/src/core/query/eql/index.ts";
import { modelSequences } from "./bruteForce.ts";
import { exhausted } from "./exhausted.ts";
import { modelOptions, queryOf, recordsOf, someEvents, someSequence } from "./sequenceModel.ts";

function resultOf(query: string, events: Iterable<EventRecord>, options: OrderOptions): EqlResult {
  const { ast, errors } = parseEql(query);
  expect(errors, query).toEqual([]);
  const result = exhausted(runEql(ast, events, options));
  if (!result.ok) throw new Error(`unsupported: ${result.error.feature}`);
  return result.value;
}

function records(documents: readonly JsonObject[]): readonly EventRecord[] {
  return documents.map((document, i) => ({ document, line: i + 1 }));
}

/** The lines of each result; 0 for a missing event. */
function lines(
  query: string,
  documents: readonly JsonObject[],
  options: Partial<OrderOptions> = {},
): readonly (readonly number[])[] {
  const { results } = resultOf(query, records(documents), { ...defaultEqlOptions, ...options });
  return results.map(({ events }) => events.map((event) => event?.line ?? 0));
}

/** Twelve processes, a second apart, the file in the wrong order. */
const PROCESSES = Array.from({ length: 12 }, (_event, i) => ({
  "@timestamp": (12 - i) * 1000,
  event: { category: "process" },
  process: { pid: 12 - i },
}));

describe("results", () => {
  test.each([
    ["any where true", {}, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]],
    ["any where true", { resultPosition: "head" }, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3]],
    ["any where true", { size: 2 }, [2, 1]],
    ["any where true", { size: 0 }, []],
    ["any where true | head 3", {}, [12, 11, 10]],
    ["any where true | tail 3", { resultPosition: "head" }, [3, 2, 1]],
    ["any where true | head 20", {}, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3]],
    ["any where true | tail 20", {}, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]],
    ["any where true | head 4 | tail 2", {}, [10, 9]],
    ["any where true | tail 4 | head 2", {}, [4, 3]],
    ["any where true | head 2 * 2 - 1", {}, [12, 11, 10]],
    ["any where true | head 0", {}, []],
  ] as const)("of %s with %j are %j", (query, options, expected) => {
    expect(lines(query, PROCESSES, options)).toEqual(expected.map((line) => [line]));
  });

  test("no more are held than can be wanted, whatever their order", () => {
    const documents = Array.from({ length: 20_000 }, (_event, i) => ({ "@timestamp": (i * 7919) % 20_000 }));
    const { results } = resultOf("any where true", records(documents), { ...defaultEqlOptions, size: 3 });
    expect(results.map(({ events }) => events[0]?.document["@timestamp"])).toEqual([19_997, 19_998, 19_999]);
  });

  test("events without a time come last, in the order of the file", () => {
    const documents = [{ a: 1 }, { "@timestamp": 2 }, { a: 2 }, { "@timestamp": 1 }];
    expect(lines("any where true", documents)).toEqual([[4], [2], [1], [3]]);
  });

  test("sequences are cut like events", () => {
    const query = "sequence [any where true] [any where true]";
    expect(lines(`${query} | head 2`, PROCESSES)).toEqual([
      [12, 11],
      [11, 10],
    ]);
    expect(lines(`${query} | tail 1`, PROCESSES)).toEqual([[2, 1]]);
    expect(lines(`${query} | head 6 | tail 3 | head 1`, PROCESSES)).toEqual([[9, 8]]);
    expect(lines(`${query} | head 6 | head 2 | tail 1`, PROCESSES)).toEqual([[11, 10]]);
    expect(lines(query, PROCESSES)).toHaveLength(10);
  });

  test("a sequence counts the events that have no time", () => {
    const query = "sequence [any where true] [any where true]";
    const events = records([{ "@timestamp": 1 }, {}, { "@timestamp": 2 }, { "@timestamp": "soon" }]);
    const { results, eventsWithoutTime } = resultOf(query, events, defaultEqlOptions);
    expect(eventsWithoutTime).toBe(2);
    expect(results).toHaveLength(1);
    const given = resultOf(query, events, { ...defaultEqlOptions, timeFor: ({ line }) => line });
    expect(given.results).toHaveLength(3);
  });

  test("keys are those before the terms, then the terms' own", () => {
    const documents = [
      { "@timestamp": 1, host: "h", pid: 1 },
      { "@timestamp": 2, host: "h", parent: { pid: 1 } },
    ];
    const query = "sequence by host [any where true] by pid [any where true] by parent.pid";
    const { results } = resultOf(query, records(documents), defaultEqlOptions);
    expect(results.map(({ keys }) => keys)).toEqual([["h", 1]]);
  });
});

describe("what cannot be run is not taken for an empty result", () => {
  test.each([
    ["sample by a [any where true] [any where true] | head 1", "| head 1"],
    ["sequence [any where true] [any where true] until ![any where true]", "![any where true]"],
    ["sequence ![any where true] ![any where true]", "sequence"],
    ["join by a [any where true] [any where true]", "join"],
    ["any where true | unique a", "| unique a"],
  ])("%s", (query, culprit) => {
    const result = exhausted(runEql(parseEql(query).ast, [], defaultEqlOptions));
    if (result.ok) throw new Error("It was run");
    expect(query.slice(result.error.span.start, result.error.span.end)).toBe(culprit);
  });
});

describe("random sequences as queries", () => {
  test("give what the definition says", () => {
    fc.assert(
      fc.property(someSequence, someEvents, (sequence, events) => {
        const { results } = resultOf(queryOf(sequence), recordsOf(events), modelOptions);
        const found = results.map(({ keys, events: matched }) => {
          return { keys, events: matched.map((event) => (event === null ? null : event.line - 1)) };
        });
        expect(found).toEqual(modelSequences(sequence, events));
      }),
      { seed: 5, numRuns: 1500 },
    );
  });

  test("give the same when the events come piece by piece", () => {
    fc.assert(
      fc.property(
        someSequence,
        someEvents,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        (sequence, events, size, hasTiebreaker) => {
          const inOrder = events
            .toSorted((a, b) => a.time - b.time)
            .map((event, position) => ({ ...event, position }));
          const query = queryOf(sequence);
          const options = hasTiebreaker ? modelOptions : { ...modelOptions, tiebreakerField: undefined };
          const stream = streamEql(parseEql(query).ast, options);
          if (!stream.ok) throw new Error(stream.error.feature);
          const { step, finish, leftOut } = stream.value;
          const all = recordsOf(inOrder);
          const hits = [];
          for (let from = 0; from < all.length; from += size) {
            hits.push(...exhausted(step(all.slice(from, from + size))));
          }
          hits.push(...exhausted(finish()));
          expect(hits).toEqual(resultOf(query, all, options).results);
          expect(leftOut()).toEqual({ withoutTime: 0, outOfOrder: 0 });
        },
      ),
      { seed: 6, numRuns: 1000 },
    );
  });
});

describe("a stream", () => {
  test("leaves out of a sequence what comes too late or has no time, and says so", () => {
    const stream = streamEql(parseEql("sequence [any where true] [any where true]").ast, defaultEqlOptions);
    if (!stream.ok) throw new Error(stream.error.feature);
    const documents = [{ "@timestamp": 2 }, { "@timestamp": 1 }, {}, { "@timestamp": 3 }];
    const hits = exhausted(stream.value.step(records(documents)));
    expect(hits.map(({ events }) => events.map((event) => event?.line))).toEqual([[1, 4]]);
    expect(stream.value.leftOut()).toEqual({ withoutTime: 1, outOfOrder: 1 });
  });

  test("of events and samples takes them as they come", () => {
    const events = records([{ "@timestamp": 2, a: 1 }, { "@timestamp": 1, a: 1 }, { a: 2 }]);
    for (const [query, expected] of [
      ["any where a == 1", [[1], [2]]],
      ["sample by a [any where true] [any where true]", [[1, 2]]],
    ] as const) {
      const stream = streamEql(parseEql(query).ast, defaultEqlOptions);
      if (!stream.ok) throw new Error(stream.error.feature);
      const hits = [...exhausted(stream.value.step(events)), ...exhausted(stream.value.finish())];
      expect(hits.map((hit) => hit.events.map((event) => event?.line))).toEqual(expected);
    }
  });
});
