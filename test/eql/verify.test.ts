/** What the verifier says against a whole mapping, and against a schema that is not the whole of an index. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FieldTypes } from "../../server/src/core/query/fieldTypes.ts";
import {
  parseEql,
  refusedByPython,
  typesRefusedByPython,
  verifyEql,
} from "../../server/src/core/query/eql/index.ts";
import { fieldTypesOfMapping } from "../../server/src/core/query/mapping.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";
import { textAt } from "../../server/src/core/text/span.ts";

const MAPPING = fieldTypesOfMapping({
  mappings: {
    properties: {
      "@timestamp": { type: "date" },
      event: { properties: { category: { type: "keyword" }, created: { type: "date_nanos" } } },
      process: {
        properties: {
          name: { type: "keyword", fields: { text: { type: "match_only_text" } } },
          pid: { type: "long" },
          uptime: { type: "float" },
          args: { type: "wildcard" },
        },
      },
      message: { type: "text" },
      title: { type: "text", fields: { raw: { type: "keyword" } } },
      both: { type: "text", fields: { a: { type: "keyword" }, b: { type: "keyword" } } },
      lower: { type: "keyword", normalizer: "lowercase" },
      address: { type: "ip" },
      release: { type: "version" },
      flag: { type: "boolean" },
      place: { type: "geo_point" },
      labels: { type: "flattened" },
      parts: { type: "nested", properties: { size: { type: "long" } } },
      pid: { type: "alias", path: "process.pid" },
    },
  },
});

const PARTIAL: FieldTypes = { ...MAPPING, isComplete: false };

function found(query: string, types: FieldTypes = MAPPING): readonly string[] {
  const { ast } = parseEql(query);
  const problems = verifyEql(ast, types, { categoryField: "event.category" });
  return problems.map(({ kind, span }) => `${kind} ${textAt(query, span)}`);
}

describe("Refused", () => {
  test.each<[string, ...string[]]>([
    ["process where proces.pid == 1", "unknown-field proces.pid"],
    ["process where nothing.like.it == 1", "unknown-field nothing.like.it"],
    ["process where process == 1", "unusable-field process"],
    ["process where parts == 1 or parts.size == 1", "unusable-field parts", "unusable-field parts.size"],
    ["process where place != null or labels != null", "unusable-field place", "unusable-field labels"],
    ['process where message : "x" or both == "x"', "text-field message", "text-field both"],
    ['process where lower == "x"', "text-field lower"],
    ['process where process.name.text : "x"', "text-field process.name.text"],
    ["sequence by message [any where true] [any where true]", "text-field message"],
    [
      "process where concat(message) == string(message)",
      "text-field message",
      "field-comparison string(message)",
      "text-field message",
    ],
    ["process where process.pid : (1, 2)", "type :"],
    ['process where address : "10.*"', "type :"],
    ['process where release like "1.*"', "type like"],
    ['process where address in ("10.0.0.1")', "type in"],
    ['process where flag in (true, "true")', 'type "true"'],
    ['process where process.pid in (1, "x", process.uptime)', 'type "x"', "field-comparison process.uptime"],
    ["process where process.pid in~ (1)", "type in~"],
    ["process where process.name in~ (1)", "type 1"],
    ["process where process.name + 1 == 2", "type process.name"],
    ["process where -process.name == 2", "type process.name"],
    ["process where substring(process.name, process.uptime) == null", "type process.uptime"],
    ["process where substring(process.name, process.pid / 2.0) == null", "type process.pid / 2.0"],
    ['process where cidrMatch(process.name, "::1")', "type process.name"],
    ["process where cidrMatch(address, process.name)", "type process.name"],
    ["process where length(process.pid) == length()", "type process.pid", "arity length"],
    ["process where not process.pid", "non-boolean process.pid"],
    ["process where (process.name) and flag", "non-boolean process.name"],
    ["process where ?process.name == ?process.args", "field-comparison ?process.args"],
    ["process where flag == (process.pid == 1)", "field-comparison process.pid == 1"],
    [
      "sample by flag [any where true] by process.pid [any where true] by process.name",
      "incompatible-keys process.name",
    ],
    [
      "sequence [any where true] by address [any where true] by process.name",
      "incompatible-keys process.name",
    ],
    [
      "sequence [any where true] by flag [any where true] by flag until [any where true] by process.pid",
      "incompatible-keys process.pid",
    ],
    ["process where process.name == 1 | head process.pid"],
  ])("%s", (query, ...expected) => {
    expect(found(query)).toEqual(expected);
  });

  test("The category needs its field", () => {
    const types = fieldTypesOfMapping({ pid: "long" });
    expect(found("process where pid == 1", types)).toEqual(["unknown-field process"]);
    expect(found("any where pid == 1", types)).toEqual([]);
  });
});

describe("Taken", () => {
  test.each([
    'process where process.pid == "1" and process.name != 1 and flag == "x" and address == 0 and @timestamp > "2020-02-41"',
    'process where title : "x" and title.raw == "x" and length(title) > 3',
    'process where ?missing == 1 and ?missing : "x" and length(?missing) > 1 and ?missing in (1, null) and ?missing',
    "process where ?missing == process.pid and process.pid == ?missing and ?missing == ?other",
    "process where 1 == process.pid and 2 + 3 == process.pid * 2 and null != process.name",
    'process where process.pid in (1, 2.5, null) and process.name in ("a", null) and flag in (true)',
    'process where pid == 1 and release >= "1.2.3" and labels.anything == "x" and event.created != null',
    'process where CONCAT(process.pid, flag, address) : "x*" and stringContains~(process.name, process.args)',
    'process where string(process.pid == process.uptime) == "true"',
    'process where cidrMatch(address, concat("10.0.0.0", "/8")) and substring(process.name, length(process.name) - 4) == null',
    'process where between(process.name, "a", "b", flag) == null and number(process.name, process.pid) == 1',
    "sequence by process.pid with maxspan=1m [any where true] by process.name ![any where true] by process.args",
    "sequence [any where true] by process.pid, ?missing [any where true] by process.uptime, address",
    "process where null or flag",
  ])("%s", (query) => {
    expect(parseEql(query).errors).toEqual([]);
    expect(found(query)).toEqual([]);
  });

  test.each([
    "process where nothing.like.it and not other : 1 and length(third) in (1) and fourth + 1 == 2",
    "sequence [any where true] by nothing [any where true] by process.pid",
    "process where ?a == b and ?process.pid == ?c",
  ])("in an incomplete schema, %s", (query) => {
    expect(found(query, PARTIAL).filter((problem) => problem !== "type 1")).toEqual([]);
  });

  test("even without a schema, two fields cannot be compared", () => {
    expect(found("any where a == b or c in (d)", fieldTypesOfMapping({}))).toContain("unknown-field a");
    const nothing: FieldTypes = { ...fieldTypesOfMapping({}), isComplete: false };
    expect(found("any where a == b or c in (d)", nothing)).toEqual([
      "field-comparison b",
      "field-comparison d",
    ]);
  });
});

describe("Half a query", () => {
  test.each([
    "process where process.pid ==",
    "process where process.pid in (",
    "process where length(",
    "process where cidrMatch(address, ",
    "process where and flag",
    "sequence by [any where true] by",
    "process where process.pid in (1,)",
    "process where ?",
    "process where process.",
    "process where flag == flag == flag",
  ])("%s", (query) => {
    expect(found(query)).toEqual([]);
  });
});

describe("A mapping", () => {
  test.each([
    [{ a: "keyword", "b.c": { type: "text", fields: { raw: "keyword" } } }, "b.c", ["b.c.raw"]],
    [
      { properties: { b: { properties: { c: { type: "text", fields: { raw: { type: "keyword" } } } } } } },
      "b.c",
      ["b.c.raw"],
    ],
    [
      {
        "my-index": {
          mappings: { properties: { "b.c": { type: "text", fields: { raw: { type: "wildcard" } } } } },
        },
      },
      "b.c",
      ["b.c.raw"],
    ],
  ])("%j", (json, name, exact) => {
    const types = fieldTypesOfMapping(json);
    expect(types.get(name)).toMatchObject({ type: "text", exactSubfields: exact });
    expect(types.get("nothing")).toBeUndefined();
    expect([...types.names()]).toContain("b.c.raw");
  });

  test("Nested fields, null values and aliases", () => {
    const types = fieldTypesOfMapping({
      n: "nested",
      "n.a": { type: "keyword", null_value: "NULL" },
      alias: { type: "alias", path: "n.a" },
      lost: "alias",
    });
    expect(types.get("n.a")).toMatchObject({ nestedIn: "n", nullValue: "NULL" });
    expect(types.get("alias")).toMatchObject({ name: "alias", type: "keyword", nestedIn: "n" });
    expect(types.get("lost")).toMatchObject({ type: "alias" });
  });

  test.each([undefined, null, 1, "x", [], {}, { a: 1, b: null, c: [] }, { properties: 1 }, { mappings: {} }])(
    "%j is no crash",
    (json) => {
      expect(fieldTypesOfMapping(json).get("a")).toBeUndefined();
    },
  );
});

describe("Any tree", () => {
  const words =
    'process any where and or not in in~ : like regex~ by until sequence sample with maxspan=1m runs=2 ( ) [ ] ![ , . | == != < + - * / process.pid process.name message flag address parts.size ?missing nothing length( between( cidrMatch( concat( wildcard( nope( startsWith~( "x" """r""" "\\u0041" 1 2.5 1. null true head 5 /* // `a``b` @timestamp const $ é'.split(
      " ",
    );
  const text = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((chosen) => chosen.join(" "));

  test("has its problems inside of the text, whole or incomplete, and nothing throws", () => {
    fc.assert(
      fc.property(text, (tail) => {
        for (const query of [
          `process where ${tail}`,
          `sequence by process.pid [process where ${tail}] [${tail}]`,
          tail,
        ]) {
          const parse = parseEql(query);
          const problems = [
            ...verifyEql(parse.ast, MAPPING, { categoryField: "event.category" }),
            ...verifyEql(parse.ast, PARTIAL, { categoryField: "event.category" }),
            ...refusedByPython(parse),
            ...typesRefusedByPython(parse, PARTIAL),
          ];
          for (const { span, fixes } of problems) {
            expect(span.start).toBeLessThanOrEqual(span.end);
            expect(span.end).toBeLessThanOrEqual(query.length);
            for (const fix of fixes) parseEql(applyEdits(query, fix.edits));
          }
        }
      }),
      { seed: 20_240_615, numRuns: 400 },
    );
  });

  test.each([
    ["not ", "true", ""],
    ["(", "process.pid", ")"],
    ["length(", "process.name", ")"],
    ["-", "1 == 1", ""],
  ])("as deep as %s 10,000 times", (open, inner, close) => {
    const query = `process where ${open.repeat(10_000)}${inner}${close.repeat(10_000)}`;
    expect(() => found(query)).not.toThrow();
  });

  test("A list of 20,000 values takes no time to speak of", () => {
    const query = `process where process.pid in (${Array.from({ length: 20_000 }, (_, i) => i).join(", ")})`;
    const { ast } = parseEql(query);
    const start = performance.now();
    expect(verifyEql(ast, MAPPING, { categoryField: "event.category" })).toEqual([]);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
