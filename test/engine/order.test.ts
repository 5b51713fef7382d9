import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonObject, type JsonValue } from "../../server/src/core/engine/event.ts";
import { inOrder, type OrderOptions, ordinalReader } from "../../server/src/core/engine/eql/order.ts";
import { sorted } from "../../server/src/core/engine/eql/sorted.ts";
import { isFurther, parseTimestamp, type Timestamp } from "../../server/src/core/engine/eql/timestamp.ts";
import { exhausted } from "./exhausted.ts";
import { modelOptions } from "./sequenceModel.ts";

const BASE = Date.UTC(2024, 4, 31, 12, 30, 15);

const TIMES: readonly (readonly [JsonValue, number | undefined, number?])[] = [
  ["2024-05-31T12:30:15Z", BASE],
  ["2024-05-31T12:30:15", BASE],
  ["2024-05-31T12:30:15.5Z", BASE + 500],
  ["2024-05-31T12:30:15,5Z", BASE + 500],
  ["2024-05-31T12:30:15.123Z", BASE + 123],
  ["2024-05-31T12:30:15.123456Z", BASE + 123, 456_000],
  ["2024-05-31T12:30:15.123456789Z", BASE + 123, 456_789],
  ["2024-05-31T12:30:15.1234567891Z", BASE + 123, 456_789],
  ["2024-05-31T14:30:15.000001+02:00", BASE, 1000],
  ["2024-05-31T14:30:15+0200", BASE],
  ["2024-05-31T14:30:15+02", BASE],
  ["2024-05-31T07:00:15-05:30", BASE],
  ["2024-05-31T12:30Z", BASE - 15_000],
  ["2024-05-31T12", Date.UTC(2024, 4, 31, 12)],
  ["2024-05-31", Date.UTC(2024, 4, 31)],
  ["2024-05", Date.UTC(2024, 4)],
  ["2024", Date.UTC(2024)],
  ["2024-02-29", Date.UTC(2024, 1, 29)],
  ["2000-02-29T00:00:00Z", Date.UTC(2000, 1, 29)],
  ["1969-12-31T23:59:59.9999Z", -1, 900_000],
  ["1601-01-01T00:00:00Z", Date.UTC(1601, 0)],
  [BASE, BASE],
  [0, 0],
  [1.5, 1, 500_000],
  [-1.5, -2, 500_000],
  ["1717158615000", 1_717_158_615_000],
  ["1717158615000.000001", 1_717_158_615_000, 1],
  ["-1.25", -2, 750_000],
  ["12", 12],
  [["2024-05-31T12:30:15Z"], BASE],
  [["2024-05-31T12:30:16Z", "2024-05-31T12:30:15.000001Z"], BASE, 1000],
  ["2023-02-29", undefined],
  ["2100-02-29", undefined],
  ["2024-13-01", undefined],
  ["2024-00-01", undefined],
  ["2024-05-32", undefined],
  ["2024-05-31T24:00:00Z", undefined],
  ["2024-05-31T12:60:00Z", undefined],
  ["2024-05-31T12:30:60Z", undefined],
  ["2024-05-31T12:30:15.Z", undefined],
  ["2024-05-31T12:30:15Zulu", undefined],
  ["2024-05-31T12:30:15+2", undefined],
  ["2024-05-31T12:30:15+02:00:00", undefined],
  ["2024-05-31 12:30:15Z", undefined],
  ["2024-5-31", undefined],
  ["yesterday", undefined],
  ["", undefined],
  [true, undefined],
  [null, undefined],
  [{}, undefined],
  [[], undefined],
];

describe("times", () => {
  test.each(TIMES)("%j is %j ms and %j ns", (value, milliseconds, nanoseconds = 0) => {
    expect(parseTimestamp(value)).toEqual(
      milliseconds === undefined ? undefined : { milliseconds, nanoseconds },
    );
  });

  test("are read as JavaScript reads and writes them", () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date("0000-01-01"), max: new Date("9999-12-31") }),
        (date) => {
          expect(parseTimestamp(date.toISOString())).toEqual({
            milliseconds: date.getTime(),
            nanoseconds: 0,
          });
        },
      ),
      { seed: 1 },
    );
  });

  test("are apart to the nanosecond", () => {
    const from: Timestamp = { milliseconds: 10, nanoseconds: 5 };
    expect(isFurther(from, { milliseconds: 12, nanoseconds: 4 }, 2)).toBe(false);
    expect(isFurther(from, { milliseconds: 12, nanoseconds: 5 }, 2)).toBe(false);
    expect(isFurther(from, { milliseconds: 12, nanoseconds: 6 }, 2)).toBe(true);
    expect(isFurther(from, { milliseconds: 13, nanoseconds: 0 }, 2)).toBe(true);
  });
});

