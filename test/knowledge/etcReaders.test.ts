/** What the readers of tables of fields make of right and wrong content. All content is made up. */
import { describe, expect, test } from "vitest";
import { readBeats } from "../../server/src/core/knowledge/etc/beats.ts";
import { readEcs } from "../../server/src/core/knowledge/etc/ecs.ts";
import { readFlatFields } from "../../server/src/core/knowledge/etc/flatFields.ts";
import { readIndexFields } from "../../server/src/core/knowledge/etc/nonEcs.ts";
import { type FieldTypes } from "../../server/src/core/knowledge/etc/reading.ts";

type Case = readonly [name: string, content: unknown, expected: unknown, problems?: readonly string[]];

const plain = (fields: FieldTypes): object => Object.fromEntries(fields);

describe("ECS", () => {
  const cases: readonly Case[] = [
    ["a field has its type", { "dish.name": { type: "keyword" } }, { "dish.name": "keyword" }],
    [
      "a multi-field is a field below it",
      { "dish.note": { type: "keyword", multi_fields: [{ name: "text", type: "match_only_text" }] } },
      { "dish.note": "keyword", "dish.note.text": "match_only_text" },
    ],
    [
      "a multi-field without a name is none",
      { a: { type: "ip", multi_fields: [{ type: "text" }, 4] } },
      { a: "ip" },
    ],
    [
      "a field without a type is told",
      { a: { level: "core" }, b: { type: "ip" } },
      { b: "ip" },
      ["has no type for `a`"],
    ],
    ["a list is no table", [], {}, ["holds no table of fields"]],
    ["nothing is no table", null, {}, ["holds no table of fields"]],
    ["an empty table has no fields", {}, {}, ["has no fields"]],
    ["a name of JavaScript is a name", { constructor: { type: "long" } }, { constructor: "long" }],
  ];
  test.each(cases)("%s", (_name, content, expected, problems = []) => {
    const { value, problems: found } = readEcs(content);
    expect([plain(value), found]).toEqual([expected, problems]);
  });
});

describe("flat tables", () => {
  const cases: readonly Case[] = [
    [
      "names and types",
      { "oven.heat": "long", "oven.on": "boolean" },
      { "oven.heat": "long", "oven.on": "boolean" },
    ],
    ["a number is no type", { a: 4, b: "ip" }, { b: "ip" }, ["has no type for `a`"]],
    ["a text is no table", "a: ip", {}, ["holds no table of fields"]],
    ["an empty table has no fields", {}, {}, ["has no fields"]],
  ];
  test.each(cases)("%s", (_name, content, expected, problems = []) => {
    const { value, problems: found } = readFlatFields(content);
    expect([plain(value), found]).toEqual([expected, problems]);
  });
});

/** A table within a table within a table. */
function nested(depth: number): unknown {
  let value: unknown = "keyword";
  for (let i = 0; i < depth; i++) value = { a: value };
  return value;
}

describe("fields by index pattern", () => {
  const cases: readonly Case[] = [
    [
      "a table below a name is a namespace",
      { "logs-oven-*": { "oven.door": "keyword", oven: { light: { state: "boolean" } } } },
      { "logs-oven-*": { "oven.door": "keyword", "oven.light.state": "boolean" } },
    ],
    ["an index pattern may have no fields", { "logs-oven-*": {} }, { "logs-oven-*": {} }],
    ["a list is no table of fields", { "a-*": ["x"] }, {}, ["has no table of fields under `a-*`"]],
    ["a number is no type", { "a-*": { b: { c: 1 } } }, { "a-*": {} }, ["has no type for `b.c`"]],
    ["a text is no table", "x", {}, ["holds no table of index patterns"]],
  ];
  test.each(cases)("%s", (_name, content, expected, problems = []) => {
    const { value, problems: found } = readIndexFields(content);
    const tables = Object.fromEntries([...value].map(([index, fields]) => [index, plain(fields)]));
    expect([tables, found]).toEqual([expected, problems]);
  });

  test("nesting has an end", () => {
    const { value, problems } = readIndexFields({ "a-*": { b: nested(100_000) } });
    expect(value.get("a-*")?.size).toBe(0);
    expect(problems.length).toBe(1);
  });
});

const files = (fields: unknown, common?: unknown): object => ({
  _meta: {
    files: { "fields.yml": fields, ...(common === undefined ? {} : { "fields.common.yml": common }) },
  },
});

