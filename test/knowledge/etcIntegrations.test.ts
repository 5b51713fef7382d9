/** Schemas of integrations: cut out of the text of a large file, chosen by stack and stream. All content is made up. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerText, integrationsIn, setOf, stacksOf, type Ranges } from "./etcWorld.ts";

const RANGES: Ranges = {
  oven: {
    "1.0.0": "^8.12.0",
    "1.1.0": "^8.19.0",
    "2.0.0": "^8.19.0 || ^9.1.0",
    "3.0.0": "~8.19.6 || ^9.3.0",
    "4.0.0": "^9.6.0",
  },
  fridge: { "1.0.0": "^9.0.0" },
  toaster: { "1.0.0": "^7.0.0" },
  kettle: { "1.0.0": "^9.0.0", "2.0.0": "next" },
  blender: { "1.0.0": "^8.0.0 || ^9.0.0", "2.0.0": "^8.0.0 || ^9.0.0" },
};

const SCHEMAS = {
  oven: {
    "1.0.0": { heat: { "oven.old": "long" } },
    "1.1.0": {
      heat: { "oven.heat": "long" },
      grill: { "oven.grill": "long" },
      steam: { "oven.steam": "long" },
    },
    "2.0.0": { heat: { "oven.heat": "float" }, grill: { "oven.grill": "float" } },
    "3.0.0": {
      heat: { "oven.heat": "double", "oven.tray": "ip" },
      light: { "oven.lamp": "boolean", "oven.tray": "text" },
    },
    "4.0.0": { heat: {} },
  },
  fridge: { "1.0.0": { door: { "fridge.door": "keyword" } }, "0.9.0": { door: {} } },
  toaster: { "1.0.0": { slot: { "toaster.slot": "long" } } },
  kettle: { "1.0.0": { lid: { "kettle.lid": "keyword" } } },
  blender: {
    "2.0.0": { jug: { "blender.jug": "keyword" }, jobs: ["blender_rare_noise", "blender_odd_hour"] },
  },
  unlisted: { "1.0.0": { a: { b: "keyword" } } },
};

const STACKS = ["8.19.0", "9.1.0", "9.4.0"];

function setFrom(text: string, cuts: readonly number[] = []) {
  const read = integrationsIn(text, RANGES, STACKS, cuts);
  return setOf({ stacks: stacksOf(...STACKS), packages: read.value?.packages });
}

describe("which version a stack takes", () => {
  const cases: readonly (readonly [
    name: string,
    stack: string,
    packageName: string,
    stream: string | undefined,
    answer: string,
  ])[] = [
    [
      "the newest that runs on the patch that the package asks for",
      "8.19.0",
      "oven",
      "heat",
      "oven.heat 3.0.0: oven.heat, oven.tray",
    ],
    ["the newest that runs on a stack between", "9.1.0", "oven", "heat", "oven.heat 2.0.0: oven.heat"],
    ["a newer stack's version is left out", "9.4.0", "oven", "heat", "oven.heat 3.0.0: oven.heat, oven.tray"],
    [
      "a stream that the newest lacks comes from the newest that has it",
      "8.19.0",
      "oven",
      "grill",
      "oven.grill 2.0.0: oven.grill",
    ],
    ["even from far back", "8.19.0", "oven", "steam", "oven.steam 1.1.0: oven.steam"],
    [
      "but not from one that does not run on the stack",
      "9.4.0",
      "oven",
      "steam",
      "unknown-stream in 3.0.0: heat, light",
    ],
    ["a stream that no version has", "9.1.0", "oven", "door", "unknown-stream in 2.0.0: heat, grill"],
    [
      "all streams of a package are those of the newest",
      "9.4.0",
      "oven",
      undefined,
      "oven 3.0.0: oven.heat, oven.lamp, oven.tray",
    ],
    ["a package that the manifests lack", "9.4.0", "stove", undefined, "unknown-package"],
    ["even if the schemas have it", "9.4.0", "unlisted", "a", "unknown-package"],
    ["a package that runs on no such stack", "8.19.0", "fridge", "door", "no-version"],
    ["as a whole", "9.4.0", "toaster", undefined, "no-version"],
    ["a newest version of unknown range leaves everything open", "9.4.0", "kettle", "lid", "not-loaded"],
    ["as a whole, too", "9.4.0", "kettle", undefined, "not-loaded"],
    ["a stream that may be in an older version that is not loaded", "9.4.0", "blender", "cup", "not-loaded"],
    ["while those of the newest are known", "9.4.0", "blender", "jug", "blender.jug 2.0.0: blender.jug"],
    ["job ids are no stream", "9.4.0", "blender", undefined, "blender 2.0.0: blender.jug"],
  ];
  test.each(cases)("%s", (_name, stack, packageName, stream, expected) => {
    const schemas = setFrom(JSON.stringify(SCHEMAS)).stacks.find(({ version }) => version === stack);
    expect(schemas && answerText(schemas.integration(packageName, stream))).toBe(expected);
  });

  test("of a field that stands in several streams, the last one counts", () => {
    const answer = setFrom(JSON.stringify(SCHEMAS)).stacks[2]?.integration("oven", undefined);
    expect(answer?.kind === "found" ? answer.schema.typeOf("oven.tray") : answer).toBe("text");
  });

  test("jobs are those of the newest stack's version", () => {
    const set = setFrom(JSON.stringify(SCHEMAS));
    expect(set.jobsOf("blender")).toEqual(["blender_rare_noise", "blender_odd_hour"]);
    expect([set.jobsOf("oven"), set.jobsOf("stove")]).toEqual([undefined, undefined]);
  });

  test("without schemas, packages and versions are known, and no field", () => {
    const { value } = integrationsIn("{}", RANGES, STACKS);
    const set = setOf({ stacks: stacksOf(...STACKS), packages: value?.packages });
    const [first] = set.stacks;
    const asked = ["oven", "toaster", "stove"].map(
      (name) => first && answerText(first.integration(name, "heat")),
    );
    expect(asked).toEqual(["not-loaded", "no-version", "unknown-package"]);
    expect([...(set.packages ?? [])]).toEqual(Object.keys(RANGES));
  });

  test("without manifests nothing is known", () => {
    const set = setOf({ stacks: stacksOf(...STACKS) });
    expect(set.packages).toBeUndefined();
    expect(set.stacks[0]?.integration("stove", undefined)).toEqual({ kind: "not-loaded" });
  });
});

describe("the text", () => {
  const whole = JSON.stringify(SCHEMAS);
  const spread = JSON.stringify(SCHEMAS, null, 2);
  const expected = integrationsIn(whole, RANGES, STACKS);

  test("gives the same wherever it is cut into two", () => {
    expect(expected.error).toBeUndefined();
    const cuts = Array.from({ length: whole.length + 1 }, (_, at) => at);
    const others = cuts.filter(
      (at) => JSON.stringify(packed(whole, [at])) !== JSON.stringify(packed(whole, [])),
    );
    expect(others).toEqual([]);
  });

  test("gives the same cut into single characters, and with line breaks", () => {
    const every = Array.from({ length: spread.length }, (_, at) => at);
    expect(packed(spread, every)).toEqual(packed(whole, []));
  });

  function packed(text: string, cuts: readonly number[]): unknown {
    const { value } = integrationsIn(text, RANGES, STACKS, cuts);
    return [...(value?.packages ?? [])].map(([name, { choices, versions, jobs }]) => [
      name,
      choices.map(({ newest, older, isCut }) => [newest, [...older], isCut]),
      [...versions].map(([one, streams]) => [
        one,
        [...streams].map(([stream, fields]) => [stream, [...(fields ?? [])]]),
      ]),
      jobs,
    ]);
  }

  test("is read as JSON.parse reads it, whatever names stand in it", () => {
    const name = fc.string({ unit: "grapheme" });
    const streams = fc.dictionary(name, fc.dictionary(name, fc.constantFrom("keyword", "ip", '}{]["\\')));
    fc.assert(
      fc.property(streams, fc.nat(), (version, cut) => {
        const text = JSON.stringify({ fridge: { "1.0.0": version } });
        const { value } = integrationsIn(text, RANGES, ["9.4.0"], [cut % text.length]);
        const read = value?.packages.get("fridge")?.versions.get("1.0.0");
        const fields = [...(read ?? [])].map(([stream, types]) => [stream, Object.fromEntries(types ?? [])]);
        expect(Object.fromEntries(fields)).toEqual(version);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  const broken: readonly (readonly [name: string, text: string, error: string])[] = [
    ["nothing", "", "holds no table of packages"],
    ["a list", "[]", "holds no table of packages"],
    ["cut off in a name", whole.slice(0, 5), "is JSON that ends too early"],
    [
      "cut off in a package that nobody wants",
      whole.slice(0, whole.length - 10),
      "is JSON that ends too early",
    ],
    ["cut off at the end", whole.slice(0, whole.length - 1), "is JSON that ends too early"],
    ["something after the end", `${whole} x`, "is no JSON"],
    ["a missing colon", '{"oven" {}}', "is no JSON"],
    ["a missing comma", '{"oven": {} "fridge": {}}', "is no JSON"],
    ["a name without quotes", "{oven: {}}", "is no JSON"],
    ["a comma too many", '{"oven": {},}', "is no JSON"],
    ["a name that is none", '{"\\u00zz": {}}', "is no JSON"],
  ];
  test.each(broken)("%s is told", (_name, text, error) => {
    expect(integrationsIn(text, RANGES, STACKS).error).toBe(error);
  });

  test("any start of it is told", () => {
    const starts = Array.from({ length: whole.length }, (_, at) => whole.slice(0, at));
    expect(starts.filter((start) => integrationsIn(start, RANGES, STACKS).error === undefined)).toEqual([]);
  });

  const odd: readonly (readonly [name: string, text: string, problems: readonly string[], answer: string])[] =
    [
      [
        "a package that is a list",
        '{"fridge": []}',
        ["has no table of versions under `fridge`"],
        "not-loaded",
      ],
      [
        "a package that is null",
        '{"fridge": null, "oven": {}}',
        ["has no table of versions under `fridge`"],
        "not-loaded",
      ],
      [
        "a version that is a number",
        '{"fridge": {"1.0.0": -1.5e3}}',
        ["has no table of streams under `fridge`, `1.0.0`"],
        "not-loaded",
      ],
      [
        "a version that is a text",
        '{"fridge": {"1.0.0": "{"}}',
        ["has no table of streams under `fridge`, `1.0.0`"],
        "not-loaded",
      ],
      [
        "a stream with a broken text",
        '{"fridge": {"1.0.0": {"door": {"a": bad}}}}',
        ["has no table of fields for fridge.door 1.0.0"],
        "not-loaded",
      ],
      [
        "a field without a type",
        '{"fridge": {"1.0.0": {"door": {"a": 1}}}}',
        ["has no table of fields for fridge.door 1.0.0"],
        "not-loaded",
      ],
      [
        "a note beside the fields",
        '{"fridge": {"1.0.0": {"door": {"a": "ip", "_declared": ["b"]}}}}',
        [],
        "fridge.door 1.0.0: a",
      ],
      [
        "a note beside the streams",
        '{"fridge": {"1.0.0": {"_uses": false, "door": {"a": "ip"}}}}',
        [],
        "fridge.door 1.0.0: a",
      ],
      ["no streams", '{"fridge": {"1.0.0": {}}}', [], "unknown-stream in 1.0.0: "],
      ["another case of letters", '{"Fridge": {"1.0.0": {"door": {"a": "ip"}}}}', [], "not-loaded"],
    ];
  test.each(odd)("%s", (_name, text, problems, answer) => {
    const { value } = integrationsIn(text, RANGES, ["9.4.0"]);
    expect(value?.problems).toEqual(problems);
    const set = setOf({ stacks: stacksOf("9.4.0"), packages: value?.packages });
    expect(set.stacks.map((stack) => answerText(stack.integration("fridge", "door")))).toEqual([answer]);
  });

  test("a stream that cannot be read leaves the whole package open", () => {
    const text = '{"fridge": {"1.0.0": {"door": {"a": 1}, "light": {"b": "ip"}}}}';
    const set = setOf({
      stacks: stacksOf("9.4.0"),
      packages: integrationsIn(text, RANGES, ["9.4.0"]).value?.packages,
    });
    const asked = [undefined, "light", "lamp"].map(
      (stream) => set.stacks[0] && answerText(set.stacks[0].integration("fridge", stream)),
    );
    expect(asked).toEqual(["not-loaded", "fridge.light 1.0.0: b", "unknown-stream in 1.0.0: light"]);
  });
});
