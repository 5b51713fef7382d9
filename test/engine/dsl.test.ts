/** Queries in Elasticsearch's JSON on documents, by themselves and against the KQL that they were built from. */
import { describe, expect, test } from "vitest";
import { compileDsl } from "../../server/src/core/engine/dsl/compile.ts";
import { type JsonObject, type JsonValue } from "../../server/src/core/engine/event.ts";
import { compileKql } from "../../server/src/core/engine/kql/compile.ts";
import { kqlDsl, parseKql } from "../../server/src/core/query/kql/index.ts";
import { NOW, OPTIONS } from "../kql/smallWorld.ts";
import { randomTypedDocument, randomTypedQuery, VIEW } from "../kql/randomTyped.ts";
import { seededRandom } from "../support/random.ts";

function answer(query: JsonValue, document: JsonObject): boolean | string {
  const compiled = compileDsl(query, OPTIONS);
  return compiled.ok ? compiled.value(document) : compiled.error;
}

describe("a query", () => {
  test.each<readonly [query: JsonValue, document: JsonObject, answer: boolean | string]>([
    [{ match_all: {} }, {}, true],
    [{ match_none: {} }, { key: "a" }, false],
    [{ term: { key: "a" } }, { key: ["b", "a"] }, true],
    [{ term: { key: { value: "A", case_insensitive: true } } }, { key: "a" }, true],
    [{ term: { key: "A" } }, { key: "a" }, false],
    [{ term: { text: "quick" } }, { text: "The Quick fox" }, true],
    [{ term: { text: "Quick" } }, { text: "The Quick fox" }, false],
    [{ term: { long: 5 } }, { long: "5" }, true],
    [{ term: { long: "five" } }, { long: 5 }, '`"five"` asked of `long` of the type long'],
    [{ term: { long: { value: 5, case_insensitive: true } } }, {}, "`5` asked of `long` of the type long"],
    [{ terms: { key: ["a", "b"], boost: 2 } }, { key: "b" }, true],
    [{ terms: { key: ["a", "b"] } }, { key: "c" }, false],
    [{ terms: { key: "a" } }, {}, "`terms` without a list of values"],
    [{ match: { text: "quick dogs" } }, { text: "a quick fox" }, true],
    [{ match: { text: { query: "quick dogs", operator: "AND" } } }, { text: "a quick fox" }, false],
    [{ match: { text: { query: "fox quick", operator: "and" } } }, { text: "a quick fox" }, true],
    [{ match: { text: { query: "fox quick", type: "phrase" } } }, { text: "a quick fox" }, false],
    [{ match_phrase: { text: "quick fox" } }, { text: "a quick fox" }, true],
    [{ match_phrase: { key: { query: "a*" } } }, { key: "ab" }, false],
    [{ match_phrase: { object: { key: "a" } } }, {}, "the setting `key` of `object`"],
    [{ prefix: { key: "ab" } }, { key: "abc" }, true],
    [{ prefix: { key: { value: "AB", case_insensitive: true } } }, { key: "abc" }, true],
    [{ wildcard: { key: "a?c*" } }, { key: "abcd" }, true],
    [{ wildcard: { key: { wildcard: "A*", case_insensitive: true } } }, { key: "abc" }, true],
    [{ wildcard: { key: { value: "a\\*c" } } }, { key: "abc" }, false],
    [{ wildcard: { key: { value: "a\\*c*" } } }, { key: "a*cd" }, true],
    [{ wildcard: { key: { value: "C:\\\\x\\\\*" } } }, { key: "C:\\x\\y" }, true],
    [{ wildcard: { key: { value: "A\\?", case_insensitive: true } } }, { key: "a?" }, true],
    [{ wildcard: { key: { value: "A\\?", case_insensitive: true } } }, { key: "ab" }, false],
    [{ wildcard: { ip: "10.*" } }, {}, '`"10.*"` asked of `ip` of the type ip'],
    [{ wildcard: { key: "x*" } }, { key: "x".repeat(1025) }, false],
    [{ wildcard: { wild: "x*" } }, { wild: "x".repeat(1025) }, true],
    [{ prefix: { key: "x" } }, { key: ["y", "x".repeat(1025)] }, false],
    [{ regexp: { key: "a.+" } }, { key: "abc" }, true],
    [{ regexp: { key: { value: "A.+", flags: "ALL", case_insensitive: true } } }, { key: "abc" }, true],
    [{ regexp: { key: { value: "a.+", flags: "NONE" } } }, {}, '`"a.+"` asked of `key` of the type keyword'],
    [{ range: { long: { gt: 1, lte: "5" } } }, { long: 5 }, true],
    [{ range: { long: { gt: 1, lt: 5 } } }, { long: [0, 7] }, false],
    [
      { range: { "@timestamp": { gte: "now-1d/d", format: "strict_date_optional_time" } } },
      { "@timestamp": NOW },
      true,
    ],
    [{ range: { "flat.a": { gte: "a", lt: "c" } } }, { flat: { a: "b" } }, true],
    [
      { range: { "flat.a": { gte: "a" } } },
      {},
      "a range of `flat.a` with one limit, which is the key of a flattened field",
    ],
    [{ range: { long: { from: 1 } } }, {}, "`from` of a `range`"],
    [{ exists: { field: "object" } }, { object: { key: "a" } }, true],
    [{ exists: { field: "object" } }, { object: {} }, false],
    [{ exists: { field: "key" } }, { key: "" }, true],
    [{ exists: { field: "unknown" } }, { unknown: "a" }, false],
    [{ exists: {} }, {}, "`exists` without a field"],
    [{ term: { ip: "10.0.0.0/8" } }, { ip: "10.1.2.3" }, true],
    [
      { bool: { must: { term: { key: "a" } }, must_not: [{ term: { long: 1 } }] } },
      { key: "a", long: 2 },
      true,
    ],
    [
      { bool: { must: { term: { key: "a" } }, must_not: [{ term: { long: 1 } }] } },
      { key: "a", long: 1 },
      false,
    ],
    [{ bool: { should: [{ term: { key: "a" } }, { term: { key: "b" } }] } }, { key: "c" }, false],
    [{ bool: { should: [{ term: { key: "a" } }], filter: [] } }, { key: "c" }, false],
    [{ bool: { should: [{ term: { key: "a" } }], filter: [{ match_all: {} }] } }, { key: "c" }, true],
    [{ bool: { should: [], must: [], minimum_should_match: 1 } }, {}, true],
    [{ bool: { should: [], must: [{ match_all: {} }], minimum_should_match: 1 } }, {}, false],
    [
      { bool: { should: [{ term: { key: "a" } }, { term: { long: 1 } }], minimum_should_match: 2 } },
      { key: "a", long: 2 },
      false,
    ],
    [{ bool: { should: [], minimum_should_match: "75%" } }, {}, "`minimum_should_match` of `75%`"],
    [{ bool: {} }, {}, true],
    [{ bool: { musst: [] } }, {}, "`musst` of a `bool`"],
    [{ constant_score: { filter: { term: { key: "a" } }, boost: 2 } }, { key: "a" }, true],
    [
      {
        nested: {
          path: "items",
          query: { bool: { filter: [{ term: { "items.name": "a" } }, { term: { "items.size": 1 } }] } },
        },
      },
      {
        items: [
          { name: "a", size: 2 },
          { name: "b", size: 1 },
        ],
      },
      false,
    ],
    [
      { nested: { path: "items", query: { term: { "items.name": "a" } }, score_mode: "none" } },
      { items: [{ name: "b" }, { name: "a" }] },
      true,
    ],
    [{ term: { "items.name": "a" } }, { items: [{ name: "a" }] }, false],
    [
      { nested: { path: "key", query: { match_all: {} } } },
      {},
      "`nested` of `key`, which is no nested field",
    ],
    [{ geo_shape: {} }, {}, "the query `geo_shape`"],
    [{ term: { key: "a" }, match_all: {} }, {}, "a query of other than one kind"],
    [{}, {}, "a query of other than one kind"],
    ["key:a", {}, "a query that is no object"],
  ])("%j on %j", (query, document, expected) => {
    expect(answer(query, document)).toBe(expected);
  });

  test("so deep that nobody means it is refused", () => {
    let query: JsonValue = { match_all: {} };
    for (let level = 0; level < 100_000; level++) query = { bool: { filter: query } };
    expect(answer(query, {})).toBe("a query of so many levels");
  });
});

const SEED = 20_260_101;

test(`what Kibana makes of a KQL query answers as the query does (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  const documents = Array.from({ length: 200 }, () => randomTypedDocument(random));
  let compared = 0;
  for (let round = 0; round < 600; round++) {
    const text = randomTypedQuery(random);
    const { ast } = parseKql(text);
    const built = kqlDsl(ast, VIEW);
    const kql = compileKql(ast, OPTIONS);
    const dsl = built.ok ? compileDsl(built.value, OPTIONS) : built;
    // Wildcards on fields other than keywords are sent in a language of their own.
    if (!dsl.ok || !kql.ok) continue;
    compared++;
    for (const document of documents) {
      expect(dsl.value(document), `${text} on ${JSON.stringify(document)}`).toBe(kql.value(document));
    }
  }
  expect(compared).toBeGreaterThan(300);
});
