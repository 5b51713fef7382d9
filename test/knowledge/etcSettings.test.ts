/** What the readers of manifests, the stack map and the package version make of right and wrong content. All is made up. */
import { describe, expect, test } from "vitest";
import { readManifests } from "../../server/src/core/knowledge/etc/manifests.ts";
import { readPackageVersion } from "../../server/src/core/knowledge/etc/packageVersion.ts";
import { problemList } from "../../server/src/core/knowledge/etc/reading.ts";
import { readStackMap, supportedStacks } from "../../server/src/core/knowledge/etc/stackMap.ts";
import { stackVersion, stackVersionText } from "../../server/src/core/knowledge/etc/stackVersion.ts";
import { parsedYaml } from "../../server/src/core/knowledge/etc/yaml.ts";

type Case = readonly [name: string, content: unknown, expected: unknown, problems?: readonly string[]];

describe("manifests", () => {
  const runs = (version: unknown): object => ({ conditions: { kibana: { version } } });
  const cases: readonly Case[] = [
    [
      "the newest version comes first",
      { oven: { "1.2.0": runs("^9.0.0"), "1.10.0": runs("^9.1.0") } },
      { oven: ["1.10.0", "1.2.0"] },
    ],
    [
      "a preview comes before its release",
      { oven: { "2.0.0-preview-5": runs("^9.0.0"), "2.0.0": runs("^9.0.0") } },
      { oven: ["2.0.0", "2.0.0-preview-5"] },
    ],
    [
      "a version that is none may be the newest",
      { oven: { "1.0.0": runs("^9.0.0"), next: runs("^9.0.0") } },
      { oven: ["next", "1.0.0"] },
      ["has `next` under `oven`, which is no version"],
    ],
    [
      "a version must be one",
      { oven: { next: runs("^9.0.0") } },
      { oven: ["next"] },
      ["has `next` under `oven`, which is no version"],
    ],
    ["a package must be a table", { oven: 4 }, { oven: ["?"] }, ["has no table of versions under `oven`"]],
    [
      "a version without conditions is told",
      { oven: { "1.0.0": {} } },
      { oven: ["1.0.0"] },
      ["does not say on which stacks oven 1.0.0 runs"],
    ],
    [
      "and one with words that are not understood",
      { oven: { "1.0.0": runs("9.x") } },
      { oven: ["1.0.0"] },
      ["does not say on which stacks oven 1.0.0 runs"],
    ],
    ["no packages", {}, {}, ["names no package"]],
    ["no table", 4, {}, ["holds no table of packages"]],
  ];
  test.each(cases)("%s", (_name, content, expected, problems = []) => {
    const { value, problems: found } = readManifests(content);
    const versions = Object.fromEntries(
      [...value].map(([name, all]) => [name, all.map(({ version }) => version)]),
    );
    expect([versions, found]).toEqual([expected, problems]);
  });
});

