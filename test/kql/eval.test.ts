import { describe, expect, test } from "vitest";
import { compileKql } from "../../server/src/core/engine/kql/compile.ts";
import { type JsonObject } from "../../server/src/core/engine/event.ts";
import { parseKql } from "../../server/src/core/query/kql/index.ts";
import { NO_TYPES, NOW, OPTIONS } from "./smallWorld.ts";

function answer(query: string, document: JsonObject, options = OPTIONS): boolean | string {
  const { ast, errors } = parseKql(query);
  expect(errors).toEqual([]);
  const compiled = compileKql(ast, options);
  return compiled.ok ? compiled.value(document) : compiled.error.feature;
}

interface World {
  readonly document: JsonObject;
  readonly holds: readonly string[];
  readonly fails: readonly string[];
}

const WORLDS: Readonly<Record<string, World>> = {
  "Keywords are compared whole and exactly": {
    document: { key: ["Cmd.exe", "a*b", 5, true], wild: "x y" },
    holds: [
      "key:Cmd.exe",
      'key:"Cmd.exe"',
      'key:"a*b"',
      "key:a\\*b",
      "key:C*e",
      "key:*",
      "key:5",
      "key:true",
      "wild:x y",
      "wild:x*",
      "key:(Cmd.exe and 5)",
      "key:(x or y or z or u or v or Cmd.exe)",
      "key >= D",
    ],
    fails: [
      "key:cmd.exe",
      "key:cmd*",
      "key:Cmd",
      'key:"C*"',
      "key:5.0",
      "key:C?d.exe",
      "not key:5",
      "key:(not 5)",
      "key:(Cmd.exe and 6)",
      "wild:y",
      "key:(x or y or z or u or v or cmd.exe)",
      "key > z",
    ],
  },
  "A keyword that is too long is not there, other types have no such limit": {
    document: { key: "x".repeat(1025), wild: "x".repeat(1025) },
    holds: ["wild:*", "wild:x*", "not key:*"],
    fails: ["key:*", "key:x*", "key > a"],
  },
  "Texts are split into words": {
    document: { text: "Accepted password for root-user from 10.0.0.1, O'Neil's 你好" },
    holds: [
      "text:password",
      "text:ACCEPTED",
      "text:nothing password",
      'text:"accepted password"',
      'text:"for root user"',
      "text:pass*",
      "text:x* r*t",
      "text:10.0.0.1",
      "text:o'neil's",
      'text:"你好"',
      "text:*",
    ],
    fails: [
      "text:pass",
      'text:"password accepted"',
      'text:"accepted for"',
      'text:"accepted pass*"',
      "text:*d?f*",
      'text:""',
      "text:10",
      "text:neil",
    ],
  },
  "A sub-field has the values of its field": {
    document: { key: "Cmd Exe" },
    holds: ["key.text:cmd", 'key.text:"cmd exe"', "key.text:*"],
    fails: ["key:cmd", 'key.text:"exe cmd"'],
  },
  "Numbers are equal however they are written": {
    document: { long: [47, "12"], float: 0.1, half: 0.3333 },
    holds: [
      "long:47",
      'long:"47"',
      "long:47.0",
      "long:4.7e1",
      "long:12",
      "float:0.1",
      "half:0.33325",
      "long > 46.5",
      "long >= 47",
      "long < 12.5",
      "float <= 0.1",
      "long > 20 and long < 20",
    ],
    fails: ["long:47.5", "long:48", "float:0.11", "long > 47", "long < 12", "float > 0.1"],
  },
  "Booleans may be texts": {
    document: { bool: ["true", ""] },
    holds: ["bool:true", 'bool:"true"', "bool:false", 'bool:""', "bool:*", "bool >= true", "bool < true"],
    fails: ["bool > true", "not bool:true"],
  },
  "Addresses are compared as such": {
    document: { ip: ["10.1.2.3", "::ffff:192.168.0.1", "FE80::1"] },
    holds: [
      "ip:10.1.2.3",
      'ip:"10.0.0.0/8"',
      "ip:10.0.0.0/8",
      "ip:192.168.0.1",
      'ip:"fe80:0::1"',
      'ip:"fe80::/10"',
      "ip:*",
      "ip > 10.1.2.2",
      'ip <= "fe80::1"',
    ],
    fails: ["ip:10.1.2.4", "ip:11.0.0.0/8", 'ip:"fe80::2"', "ip < 10.1.2.3", 'ip > "fe80::1"'],
  },
  "Dates stand for a whole unit": {
    document: { "@timestamp": "2024-05-29T10:20:00.000Z" },
    holds: [
      '@timestamp:"2024-05-29"',
      "@timestamp:2024-05-29T10",
      "@timestamp >= 2024-05-29",
      "@timestamp <= 2024-05-29",
      "@timestamp > 2024-05-28",
      "@timestamp < 2024-05-30",
      "@timestamp >= now-1m",
      "@timestamp < now",
      "@timestamp >= now/d",
      "@timestamp <= now/d",
      "@timestamp:now/d",
      "@timestamp:now/w",
      "@timestamp:now/M",
      "@timestamp:now/y",
      "@timestamp > now-1M/M",
      '@timestamp:"2024-04-29||+1M/d"',
      "@timestamp:1716978000000",
      "@timestamp < 1716978000001",
    ],
    fails: [
      "@timestamp:2024-05-28",
      "@timestamp > 2024-05-29",
      "@timestamp < 2024-05-29",
      "@timestamp < now/d",
      "@timestamp > now/d",
      "@timestamp >= now-10s",
      "@timestamp:now-1d/d",
      "@timestamp:2024-05",
    ],
  },
  "Keys of a flattened field are exact texts": {
    document: { flat: { a: { b: "X" }, n: 5 } },
    holds: ["flat.a.b:X", "flat.n:5", "flat:*", "flat.a.b:*"],
    fails: ["flat.a.b:x", "flat.a:*", "flat.c:*"],
  },
  "Keys of a flattened field are asked by patterns that begin or end with a star": {
    document: { flat: { path: "/home/.aws/credentials" } },
    holds: ["flat.path:*/.aws/credentials", "flat.path:/home*", "flat.path:*aws*cred*"],
    fails: ["flat.path:*/.AWS/*", "flat.other:*aws*", "flat.path:home*"],
  },
  "A flattened field itself has the values of all of its keys": {
    document: { flat: { a: "X", b: { c: ["Y", 5] } } },
    holds: ["flat:X", "flat:Y", "flat:5", "flat:*", "flat:(X and Y)"],
    fails: ["flat:x", "flat:Z", "flat:a"],
  },
  "Names may be dotted, nested or both, and arrays hold objects": {
    document: { "object.key": "a", object: [{ key: "b", long: 1 }, { key: ["c"] }] },
    holds: [
      "object.key:(a and b and c)",
      "object:*",
      "object.*:*",
      "object.k*:c",
      "object.key:* and object.long:1",
    ],
    fails: ["object.key:d", "object:a", "object > 1", "object.key.x:*"],
  },
  "What is null or empty is not there, but for a value that stands for null": {
    document: { key: [null, []], text: null, object: {}, empty: null },
    holds: ["not key:*", "not text:*", "not object:*", "empty:none", "empty:*"],
    fails: ["key:*", "key:(not x) and key:*"],
  },
  "What the mapping does not have never matches": {
    document: { nowhere: "a", key: "a" },
    holds: ["not nowhere:a", "not nowhere:*", "key:a"],
    fails: ["nowhere:a", "nowhere:*", "nowhere > 1", "now*:a"],
  },
  "The objects of a nested field are looked at one by one": {
    document: {
      items: [
        { name: "a", size: 1, parts: [{ id: 7 }] },
        { name: "b", size: 2 },
      ],
    },
    holds: [
      "items:{ name:a and size:1 }",
      "items:{ not name:a }",
      "items:{ name:* and size > 1 }",
      "items:{ parts:{ id:7 } }",
      "items.parts:{ id:7 }",
      "not items:{ name:c }",
      "items.n*:b",
      "items:{ name:(a or c) }",
      "items:{ na*:a }",
      "items:{ *:* }",
      "items:{ *:* and name:a }",
      "items:{ not a }",
    ],
    fails: [
      "items:{ a }",
      'items:{ "a" or a* or null:a }',
      "items:{ * }",
      "items:{ name:a and size:2 }",
      "not items:{ name:a }",
      "items:*",
      "items:{ name:b and parts:{ id:7 } }",
      "a",
    ],
  },
  "A nested object may be written out": {
    document: { "items.name": "a", "items.size": 3 },
    holds: ["items:{ name:a and size:3 }"],
    fails: ["items:{ name:b }"],
  },
  "Text without a field is searched for everywhere": {
    document: {
      key: "Cmd.exe",
      text: "Accepted password",
      long: 42,
      ip: "10.0.0.1",
      bool: true,
      "@timestamp": "2024-05-29",
      nowhere: "zzz",
    },
    holds: [
      "Cmd.exe",
      "password",
      '"accepted password"',
      "42",
      "10.0.0.1",
      "10.0.0.0/8",
      "true",
      "Cmd*",
      "pass*",
      "*",
      "x* Cmd*",
      "null:Cmd.exe",
      "2024-05-29",
      "exe or cmd.exe",
    ],
    fails: ["cmd.e", '"password accepted"', "43", "zzz", "zz*", "10.0.0.2"],
  },
  "An empty query and two stars match everything": {
    document: {},
    holds: ["", " ", "*:*", "not key:a", "*:* or key:a"],
    fails: ["*", "not *:*", "key:*"],
  },
  "Versions have an order of their own": {
    document: { version: "1.10.0" },
    holds: ["version:1.10.0", "version > 1.9.0", "version:1.1*"],
    fails: ["version:1.10", "version < 1.9.0"],
  },
};

