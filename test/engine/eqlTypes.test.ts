/** Values by the types of their fields. */
import { describe, expect, test } from "vitest";
import { type JsonObject } from "../../server/src/core/engine/event.ts";
import { asked, keysOf, type Mapping, valuesOf } from "./eqlAsk.ts";

type Row = readonly [condition: string, holds: boolean | string];

function table(rows: readonly Row[], document: JsonObject, mapping: Mapping): void {
  test.each(rows)("%s: %s", (condition, holds) => expect(asked(condition, document, mapping)).toBe(holds));
}

describe("addresses", () =>
  table(
    [
      [`a == "10.1.2.3"`, true],
      [`a == "10.0.0.0/8"`, true],
      [`a != "10.0.0.0/8"`, false],
      [`a in ("1.1.1.1", "10.0.0.0/8")`, true],
      [`a in ("1.1.1.1", "10.1.2.3")`, true],
      [`a > "9.255.0.0"`, true],
      [`a < "9.255.0.0"`, false],
      [`a == "nothing"`, "`nothing` beside a value of the type ip"],
      [`a in ("nothing")`, "this value in a list for the type ip"],
      [`long == "2001:db8:0::1"`, true],
      [`long == "2001:DB8::/32"`, true],
      [`mapped == "10.1.2.3"`, true],
      [`mapped == a`, true],
      [`string(long) == "2001:db8::1"`, true],
      [`broken == null`, true],
      [`cidrMatch(a, "192.168.0.0/16", "10.200.1.1/8")`, true],
      [`cidrMatch(a, "192.168.0.0/16")`, false],
      [`cidrMatch(a, "::/0")`, true],
      [`cidrMatch(long, "::1", "2001::/16")`, true],
      [`cidrMatch(a, "10.0.0.0/33")`, "`10.0.0.0/33` as a block of addresses"],
      [`cidrMatch(text, "10.0.0.0/8")`, "a text that is no address"],
      [`not cidrMatch(broken, "10.0.0.0/8")`, true],
      [`a : "10.*"`, "`:` on a value of the type ip"],
    ],
    { a: "10.1.2.3", long: "2001:db8::0:1", mapped: "::ffff:10.1.2.3", broken: "010.1.2.3", text: "x" },
    { a: "ip", long: "ip", mapped: "ip", broken: "ip", text: "keyword" },
  ));

describe("dates", () =>
  table(
    [
      [`@timestamp == "2024-05-31"`, true],
      [`@timestamp == "2024-05-31T12:30"`, true],
      [`@timestamp == "2024-05-31T12:31"`, false],
      [`@timestamp < "2024-05-31"`, false],
      [`@timestamp <= "2024-05-31"`, true],
      [`@timestamp > "2024-05-31"`, false],
      [`@timestamp >= "2024-05-31"`, true],
      [`@timestamp > "2024-05-31T14:29:00+02:00"`, true],
      [`@timestamp == 1717158600000`, true],
      [`@timestamp == "1717158600000"`, true],
      [`@timestamp in ("2023-01-01", "2024-05-31")`, true],
      [`@timestamp in ("2024-05-31T12:30:00.000Z")`, true],
      [`@timestamp > "now-1d"`, "`now-1d` beside a value of the type date"],
      [`@timestamp == epoch`, true],
      [`concat(epoch, "") == "2024-05-31T12:30:00.000Z"`, true],
    ],
    { "@timestamp": "2024-05-31T12:30:00Z", epoch: 1717158600000 },
    { epoch: "date" },
  ));

describe("versions", () =>
  table(
    [
      [`v < "1.11.3"`, true],
      [`v > "1.2.4-SNAPSHOT"`, true],
      [`v == "1.2.4"`, true],
      [`v in ("1.2.4", "9")`, true],
      [`v < "bad"`, true],
      [`bad > "999.0"`, true],
      [`four > "10.0.19045.99"`, true],
      [`CONCAT(v, "") == "1.2.4"`, true],
    ],
    { v: "1.2.4", bad: "bad", four: "10.0.19045.100" },
    { v: "version", bad: "version", four: "version" },
  ));