describe("the stack map", () => {
  const cases: readonly (readonly [
    name: string,
    yaml: string,
    stacks: readonly string[],
    problems?: readonly string[],
  ])[] = [
    [
      "the oldest stack comes first",
      '"9.10.0": {beats: "9.1.0", ecs: "9.0.0", endgame: "8.4.0"}\n"9.2.0": {beats: "9.1.0", ecs: "9.0.0", endgame: "8.4.0"}',
      ["9.2.0", "9.10.0"],
    ],
    [
      "other keys are custom schemas",
      '"9.2.0": {beats: "9.1.0", ecs: "9.0.0", endgame: "8.4.0", oven: etc/oven.json}',
      ["9.2.0 oven=etc/oven.json"],
    ],
    [
      "an entry without content is passed over",
      '"9.2.0":\n"9.3.0": {beats: "9.1.0", ecs: "9.0.0", endgame: "8.4.0"}',
      ["9.3.0"],
    ],
    ["a version may stand without quotes", "9.2.0: {beats: 9.1.0, ecs: 9.0.0, endgame: 8.4.0}", ["9.2.0"]],
    ["a key must be a version", 'newest: {ecs: "9.0.0"}', [], ["has `newest`, which is no version"]],
    [
      "a version must be there",
      '"9.2.0": {beats: "9.1.0", endgame: "8.4.0"}',
      ["9.2.0 ecs?"],
      ["has no version of `ecs` for 9.2.0"],
    ],
    [
      "a version is no path",
      '"9.2.0": {beats: "../x", ecs: "9.0.0", endgame: "8.4.0"}',
      ["9.2.0 beats?"],
      ["has no version of `beats` for 9.2.0"],
    ],
    [
      "a custom schema is a path",
      '"9.2.0": {beats: "9.1.0", ecs: "9.0.0", endgame: "8.4.0", oven: [1]}',
      ["9.2.0"],
      ["has no path under `oven` for 9.2.0"],
    ],
    ["a list is no map", "- 9.2.0", [], ["holds no table of stack versions"]],
    ["an empty map names none", "{}", [], ["names no stack version"]],
  ];
  const rows = cases.map(([name, text, stacks, problems = []]) => [name, text, stacks, problems] as const);
  test.each(rows)("%s", (_name, text, stacks, problems) => {
    const yaml = parsedYaml(text);
    const { value, problems: found } = readStackMap(yaml.ok ? yaml.value : yaml.error);
    const shown = value.map(({ version, ecs, beats, endgame, custom }) =>
      [
        stackVersionText(version),
        ...(ecs === undefined ? ["ecs?"] : []),
        ...(beats === undefined ? ["beats?"] : []),
        ...(endgame === undefined ? ["endgame?"] : []),
        ...custom.map(({ name, path }) => `${name}=${path}`),
      ].join(" "),
    );
    expect([shown, found]).toEqual([stacks, problems]);
  });

  const bounds: readonly (readonly [string | undefined, readonly string[]])[] = [
    ["9.6", ["8.19.0", "9.3.0", "9.6.0"]],
    ["9.5.3", ["8.19.0", "9.3.0"]],
    ["8.19", ["8.19.0"]],
    ["8", []],
    [undefined, ["8.19.0", "9.3.0", "9.6.0"]],
  ];
  test.each(bounds)("a repository that builds for %s supports the stacks up to it", (version, stacks) => {
    const { value } = readStackMap(Object.fromEntries(["8.19.0", "9.3.0", "9.6.0"].map((key) => [key, {}])));
    const supported = supportedStacks(value, version === undefined ? undefined : stackVersion(version));
    expect(supported.map((entry) => stackVersionText(entry.version))).toEqual(stacks);
  });
});

describe("the package version", () => {
  const cases: readonly (readonly [string, string | undefined, readonly string[]])[] = [
    ["package: {name: '9.6'}", "9.6.0", []],
    ["package: {name: 9.6}", "9.6.0", []],
    ["package: {name: 9.6.2}", "9.6.2", []],
    ["package: {name: newest}", undefined, ["has a `name` under `package` that is no version"]],
    ["package: {}", undefined, ["has no `name` under `package`"]],
    ["[]", undefined, ["has no `name` under `package`"]],
  ];
  test.each(cases)("%s", (text, version, problems) => {
    const yaml = parsedYaml(text);
    const read = readPackageVersion(yaml.ok ? yaml.value : undefined);
    expect([read.value && stackVersionText(read.value), read.problems]).toEqual([version, problems]);
  });
});

describe("YAML", () => {
  const wrong: readonly (readonly [name: string, text: string])[] = [
    ["half a list", "a: [1, 2"],
    ["a tab", "a:\n\t- b"],
    [
      "aliases that multiply",
      `a: &a [x, x, x, x, x, x, x, x, x]\n${[..."bcdefgh"].map((letter, i) => `${letter}: &${letter} [${Array.from({ length: 9 }, () => `*${"abcdefg"[i] ?? ""}`).join()}]`).join("\n")}`,
    ],
    ["more than anybody writes", "a".repeat(5_000_000)],
  ];
  test.each(wrong)("%s is told, and nothing is thrown", (_name, text) => {
    const yaml = parsedYaml(text);
    expect(yaml).toEqual({
      ok: false,
      error: expect.stringMatching(/^is (?:no|too long for) YAML/) as unknown,
    });
  });

  test("words of YAML 1.1 are truth values, as for Elastic's tools", () => {
    expect(parsedYaml("{a: yes, b: False, c: off}")).toEqual({
      ok: true,
      value: { a: true, b: false, c: false },
    });
  });
});

test("many problems of a file are shortened", () => {
  expect(problemList(["a", "b", "c", "d", "e"])).toBe("a; b; c; and 2 more");
  expect(problemList(["a", "b", "c"])).toBe("a; b; c");
});
