/** A query in, events that nearly alert out, each named; sequences and samples; and what cannot be made. */
import { describe, expect, test } from "vitest";
import { generateSamples } from "../../server/src/core/testing/generate.ts";
import { flattened } from "../../server/src/core/testing/events/flat.ts";
import { exhausted } from "../engine/exhausted.ts";
import { NO_TYPES } from "./ecsTypes.ts";
import { expectPromises, generated } from "./generated.ts";
import { ruleOf } from "./support.ts";

describe("near misses are named, one for each clause", () => {
  test.each<readonly [query: string, names: readonly string[]]>([
    [
      'process where process.name : "a" and user.name != "b"',
      ["not `process`", 'not `process.name : "a"`', 'excluded by `user.name != "b"`'],
    ],
    [
      "process where a == 1 and not (b == 1 or c == 1)",
      ["not `process`", "not `a == 1`", "excluded by `b == 1`", "excluded by `c == 1`"],
    ],
    ["any where a == 1 and not (b == 1 and c == 1)", ["not `a == 1`", "excluded by `b == 1 and c == 1`"]],
    ["any where a == 1 or b == 1", ["not `a == 1 or b == 1`"]],
    [
      "sequence by k with maxspan=1m [any where a == 1] [any where b == 1]",
      [
        "step 1: not `a == 1`",
        "step 2: not `b == 1`",
        "step 1 does not occur",
        "step 2 does not occur",
        "step 2 has another `k`",
        "step 2 comes after maxspan",
        "the steps come in the opposite order",
      ],
    ],
    [
      "sequence by k with maxspan=1m [any where a == 1] with runs=2 [any where b == 1] until [any where c == 1]",
      [
        "step 1: not `a == 1`",
        "step 2: not `b == 1`",
        "step 1 does not occur",
        "step 1 occurs once too little",
        "step 2 does not occur",
        "step 2 has another `k`",
        "step 2 comes after maxspan",
        "the steps come in the opposite order",
        "until comes before the last step",
      ],
    ],
    [
      "sequence by k with maxspan=1m [any where a == 1] ![any where c == 1] [any where b == 1]",
      [
        "step 1: not `a == 1`",
        "step 3: not `b == 1`",
        "step 1 does not occur",
        "step 3 does not occur",
        "step 3 has another `k`",
        "step 3 comes after maxspan",
        "the steps come in the opposite order",
        "step 2 occurs, which must be missing",
      ],
    ],
    [
      "sample by k [any where a == 1] [any where b == 1]",
      [
        "step 1: not `a == 1`",
        "step 2: not `b == 1`",
        "step 1 does not occur",
        "step 2 does not occur",
        "step 2 has another `k`",
      ],
    ],
  ])("%s", (query, names) => {
    const { nearMisses, notMade } = generated(query);
    expect(nearMisses.map(({ name }) => name)).toEqual(names);
    expect(notMade).toEqual([]);
  });

  test.each<readonly [query: string, notMade: readonly string[]]>([
    [
      'any where a == "xyz" and a : "x*"',
      ['not `a : "x*"`: The rest of the query leaves no room for such an event'],
    ],
    [
      "any where a == 1 and not a == 2 and a < 2",
      [
        "excluded by `a == 2`: The rest of the query leaves no room for such an event",
        "not `a < 2`: The rest of the query leaves no room for such an event",
      ],
    ],
    [
      "sequence by k [any where a == 1] [any where a == 1]",
      ["the steps come in the opposite order: Such events alert all the same"],
    ],
    [
      "sequence by k [any where true] [any where k != 5]",
      ["the steps come in the opposite order: Such events alert all the same"],
    ],
  ])("%s", (query, expected) => {
    const samples = generated(query);
    expect(samples.notMade.map(({ name, reason }) => `${name}: ${reason}`)).toEqual(expected);
    expectPromises(query, samples, NO_TYPES);
  });

  test("a near miss is like the match but for one thing", () => {
    const { match, nearMisses } = generated(
      'process where process.name : "a*" and process.args : "x" and user.id == "0"',
    );
    const before = flattened(match.events[0] ?? {});
    const after = flattened(nearMisses.find(({ name }) => name.includes("user.id"))?.events[0] ?? {});
    const changed = Object.keys(before).filter(
      (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
    );
    expect(changed).toEqual(["user.id"]);
  });
});

describe("several events", () => {
  test.each<readonly [query: string, count: number]>([
    ["sequence by host.id [process where true] [network where true]", 2],
    [
      "sequence by host.id, user.id with maxspan=30s [process where a == 1] [file where b == 1] [network where c == 1]",
      3,
    ],
    [
      "sequence [process where a == 1] by process.entity_id [process where b == 1] by process.parent.entity_id",
      2,
    ],
    ["sequence with maxspan=1ms [process where a == 1] [process where b == 1]", 2],
    [
      'sequence by user.id with maxspan=1m [authentication where event.outcome == "failure"] with runs=10 [authentication where event.outcome == "success"]',
      11,
    ],
    ["sequence by host.id with maxspan=5m [any where a == 1] ![any where b == 1]", 1],
    ["sequence by host.id with maxspan=5m ![any where b == 1] [any where a == 1] [any where c == 1]", 2],
    [
      "sequence by host.id [process where process.pid == 5] by process.pid [process where process.pid > 3] by process.pid",
      2,
    ],
    ["sequence by host.id [process where a == 1] [process where a == 2] until [process where a == 3]", 2],
    ["sequence by ?container.id [process where a == 1] [process where a == 2]", 2],
    ["sample by host.id [process where a == 1] [network where b == 1] [file where c == 1]", 3],
    ["sequence by host.id [process where a == 1] [process where a == 2] | tail 1", 2],
  ])("%s", (query, count) => {
    const samples = generated(query);
    expect(samples.match.events).toHaveLength(count);
    expectPromises(query, samples, NO_TYPES);
  });

  test("a key fits the conditions of every step", () => {
    const query = 'sequence by user.name [process where user.name : "a*"] [process where user.name : "*z"]';
    const names = generated(query).match.events.map((event) => flattened(event)["user.name"]);
    expect(new Set(names).size).toBe(1);
  });
});

describe("what cannot be made is refused with the reason", () => {
  test.each<readonly [query: string, reason: string]>([
    [
      'process where process.name == "a" and process.pid == 1 and process.pid == null',
      "No event was found of which `process.pid == null` is true beside the rest",
    ],
    [
      "process where length(user.name) == 3 and length(user.name) < 2",
      "No event was found of which `length(user.name) < 2` is true beside the rest",
    ],
    ["process where false", "Events that were made for this query do not alert"],
    [
      "sequence by k [any where k == 1 and x == 1] [any where k == null]",
      "No event was found of which `k == null` in step 2 is true beside the rest",
    ],
    [
      "process where source.port == destination.port",
      "EQL compares with constants only, not with the field `destination.port`",
    ],
    [
      'process where process.name == "a.exe" and process.name : "b*"',
      'No event was found of which `process.name : "b*"` is true beside the rest',
    ],
    ["process where process.name ==", "Expected a value after =="],
    ["sample by k [any where true] with runs=2 [any where true]", ""],
  ])("%s", (query, reason) => {
    const result = exhausted(generateSamples(ruleOf(query), { types: NO_TYPES }));
    expect(
      result.ok || result.error.reason.startsWith(reason),
      result.ok ? JSON.stringify(result.value.match.events) : result.error.reason,
    ).toBe(true);
    expect(result.ok).toBe(false);
  });

  test("a rule of another language", () => {
    const result = exhausted(
      generateSamples(ruleOf("from a", 'type = "esql"\nlanguage = "esql"'), { types: NO_TYPES }),
    );
    expect(result.ok || result.error.reason).toMatch(/^Rules of the type ES\|QL cannot be run/);
  });

  test("it can be stopped, and comes to an end", () => {
    const clauses = Array.from(
      { length: 150 },
      (_one, i) => `(f${i} == 1 or f${i + 1} == 2 or not f${i + 2} == 3)`,
    );
    const work = generateSamples(
      ruleOf(`any where ${clauses.join(" and ")} and f0 == 9 and f1 == 9 and f2 == 3`),
      { types: NO_TYPES },
    );
    let yields = 0;
    while (work.next().done !== true && yields < 300) yields++;
    expect(yields).toBeGreaterThan(50);
  });
});