describe("numbers, booleans and keywords as their mapping reads them", () =>
  table(
    [
      [`pid == 12`, true],
      [`pid in (12)`, true],
      [`pid > 9`, true],
      [`pid / 5 == 2`, true],
      [`broken == null`, true],
      [`whole == 5`, true],
      [`ratio / 2 == 2.5`, true],
      [`concat(ratio, "") == "5.0"`, true],
      [`flag`, true],
      [`flag == "true"`, true],
      [`word : "5*"`, true],
      [`word == "50"`, true],
      [`pid == "twelve"`, "`twelve` beside a value of the type integer"],
      [`pid : "1*"`, "`:` on a value of the type integer"],
      [`word + 1 == 51`, "a value of the type string where a number must be"],
      [`pid`, "a condition of the type integer"],
      [`none == "filled"`, true],
      [`list == "filled"`, true],
      [`empty == null`, true],
    ],
    {
      pid: "12",
      broken: "x",
      whole: 5.9,
      ratio: 5,
      flag: "true",
      word: 50,
      none: null,
      list: ["a", null],
      empty: [],
    },
    {
      pid: "long",
      broken: "long",
      whole: "integer",
      ratio: "double",
      flag: "boolean",
      word: "keyword",
      none: { nullValue: "filled" },
      list: { nullValue: "filled" },
      empty: { nullValue: "filled" },
    },
  ));

/** Elasticsearch does not index them, so no query of any language finds them. */
describe("keywords that are too long", () =>
  table(
    [
      [`long == null`, true],
      [`long : "x*"`, false],
      [`edge : "x*"`, true],
      [`wide : "?*"`, true],
      [`some : "x*"`, false],
      [`some == "short"`, true],
      [`free : "x*"`, true],
    ],
    {
      long: "x".repeat(1025),
      edge: "x".repeat(1024),
      wide: "\u{1f600}".repeat(1024),
      some: ["short", "x".repeat(2000)],
      free: "x".repeat(2000),
    },
    { long: "keyword", edge: "keyword", wide: "keyword", some: "keyword", free: "wildcard" },
  ));

describe("sub-fields and fields that EQL refuses", () =>
  table(
    [
      [`file.path.text : "*A*"`, true],
      [`message == "hello"`, true],
      [`message.keyword == "hello"`, true],
      [`deep.name == "x"`, "the field `deep.name` of nested documents"],
      [`place == "x"`, "the field `place` of the type geo_point"],
    ],
    { file: { path: "/a" }, message: "hello", deep: [{ name: "x" }], place: "x" },
    {
      "file.path": "keyword",
      "file.path.text": "text",
      message: { type: "text", exactSubfields: ["message.keyword"] },
      "message.keyword": "keyword",
      deep: "nested",
      "deep.name": { nestedIn: "deep" },
      place: "geo_point",
    },
  ));

describe("keys", () => {
  const document = {
    user: "A",
    pid: ["1", 1, 2],
    tags: ["x", "y", "x"],
    none: null,
    when: ["2024-05-31", 1717113600000],
  };
  const mapping: Mapping = { pid: "long", when: "date" };
  test.each([
    [["user"], [["A"]]],
    [["tags"], [["x"], ["y"]]],
    [
      ["user", "tags"],
      [
        ["A", "x"],
        ["A", "y"],
      ],
    ],
    [
      ["tags", "user"],
      [
        ["x", "A"],
        ["y", "A"],
      ],
    ],
    [["pid"], [[1], [2]]],
    [
      ["pid", "tags"],
      [
        [1, "x"],
        [1, "y"],
        [2, "x"],
        [2, "y"],
      ],
    ],
    [["none"], []],
    [["?none"], [[null]]],
    [["user", "none"], []],
    [["?gone", "user"], [[null, "A"]]],
    [["when"], [["2024-05-31T00:00:00.000Z"]]],
    [["length(user)"], "a key that is no field"],
  ] as const)("%j", (fields, keys) => expect(keysOf(fields, document, mapping)).toEqual(keys));
});

describe("values", () => {
  test.each([
    ["length(tags) + 1", [2, 3]],
    ["tags", ["a", "bc"]],
    ["gone", [null]],
    ['tags : "b*"', [false, true]],
  ] as const)("%s", (source, values) => expect(valuesOf(source, { tags: ["a", "bc"] })).toEqual(values));
});