describe.each(Object.entries(WORLDS))("%s", (_name, { document, holds, fails }) => {
  test.each(holds)("%s", (query) => {
    expect(answer(query, document)).toBe(true);
  });
  test.each(fails)("not: %s", (query) => {
    expect(answer(query, document)).toBe(false);
  });
});

describe("What cannot be run is refused, not guessed", () => {
  test.each([
    ["long:abc", "`abc` is no number, and `long` is of the type long"],
    ["items.name:a", "`items.name` is a nested field, and stands in the braces of `items:{ … }` only"],
    ["place:x", "the field `place` of the type geo_point"],
    ["place > 5", "the field `place` of the type geo_point"],
    ["@timestamp:2024-02-30", "the field `@timestamp` of the type date"],
    ["it*:{ name:a }", "a pattern before braces"],
  ])("%s", (query, expected) => {
    expect(answer(query, {}, query.startsWith("it*") ? { types: NO_TYPES, now: NOW } : OPTIONS)).toBe(
      expected,
    );
  });

  test("A query with gaps", () => {
    const compiled = compileKql(parseKql("key:a and long:").ast, OPTIONS);
    expect(compiled).toMatchObject({ ok: false, error: { feature: "a query that is incomplete" } });
  });
});

test("A place exists, though nothing can be asked of it", () => {
  expect(answer("place:*", { place: "41.12,-71.34" })).toBe(true);
});

describe("Where nothing is known of a field its values tell", () => {
  const document = {
    a: { b: "X y", n: 5, t: true },
    list: [{ c: 1 }, { c: 2 }],
    "@timestamp": "2024-05-29T10:00:00Z",
  };
  test.each([
    ["a.b:X y", true],
    ["a.b:x y", false],
    ["a.b:X*", true],
    ["a.n:5.0", true],
    ["a.n > 4", true],
    ["a.n > 40", false],
    ["a.t:true", true],
    ["a:*", true],
    ["a.*:5", true],
    ["a.*:6", false],
    ["*.z:*", false],
    ["list:{ c:1 and not c:2 }", true],
    ["list:{ c:1 and c:2 }", false],
    ["@timestamp:2024-05-29", true],
    ["X y", true],
    ["5", true],
    ["nothing", false],
  ])("%s", (query, expected) => {
    expect(answer(query, document, { types: NO_TYPES, now: NOW })).toBe(expected);
  });
});
