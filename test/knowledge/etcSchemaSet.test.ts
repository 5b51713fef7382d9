/** What a set of schemas answers: by Beat, by index pattern, by stack. All content is made up. */
import { describe, expect, test } from "vitest";
import { beatsOf, indexesOf, setOf, shown, stacksOf, version } from "./etcWorld.ts";

const files = (...names: readonly string[]): object => ({
  _meta: {
    files: {
      "fields.yml": names.map((name) => ({
        name: name.split(":")[0],
        type: name.split(":")[1] ?? "keyword",
      })),
    },
  },
});

const BEATS = beatsOf({
  ovenbeat: {
    folders: {
      ...files("host.name", "shared:long"),
      module: {
        folders: {
          gas: {
            folders: {
              ...files("shared:ip", "gas.own"),
              valve: { folders: files("open:boolean", "size:long") },
              meter: { folders: files("size:ip") },
            },
          },
          wood: { folders: { log: { folders: files("length:float") } } },
        },
      },
    },
  },
});

describe("fields of a Beat", () => {
  const root = { "host.name": "keyword", shared: "long" };
  const gas = { "host.name": "keyword", shared: "ip", "gas.own": "keyword" };
  const cases: readonly (readonly [
    name: string,
    modules: readonly string[],
    datasets: readonly string[],
    fields: object,
  ])[] = [
    ["none named: those of all events alone", [], [], root],
    [
      "a module: all its datasets, of which the last counts",
      ["gas"],
      [],
      { ...gas, "gas.open": "boolean", "gas.size": "ip" },
    ],
    ["a module and a dataset", ["gas"], ["valve"], { ...gas, "gas.open": "boolean", "gas.size": "long" }],
    [
      "a dataset with its module in front",
      ["gas"],
      ["gas.valve"],
      { ...gas, "gas.open": "boolean", "gas.size": "long" },
    ],
    ["a dataset alone names its module", [], ["gas.meter"], { ...gas, "gas.size": "ip" }],
    ["a dataset without a module names none", [], ["meter"], root],
    ["a dataset of another module leaves only what the module itself has", ["gas"], ["wood.log"], gas],
    [
      "two modules",
      ["gas", "wood"],
      [],
      { ...gas, "gas.open": "boolean", "gas.size": "ip", "wood.length": "float" },
    ],
    [
      "datasets of two modules",
      [],
      ["gas.meter", "wood.log"],
      { ...gas, "gas.size": "ip", "wood.length": "float" },
    ],
    ["a module that is not there", ["coal"], ["coal.dust"], root],
    ["names of JavaScript are no modules", ["constructor", "__proto__"], ["toString.x"], root],
  ];
  test.each(cases)("%s", (_name, modules, datasets, fields) => {
    const [stack] = setOf({ stacks: stacksOf("9.4.0"), beats: BEATS }).stacks;
    expect(shown(stack?.beat("ovenbeat", modules, datasets))).toEqual(fields);
  });

  test("a Beat that the file lacks is not loaded, and neither is one of another version", () => {
    const [stack] = setOf({ stacks: stacksOf("9.4.0"), beats: BEATS }).stacks;
    expect([stack?.hasBeats, stack?.beat("stovebeat", [], [])]).toEqual([true, undefined]);
    const [other] = setOf({
      stacks: stacksOf("9.4.0"),
      beats: new Map([...BEATS].map(([, beats]) => ["2.0.0", beats])),
    }).stacks;
    expect([other?.hasBeats, other?.beat("ovenbeat", [], [])]).toEqual([false, undefined]);
  });

  test("a schema has its name, its size and names in order", () => {
    const schema = setOf({ stacks: stacksOf("9.4.0"), beats: BEATS }).stacks[0]?.beat(
      "ovenbeat",
      ["gas"],
      ["valve"],
    );
    expect([schema?.name, schema?.size, [...(schema?.names() ?? [])]]).toEqual([
      "ovenbeat 1.0.0",
      5,
      ["gas.open", "gas.own", "gas.size", "host.name", "shared"],
    ]);
  });
});

