/** Ranges of stacks, and which version of a package a stack takes. */
import { describe, expect, test } from "vitest";
import { isInRange, stackRange } from "../../server/src/core/knowledge/etc/kibanaRange.ts";
import { readManifests } from "../../server/src/core/knowledge/etc/manifests.ts";
import {
  type StackVersion,
  stackVersion,
  stackVersionText,
} from "../../server/src/core/knowledge/etc/stackVersion.ts";
import { candidates, liftedStack } from "../../server/src/core/knowledge/etc/versionChoice.ts";

function version(text: string): StackVersion {
  const read = stackVersion(text);
  if (read === undefined) throw new Error(`${text} is no version`);
  return read;
}

describe("ranges", () => {
  const cases: readonly (readonly [range: string, inside: readonly string[], outside: readonly string[]])[] =
    [
      ["^9.1.0", ["9.1.0", "9.4.2", "9.99.0"], ["9.0.9", "10.0.0", "8.19.0"]],
      ["~8.19.10", ["8.19.10", "8.19.99"], ["8.19.9", "8.20.0", "9.0.0"]],
      [">=8.12.0", ["8.12.0", "9.0.0", "20.0.0"], ["8.11.9"]],
      [">8.12.0", ["8.12.1", "9.0.0"], ["8.12.0"]],
      ["<=9.0.0", ["9.0.0", "0.0.0"], ["9.0.1"]],
      ["<9.0.0", ["8.99.9"], ["9.0.0"]],
      ["=8.12.0", ["8.12.0"], ["8.12.1", "8.11.9"]],
      ["8.12.0", ["8.12.0"], ["8.12.1", "8.11.9"]],
      [">=8.12.0 <9.0.0", ["8.12.0", "8.99.0"], ["8.11.0", "9.0.0"]],
      ["^8.0.0 <8.5.0", ["8.4.9"], ["8.5.0"]],
      ["^9.0.0 ^8.0.0", [], ["8.5.0", "9.5.0"]],
      [
        "^8.19.4 || ~9.0.7 || ^9.1.4",
        ["8.19.4", "9.0.7", "9.1.4", "9.5.0"],
        ["8.19.3", "9.0.6", "9.1.3", "10.0.0"],
      ],
      ["^8.0.0||^9.1.0", ["8.3.0", "9.1.0"], ["9.0.0"]],
      ["  ^8.0.0   ||   ^9.1.0  ", ["8.3.0", "9.1.0"], ["9.0.0"]],
    ];
  test.each(cases)("%s", (text, inside, outside) => {
    const range = stackRange(text) ?? [];
    expect(inside.filter((one) => !isInRange(version(one), range))).toEqual([]);
    expect(outside.filter((one) => isInRange(version(one), range))).toEqual([]);
  });

  const strange = [
    "^0.1.0",
    "!9.1.0",
    "9.x",
    "^9.1",
    "latest",
    "^8.0.0 || next",
    ">= 8.0.0",
    "^9.1.0-SNAPSHOT",
    "1.2.3 - 2.3.4",
  ];
  test.each(strange)("%s is not understood", (text) => {
    expect(stackRange(text)).toBeUndefined();
  });
});

const VERSIONS = (ranges: Readonly<Record<string, string>>) =>
  readManifests({
    oven: Object.fromEntries(
      Object.entries(ranges).map(([one, range]) => [one, { conditions: { kibana: { version: range } } }]),
    ),
  }).value.get("oven") ?? [];

describe("a stack of the map counts as the patch that the newest package version for it asks for", () => {
  const cases: readonly (readonly [
    name: string,
    ranges: Readonly<Record<string, string>>,
    stack: string,
    lifted: string,
  ])[] = [
    ["the patch of its minor", { "2.0.0": "~8.19.10 || ^9.2.4" }, "8.19.0", "8.19.10"],
    ["another minor's is none of its business", { "2.0.0": "~8.19.10 || ^9.2.4" }, "9.1.0", "9.1.0"],
    [
      "the newest version decides, even if it asks for less",
      { "1.0.0": "^8.19.7", "2.0.0": "^8.19.2" },
      "8.19.0",
      "8.19.2",
    ],
    [
      "a newest one that speaks of other minors leaves it to older ones",
      { "1.0.0": "^8.19.7", "2.0.0": "^9.3.0" },
      "8.19.0",
      "8.19.7",
    ],
    ["of several alternatives the highest", { "1.0.0": "~9.2.3 || ~9.2.6" }, "9.2.0", "9.2.6"],
    ["a later patch of the map stays", { "1.0.0": "~9.2.3" }, "9.2.5", "9.2.5"],
    ["a range that is not understood says nothing", { "1.0.0": "~9.2.3", "2.0.0": "next" }, "9.2.0", "9.2.3"],
    ["without packages it stays", {}, "9.2.0", "9.2.0"],
  ];
  test.each(cases)("%s", (_name, ranges, stack, lifted) => {
    expect(stackVersionText(liftedStack(version(stack), VERSIONS(ranges)))).toBe(lifted);
  });
});

describe("versions that run on a stack, the newest first", () => {
  const ranges = { "1.0.0": "^8.12.0", "2.0.0": "^9.0.0", "2.1.0": "^9.1.0", "3.0.0": "^9.4.0" };
  const cases: readonly (readonly [
    name: string,
    ranges: Readonly<Record<string, string>>,
    stack: string,
    expected: readonly string[],
    cut?: "cut",
  ])[] = [
    [
      "a later minor's version is left out, though the major is the same",
      ranges,
      "9.1.0",
      ["2.1.0", "2.0.0"],
    ],
    ["the newest stack takes all of its major", ranges, "9.4.0", ["3.0.0", "2.1.0", "2.0.0"]],
    ["the major before", ranges, "8.19.0", ["1.0.0"]],
    ["none", ranges, "7.17.0", []],
    [
      "one that asks for a patch runs",
      { "1.34.1": "^8.19.0", "1.37.0": "~8.19.10 || ^9.2.4" },
      "8.19.0",
      ["1.37.0", "1.34.1"],
    ],
    [
      "what a later patch no longer runs is left out",
      { "1.0.0": "<=8.19.4", "2.0.0": "^8.19.5" },
      "8.19.0",
      ["2.0.0"],
    ],
    [
      "a range that is not understood ends the list",
      { "1.0.0": "^9.0.0", "2.0.0": "next", "3.0.0": "^9.0.0" },
      "9.1.0",
      ["3.0.0"],
      "cut",
    ],
  ];
  const rows = cases.map(([name, some, stack, expected, cut]) => [name, some, stack, expected, cut] as const);
  test.each(rows)("%s", (_name, some, stack, expected, cut) => {
    expect(candidates(version(stack), VERSIONS(some))).toEqual({ versions: expected, isCut: cut === "cut" });
  });
});