/** The names of the documents in order. */
function order(documents: readonly JsonObject[], options: Partial<OrderOptions> = {}): readonly unknown[] {
  const ordinalOf = ordinalReader({ ...modelOptions, ...options });
  const timed = documents.flatMap((document, position) => {
    const record = { document, line: position + 1 };
    const ordinal = ordinalOf(record, position);
    return ordinal === undefined ? [] : [{ record, ordinal }];
  });
  return exhausted(inOrder(timed)).map(({ record }) => record.document["name"]);
}

describe("order", () => {
  test("time comes first, whatever its form", () => {
    const documents = [
      { name: "c", "@timestamp": "1970-01-01T00:00:00.002Z", tie: 1 },
      { name: "b", "@timestamp": 1.5, tie: 2 },
      { name: "a", "@timestamp": "1", tie: 3 },
      { name: "d", "@timestamp": "1970-01-01T01:00:00.002000001+01:00", tie: 0 },
    ];
    expect(order(documents)).toEqual(["a", "b", "c", "d"]);
  });

  test("then the tiebreaker, nothing last, then the place in the file", () => {
    const at = "2024-05-31";
    const documents = [
      { name: "e", "@timestamp": at },
      { name: "d", "@timestamp": at, tie: 10 },
      { name: "b", "@timestamp": at, tie: 9 },
      { name: "c", "@timestamp": at, tie: [11, "9"] },
      { name: "a", "@timestamp": at, tie: -1 },
      { name: "f", "@timestamp": at, tie: null },
    ];
    expect(order(documents)).toEqual(["a", "b", "c", "d", "e", "f"]);
    expect(order(documents, { tiebreakerField: undefined })).toEqual(["e", "d", "b", "c", "a", "f"]);
  });

  test("a tiebreaker of the keyword family is text", () => {
    const documents = [
      { name: "b", "@timestamp": 1, tie: "9" },
      { name: "a", "@timestamp": 1, tie: "10" },
    ];
    const tie = {
      name: "tie",
      type: "keyword",
      exactSubfields: [],
      isNormalized: false,
      nestedIn: undefined,
      nullValue: undefined,
    };
    expect(order(documents)).toEqual(["b", "a"]);
    expect(order(documents, { types: { ...modelOptions.types, get: () => tie } })).toEqual(["a", "b"]);
  });

  test("fields are found nested and dotted", () => {
    const documents = [
      { name: "b", event: { created: 2, sequence: 1 } },
      { name: "d", "event.created": 3, event: { sequence: 2 } },
      { name: "a", "event.created": 1 },
      { name: "c", "event.created": 3, "event.sequence": 1 },
    ];
    const options = { timestampField: "event.created", tiebreakerField: "event.sequence" };
    expect(order(documents, options)).toEqual(["a", "b", "c", "d"]);
  });

  test("an event without a time has no place, unless it is given one", () => {
    const documents = [{ name: "b" }, { name: "c", "@timestamp": "x" }, { name: "a", "@timestamp": 1 }];
    expect(order(documents)).toEqual(["a"]);
    expect(order(documents, { timeFor: ({ line }) => line + 5 })).toEqual(["a", "b", "c"]);
  });

  test("sorting in pieces is sorting, and keeps equals as they stand", () => {
    const items = fc.array(fc.record({ rank: fc.nat({ max: 500 }), place: fc.nat() }), {
      maxLength: 20_000,
      minLength: 3000,
      size: "max",
    });
    fc.assert(
      fc.property(items, (unsorted) => {
        const compare = (a: { rank: number }, b: { rank: number }): number => a.rank - b.rank;
        expect(exhausted(sorted(unsorted, compare))).toEqual([...unsorted].sort(compare));
      }),
      { seed: 2, numRuns: 8 },
    );
  });
});