describe("trees of Beats", () => {
  /** The fields that a tree at the root of a Beat gives. */
  const trees: readonly (readonly [name: string, tree: unknown, fields: object])[] = [
    ["a field without a type is a keyword", [{ name: "crumb" }], { crumb: "keyword" }],
    [
      "a group puts its name before those below it",
      [{ name: "oven", type: "group", fields: [{ name: "heat", type: "long" }] }, { name: "x" }],
      { "oven.heat": "long", x: "keyword" },
    ],
    [
      "a nested field with fields does so too, and is no field",
      [{ name: "tray", type: "nested", fields: [{ name: "slot", type: "long" }] }],
      { "tray.slot": "long" },
    ],
    ["a nested field without fields is a field", [{ name: "tray", type: "nested" }], { tray: "nested" }],
    [
      "another field with fields leaves its name out",
      [
        { key: "oven", title: "Oven", fields: [{ name: "heat" }] },
        { name: "door", fields: [{ name: "lock" }] },
      ],
      { heat: "keyword", lock: "keyword" },
    ],
    ["an object with empty fields gives nothing", [{ name: "door", type: "object", fields: null }], {}],
    [
      "a group without fields gives nothing",
      [{ name: "oven", type: "group" }, { name: "x" }],
      { x: "keyword" },
    ],
    [
      "a group may write field",
      [{ name: "oven", type: "group", field: [{ name: "heat" }] }],
      { "oven.heat": "keyword" },
    ],
    [
      "groups within groups",
      [
        {
          name: "a",
          type: "group",
          fields: [{ name: "b", type: "group", fields: [{ name: "c" }, { name: "d" }] }, { name: "e" }],
        },
      ],
      { "a.b.c": "keyword", "a.b.d": "keyword", "a.e": "keyword" },
    ],
    [
      "a lone group that repeats the group above it is not doubled",
      [{ name: "zap", type: "group", fields: [{ name: "zap", type: "group", fields: [{ name: "c" }] }] }],
      { "zap.c": "keyword" },
    ],
    [
      "one with a sibling is",
      [
        {
          name: "zap",
          type: "group",
          fields: [{ name: "zap", type: "group", fields: [{ name: "c" }] }, { name: "e" }],
        },
      ],
      { "zap.zap.c": "keyword", "zap.e": "keyword" },
    ],
    [
      "a lone group whose name only begins like the one above it is another",
      [{ name: "zap", type: "group", fields: [{ name: "zapper", type: "group", fields: [{ name: "c" }] }] }],
      { "zap.zapper.c": "keyword" },
    ],
    [
      "multi-fields count, and a field of that name wins",
      [
        {
          name: "a",
          multi_fields: [
            { name: "text", type: "text" },
            { name: "raw", type: "keyword" },
          ],
        },
        { name: "a.raw", type: "wildcard" },
      ],
      { a: "keyword", "a.text": "text", "a.raw": "wildcard" },
    ],
    [
      "of the same field the later one counts",
      [
        { name: "a", type: "long" },
        { name: "a", type: "ip" },
      ],
      { a: "ip" },
    ],
    ["what has no name gives nothing", [{ type: "long" }, 4, null, "x"], {}],
  ];
  test.each(trees)("%s", (_name, tree, fields) => {
    const { value, problems } = readBeats({ ovenbeat: { folders: files(tree) } });
    expect([plain(value.get("ovenbeat")?.root ?? new Map()), problems]).toEqual([fields, []]);
  });

  test("fields.common.yml comes after fields.yml", () => {
    const { value } = readBeats({
      ovenbeat: { folders: files([{ name: "a", type: "ip" }], [{ name: "a", type: "long" }]) },
    });
    expect(value.get("ovenbeat")?.root.get("a")).toBe("long");
  });

  test("datasets carry the name of their module, what stands in the module itself does not", () => {
    const oven = {
      folders: {
        ...files([{ name: "oven", type: "group", fields: [{ name: "id" }] }]),
        door: {
          folders: files([{ name: "door", type: "group", fields: [{ name: "open", type: "boolean" }] }]),
        },
        oven: { folders: files([{ name: "oven", type: "group", fields: [{ name: "heat", type: "long" }] }]) },
        _hidden: { folders: files([{ name: "secret" }]) },
      },
    };
    const protos = { folders: { dns: { folders: files([{ name: "dns" }]) } } };
    const { value, problems } = readBeats({
      ovenbeat: { folders: { module: { folders: { oven } }, protos } },
    });
    const beat = value.get("ovenbeat");
    const module = beat?.modules.get("oven");
    expect(problems).toEqual([]);
    expect([...(beat?.root.keys() ?? [])]).toEqual([]);
    expect([...(module?.own ?? [])]).toEqual([["oven.id", "keyword"]]);
    expect([...(module?.datasets ?? [])].map(([name, fields]) => [name, plain(fields)])).toEqual([
      ["door", { "oven.door.open": "boolean" }],
      ["oven", { "oven.heat": "long" }],
    ]);
  });

  const wrong: readonly (readonly [name: string, content: unknown, problem: string])[] = [
    ["no table", [], "holds no table of Beats"],
    ["no Beats", {}, "names no Beat"],
    ["a Beat that is a text", { ovenbeat: "x" }, "has no table under `ovenbeat`"],
    [
      "fields that are a table",
      { ovenbeat: { folders: files({ name: "a" }) } },
      "has no list of fields in ovenbeat/fields.yml",
    ],
  ];
  test.each(wrong)("%s is told", (_name, content, problem) => {
    expect(readBeats(content).problems).toEqual([problem]);
  });

  test("nesting has an end", () => {
    let tree: unknown = [{ name: "leaf" }];
    for (let i = 0; i < 50_000; i++) tree = [{ name: "g", type: "group", fields: tree }, { name: "x" }];
    expect(readBeats({ ovenbeat: { folders: files(tree) } }).value.get("ovenbeat")?.root.size).toBeLessThan(
      100,
    );
  });
});
