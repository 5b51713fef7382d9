/** A query in, its small changes out; and which of them test cases notice. */
import { describe, expect, test } from "vitest";
import { parseEql } from "../../server/src/core/query/eql/index.ts";
import { type ReadyCase, mutationScore } from "../../server/src/core/testing/mutate.ts";
import { eqlMutations } from "../../server/src/core/testing/mutate/eqlMutations.ts";
import { exhausted } from "../engine/exhausted.ts";
import { NO_TYPES } from "./ecsTypes.ts";
import { type Files, inputsOf, planOf, processEvent, ruleOf, ruleText } from "./support.ts";

/** `kind name => query` */
function mutationsOf(query: string): readonly string[] {
  const mutations = [...eqlMutations(parseEql(query))].filter((mutation) => mutation !== undefined);
  return mutations.map(({ kind, name, query: after }) => `${kind} ${name} => ${after}`);
}

describe("changes", () => {
  test.each<readonly [query: string, mutations: readonly string[]]>([
    ["any where true", []],
    ["process where true", ["weakened with any category => any where true"]],
    [
      "any where a == 1",
      ["flipped not `a == 1` => any where a != 1", "weakened any value in `a == 1` => any where a != null"],
    ],
    ["any where a != 1", ["flipped not `a != 1` => any where a == 1"]],
    ["any where a == null", ["flipped not `a == null` => any where a != null"]],
    [
      "any where a > 1",
      [
        "flipped not `a > 1` => any where a <= 1",
        "weakened `>=` instead of `>` in `a > 1` => any where a >= 1",
      ],
    ],
    ["any where a <= 1", ["flipped not `a <= 1` => any where a > 1"]],
    [
      'any where a : "x*"',
      [
        'flipped not `a : "x*"` => any where not (a : "x*")',
        'weakened any value in `a : "x*"` => any where a != null',
      ],
    ],
    ["any where length(a) == 1", ["flipped not `length(a) == 1` => any where length(a) != 1"]],
    [
      'any where startsWith(a, "x")',
      ['flipped not `startsWith(a, "x")` => any where not (startsWith(a, "x"))'],
    ],
    [
      "any where a in (1, 2)",
      [
        "flipped not `a in (1, 2)` => any where not (a in (1, 2))",
        "weakened any value in `a in (1, 2)` => any where a != null",
        "dropped without the value `1` => any where a in (2)",
        "dropped without the value `2` => any where a in (1)",
      ],
    ],
    ["any where not a", ["flipped without `not` before `a` => any where a"]],
    [
      "any where a and b",
      [
        "dropped without `a` => any where true and b",
        "dropped without `b` => any where a and true",
        "flipped `or` instead of `and` => any where (a or b)",
        "flipped not `a` => any where not (a) and b",
        "flipped not `b` => any where a and not (b)",
      ],
    ],
    [
      "any where a or b",
      [
        "dropped without `a` => any where false or b",
        "dropped without `b` => any where a or false",
        "flipped `and` instead of `or` => any where (a and b)",
        "flipped not `a` => any where not (a) or b",
        "flipped not `b` => any where a or not (b)",
      ],
    ],
    [
      "sample by k [any where true] [any where true] [any where true]",
      [
        "dropped without step 1 => sample by k  [any where true] [any where true]",
        "dropped without step 2 => sample by k [any where true]  [any where true]",
        "dropped without step 3 => sample by k [any where true] [any where true] ",
      ],
    ],
    [
      "sequence by j, k with maxspan=5m [any where true] with runs=2 [any where true] until [any where true]",
      [
        "dropped without step 2 => sequence by j, k with maxspan=5m [any where true] with runs=2  until [any where true]",
        "weakened one run less of step 1 => sequence by j, k with maxspan=5m [any where true] with runs=1 [any where true] until [any where true]",
        "weakened 10 times the maxspan => sequence by j, k with maxspan=50m [any where true] with runs=2 [any where true] until [any where true]",
        "dropped without `until [any where true]` => sequence by j, k with maxspan=5m [any where true] with runs=2 [any where true] ",
        "dropped without the key `j` => sequence by k with maxspan=5m [any where true] with runs=2 [any where true] until [any where true]",
        "dropped without the key `k` => sequence by j with maxspan=5m [any where true] with runs=2 [any where true] until [any where true]",
      ],
    ],
    [
      "sequence with maxspan=1m [any where true] ![any where true] [any where true]",
      [
        "dropped without step 1 => sequence with maxspan=1m  ![any where true] [any where true]",
        "dropped without step 3 => sequence with maxspan=1m [any where true] ![any where true] ",
        "flipped step 2 must occur => sequence with maxspan=1m [any where true] [any where true] [any where true]",
        "dropped without step 2 => sequence with maxspan=1m [any where true]  [any where true]",
        "weakened 10 times the maxspan => sequence with maxspan=10m [any where true] ![any where true] [any where true]",
      ],
    ],
  ])("%s", (query, mutations) => {
    expect(mutationsOf(query).toSorted()).toEqual(mutations.toSorted());
  });

  test("every one is a query without an error, and another one", () => {
    const query = `process where /* why */ process.name : ("a", /* b */ "b*") and not (x == 1 or // y
      y in~ ("p", "q")) and (z > 3 or not z : "w") and length(v) >= 2`;
    const mutations = [...eqlMutations(parseEql(query))].filter((mutation) => mutation !== undefined);
    expect(mutations.length).toBeGreaterThan(20);
    for (const { query: after, span } of mutations) {
      expect(parseEql(after).errors, after).toEqual([]);
      expect(after).not.toBe(query);
      expect(span.start < span.end && span.end <= query.length).toBe(true);
    }
    expect(new Set(mutations.map(({ query: after }) => after)).size).toBe(mutations.length);
  });

  test("of a list as long as a phone book the first values are left out", () => {
    const values = Array.from({ length: 500 }, (_one, i) => `"v${i}"`).join(", ");
    expect(mutationsOf(`any where a in (${values})`).length).toBe(42);
  });
});

