/** Rules that cannot be run say why. */
import { describe, expect, test } from "vitest";
import { NO_TYPES } from "./ecsTypes.ts";
import { preparedOf } from "./support.ts";
import {
  query,
  threshold,
  TWO_BY_USER,
  termsTable,
  newTerms,
  mapping,
  threatMatch,
  threatQuery,
} from "./ruleTypeRows.ts";
import { refusalOf, type TypedRun } from "./typedRun.ts";

describe("what cannot be run says so", () => {
  test.each<readonly [string, TypedRun, string]>([
    ["a broken query", query("", [], { query: "a:" }), "broken: Expected a value after :"],
    [
      "a value that the field does not take",
      query("", [], { query: "n:x", mapping: { n: "long" } }),
      "broken: `x` is no number, and `n` is of the type long",
    ],
    [
      "a filter of another kind",
      query("filters = [{ query = { geo_shape = {} } }]", []),
      "unsupported: An entry of `filters` cannot be run: the query `geo_shape`",
    ],
    [
      "a filter with a setting that is not known",
      query("filters = [{ query = { match = { a = { query = 'x', fuzziness = 'AUTO' } } } }]", []),
      "unsupported: An entry of `filters` cannot be run: the setting `fuzziness` of `a`",
    ],
    [
      "a window that is no time",
      query('from = "yesterday"', []),
      "broken: `from` is no point in time: yesterday",
    ],
    [
      "a threshold without a number",
      threshold('field = ["user"]', []),
      "broken: The rule has no threshold with a `value`",
    ],
    [
      "a threshold by a text",
      threshold(TWO_BY_USER, [], { mapping: { a: "keyword", user: "text" } }),
      "broken: Elasticsearch groups nothing by `user`, which is of the type text",
    ],
    ["new terms without fields", newTerms("[]", []), "broken: The rule has no fields in `new_terms.value`"],
    [
      "a history that begins with the window",
      newTerms('["user"]', [], { more: termsTable('["user"]', "now-6m") }),
      "broken: `history_window_start` is not before `from`",
    ],
    [
      "a mapping of nothing",
      threatMatch([], [], { more: threatQuery("*:*", "") }),
      "broken: The rule has no `threat_mapping`",
    ],
    [
      "a mapping of negations",
      threatMatch([], [], { more: threatQuery("*:*", mapping([[["a", "b", "not"]]])) }),
      "broken: A group of `threat_mapping` has negated entries alone",
    ],
    [
      "indicators in Lucene",
      threatMatch([], [], { more: threatQuery("*:*").replace('"kuery"', '"lucene"') }),
      "unsupported: `threat_query` can be run in KQL alone",
    ],
  ])("%s", (_name, run, reason) => {
    expect(refusalOf(run)).toBe(reason);
  });

  test.each<readonly [more: string, reason: string]>([
    ['type = "query"\nlanguage = "lucene"', "Lucene cannot be run in a rule of the type query"],
    ['type = "threshold"\nlanguage = "lucene"', "Lucene cannot be run in a rule of the type threshold"],
    [
      'type = "machine_learning"',
      "Machine learning rules read the anomalies that a job of Elasticsearch has found, which cannot be told from events",
    ],
    ['type = "esql"\nlanguage = "esql"', "Rules of the type ES|QL cannot be run on sample events yet"],
  ])("%s", (more, reason) => {
    const refusal = { ok: false, error: { kind: "unsupported", reason } };
    expect(preparedOf("a:x", NO_TYPES, more)).toMatchObject(refusal);
  });
});