describe("fields by index pattern", () => {
  const nonEcs = indexesOf({
    "logs-oven.*": { oven: { door: "keyword" }, "oven.tray.*": "long" },
    "logs-oven.heat-*": { "oven.heat": "float" },
    "far:logs-oven.*": { "oven.door": "ip", far: "keyword" },
    empty: {},
  });
  const cases: readonly (readonly [name: string, pattern: string, fields: unknown])[] = [
    ["the same text", "logs-oven.*", { "oven.door": "keyword", "oven.tray.*": "long" }],
    ["no pattern within another", "logs-oven.heat.x-*", undefined],
    ["no index within a pattern", "logs-oven.heat", undefined],
    ["a cluster in front", "near:logs-oven.heat-*", { "oven.heat": "float" }],
    ["with two colons", "near::logs-oven.heat-*", { "oven.heat": "float" }],
    [
      "a cluster that the file names lies below",
      "far:logs-oven.*",
      { "oven.door": "keyword", far: "keyword", "oven.tray.*": "long" },
    ],
    ["a pattern without fields", "empty", {}],
    ["a name of JavaScript", "constructor", undefined],
  ];
  test.each(cases)("%s", (_name, pattern, fields) => {
    expect(shown(setOf({ nonEcs }).nonEcs(pattern))).toEqual(fields);
  });

  test("names with a star are patterns", () => {
    expect(setOf({ nonEcs }).nonEcs("logs-oven.*")?.patterns).toEqual([["oven.tray.*", "long"]]);
    expect(setOf({ nonEcs }).nonEcs("logs-oven.heat-*")?.patterns).toEqual([]);
  });

  test("what is not loaded is told apart from what is not there", () => {
    const [loaded, without] = [setOf({ nonEcs }), setOf({})];
    expect([loaded.hasNonEcs, loaded.nonEcsIndexes.length]).toEqual([true, 4]);
    expect([without.hasNonEcs, without.nonEcsIndexes]).toEqual([false, []]);
  });

  test("custom schemas of the stack itself come before those of others", () => {
    const byStack = [
      indexesOf({ "a-*": { x: "ip", y: "long" } }),
      indexesOf({ "a-*": { x: "keyword" }, "b-*": { z: "date" } }),
    ];
    const set = setOf({ stacks: stacksOf("9.1.0", "9.2.0"), custom: { byStack, isComplete: true } });
    expect(set.stacks.map((stack) => shown(stack.custom("a-*")))).toEqual([
      { x: "ip", y: "long" },
      { x: "keyword", y: "long" },
    ]);
    expect(set.stacks.map((stack) => shown(stack.custom("b-*")))).toEqual([{ z: "date" }, { z: "date" }]);
    expect(set.stacks.map((stack) => [stack.custom("c-*"), stack.hasCustom])).toEqual([
      [undefined, true],
      [undefined, true],
    ]);
  });
});

describe("stacks", () => {
  const fields = new Map([["a", "ip"]]);

  test("have the schemas of their versions, and undefined for those that are not loaded", () => {
    const set = setOf({
      packageVersion: version("9.6"),
      stacks: stacksOf("9.4.0", "9.6.0"),
      ecs: new Map([["1.0.0", fields]]),
      endgame: new Map([["2.0.0", fields]]),
      endpoint: fields,
    });
    expect(set.packageVersion).toBe("9.6.0");
    expect(set.stacks.map(({ version: one, ecs, endgame }) => [one, ecs?.name, endgame?.name])).toEqual([
      ["9.4.0", "ECS 1.0.0", undefined],
      ["9.6.0", "ECS 1.0.0", undefined],
    ]);
    expect([set.endpoint?.name, set.endpoint?.typeOf("a"), set.endpoint?.typeOf("b")]).toEqual([
      "Elastic Defend",
      "ip",
      undefined,
    ]);
  });

  test("nothing at all is a set without stacks", () => {
    const set = setOf({});
    expect([set.stacks, set.endpoint, set.packages, set.packageVersion]).toEqual([
      [],
      undefined,
      undefined,
      undefined,
    ]);
  });
});