describe("score", () => {
  const QUERY = 'process where process.name : "cmd.exe" and not user.name == "bob"';
  const cases = (files: Files): readonly ReadyCase[] =>
    planOf({ "rules/a.toml": ruleText(QUERY), ...files }).cases.map((testCase) => {
      const inputs = inputsOf(testCase, files);
      if (!inputs.ok) throw new Error(inputs.error.message);
      return { testCase, inputs: inputs.value };
    });
  const MATCH = {
    "rules/_tests/a.match.ndjson": processEvent({ "process.name": "cmd.exe", "user.name": "al" }),
  };
  const NEAR = {
    "rules/_tests/a.nomatch.ndjson":
      processEvent({ "process.name": "cmd.exe", "user.name": "bob" }) + processEvent({ "process.name": "x" }),
    "rules/_tests/a.nomatch.category.ndjson": processEvent({ "process.name": "cmd.exe" }).replace(
      '"process"',
      '"file"',
    ),
  };

  test.each<readonly [name: string, files: Files, unnoticed: readonly string[]]>([
    [
      "no cases notice nothing",
      {},
      [
        "with any category",
        'without `process.name : "cmd.exe"`',
        'without `not user.name == "bob"`',
        "`or` instead of `and`",
        'not `process.name : "cmd.exe"`',
        'any value in `process.name : "cmd.exe"`',
        'without `not` before `user.name == "bob"`',
      ],
    ],
    [
      "a match notices what turns it away",
      MATCH,
      [
        "with any category",
        'without `process.name : "cmd.exe"`',
        'without `not user.name == "bob"`',
        "`or` instead of `and`",
        'any value in `process.name : "cmd.exe"`',
      ],
    ],
    ["near misses notice what lets them through", NEAR, []],
    ["together they notice all", { ...MATCH, ...NEAR }, []],
    [
      "a case that fails notices nothing",
      { "rules/_tests/a.match.ndjson": processEvent({ "process.name": "x" }) },
      [
        "with any category",
        'without `process.name : "cmd.exe"`',
        'without `not user.name == "bob"`',
        "`or` instead of `and`",
        'not `process.name : "cmd.exe"`',
        'any value in `process.name : "cmd.exe"`',
        'without `not` before `user.name == "bob"`',
      ],
    ],
  ])("%s", (_name, files, unnoticed) => {
    const score = exhausted(mutationScore(ruleOf(QUERY), NO_TYPES, cases(files)));
    if (!score.ok) throw new Error(score.error.reason);
    const { judged, noticedCount } = score.value;
    const silent = judged.filter(({ noticedBy }) => noticedBy === undefined);
    expect(silent.map(({ mutation }) => mutation.name)).toEqual(unnoticed);
    expect(noticedCount).toBe(judged.length - silent.length);
    expect(judged).toHaveLength(7);
  });

  test("it is told which case notices, and which cases say nothing", () => {
    const failing = { "rules/_tests/a.match.x.ndjson": processEvent({ "process.name": "x" }) };
    const score = exhausted(mutationScore(ruleOf(QUERY), NO_TYPES, cases({ ...MATCH, ...NEAR, ...failing })));
    if (!score.ok) throw new Error(score.error.reason);
    expect(score.value.leftOut.map(({ name }) => name)).toEqual(["match: x"]);
    const byName = new Map(
      score.value.judged.map(({ mutation, noticedBy }) => [mutation.name, noticedBy?.name]),
    );
    expect(byName.get("with any category")).toBe("nomatch: category");
  });

  test("a rule that cannot be run has no score", () => {
    const score = exhausted(mutationScore(ruleOf("process where x =="), NO_TYPES, []));
    expect(score.ok || score.error.kind).toBe("broken");
  });
});
