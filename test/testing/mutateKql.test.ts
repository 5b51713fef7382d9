/** Small changes to KQL queries, and which of them test cases notice. */
import { expect, test } from "vitest";
import { kqlMutations } from "../../server/src/core/testing/mutate/kqlMutations.ts";
import { parseKql } from "../../server/src/core/query/kql/index.ts";

function mutationsOf(query: string): readonly string[] {
  const mutations = [...kqlMutations(parseKql(query))].filter((mutation) => mutation !== undefined);
  return mutations.map(({ kind, name, query: after }) => `${kind} ${name} => ${after}`);
}

test.each<readonly [query: string, mutations: readonly string[]]>([
  ["a:*", ["flipped not `a:*` => (not (a:*))"]],
  [
    "a:x and not b > 5",
    [
      "dropped without `a:x` => not b > 5",
      "dropped without `not b > 5` => a:x",
      "flipped `or` instead of `and` => (a:x or not b > 5)",
      "flipped not `a:x` => (not (a:x)) and not b > 5",
      "weakened any value in `a:x` => a:* and not b > 5",
      "flipped without `not` before `b > 5` => a:x and b > 5",
      "flipped not `b > 5` => a:x and not b <= 5",
      "weakened `>=` instead of `>` in `b > 5` => a:x and not b >= 5",
    ],
  ],
  [
    "a:(x or y*)",
    [
      "flipped not `a:(x or y*)` => (not (a:(x or y*)))",
      "weakened any value in `a:(x or y*)` => a:*",
      "dropped without the value `x` => a:(y*)",
      "dropped without the value `y*` => a:(x)",
      "flipped `and` instead of `or` => a:((x and y*))",
    ],
  ],
  [
    "a:(not x)",
    [
      "flipped not `a:(not x)` => (not (a:(not x)))",
      "weakened any value in `a:(not x)` => a:*",
      "flipped without `not` before `x` => a:(x)",
    ],
  ],
  ["a:{ b:* }", ["flipped not `a:{ b:* }` => (not (a:{ b:* }))", "flipped not `b:*` => a:{ (not (b:*)) }"]],
])("%s", (query, mutations) => {
  expect(mutationsOf(query)).toEqual(mutations);
});

test("every change is a query of its own", () => {
  const mutations = [...kqlMutations(parseKql("(a:x or b:(y and z)) and not c:{ d:e or f <= 4 } and free"))];
  const queries = mutations.flatMap((mutation) => mutation?.query ?? []);
  expect(queries.length).toBeGreaterThan(15);
  expect(new Set(queries).size).toBe(queries.length);
  for (const query of queries) expect(parseKql(query).errors, query).toEqual([]);
});
