/** Beside the conformance data: what it has no case of. */
import { describe, expect, test } from "vitest";
import { type DataView, dataViewOf, kqlDsl, parseKql } from "../../server/src/core/query/kql/index.ts";
import { typesFrom } from "../engine/eqlAsk.ts";

const VIEW: DataView = {
  fields: [
    { name: "key", type: "string", esTypes: ["keyword"], nestedPath: undefined },
    { name: "mixed", type: "string", esTypes: ["keyword", "text"], nestedPath: undefined },
    { name: "items.name", type: "string", esTypes: ["keyword"], nestedPath: "items" },
    { name: "items.parts.id", type: "number", esTypes: ["long"], nestedPath: "items.parts" },
  ],
};

function dsl(query: string): unknown {
  const built = kqlDsl(parseKql(query).ast, VIEW);
  return built.ok ? built.value : built.error.messages;
}

/** Of a comparison with one field. */
function leaf(query: object): object {
  return anyOf(query);
}

function anyOf(...queries: readonly object[]): object {
  return { bool: { should: queries, minimum_should_match: 1 } };
}

/** In the braces of `items`. */
function nested(query: object): object {
  return { nested: { path: "items", query, score_mode: "none" } };
}

describe("Queries", () => {
  test.each<readonly [string, object]>([
    ["", { match_all: {} }],
    ["key:**", leaf({ wildcard: { key: { value: "**" } } })],
    ["mixed:a*", leaf({ query_string: { fields: ["mixed"], query: "a*" } })],
    ["mixed:a", leaf({ match: { mixed: "a" } })],
    ["null:a*", { query_string: { query: "a*" } }],
    [
      "items.n*:a",
      leaf({
        nested: { path: "items", query: { term: { "items.name": { value: "a" } } }, score_mode: "none" },
      }),
    ],
    ["nowhere*:a", leaf({ match: { "nowhere*": "a" } })],
    [
      "items:{ n*:* }",
      { nested: { path: "items", query: leaf({ exists: { field: "items.name" } }), score_mode: "none" } },
    ],
    [
      "items:{ key:a }",
      { nested: { path: "items", query: leaf({ match: { "items.key": "a" } }), score_mode: "none" } },
    ],
    ["items:{ *:* }", nested({ match_all: {} })],
    ["items:{ a }", nested(leaf({ match: { "items.null": "a" } }))],
    [
      'items:{ "a" or null:b* }',
      nested(
        anyOf(
          leaf({ match_phrase: { "items.null": "a" } }),
          leaf({ query_string: { fields: ["items.null"], query: "b*" } }),
        ),
      ),
    ],
    ["items:{ * }", nested(leaf({ exists: { field: "items.null" } }))],
    ["key > true", leaf({ range: { key: { gt: true } } })],
    ["*", { query_string: { query: "*" } }],
  ])("%s", (query, expected) => {
    expect(dsl(query)).toEqual(expected);
  });
});

describe("Refusals", () => {
  test.each([
    [
      "items:{ *:a }",
      "Nested field items.parts.id is being queried with the incorrect nested path. The correct path is items.parts.",
    ],
    [
      "items:{ *:(* or a) }",
      "Nested field items.parts.id is being queried with the incorrect nested path. The correct path is items.parts.",
    ],
    [
      "items:{ parts.id:1 }",
      "Nested field items.parts.id is being queried with the incorrect nested path. The correct path is items.parts.",
    ],
    ["items.name:a", "items.name is a nested field, but is not in a nested group in the KQL expression."],
    ["key:", "The query is incomplete"],
    ["a < b < c", "The query is incomplete"],
  ])("%s", (query, expected) => {
    expect(dsl(query)).toEqual([expected]);
  });
});

test("the fields of a data view are of the types that they behave like", () => {
  const types = typesFrom({
    host: "constant_keyword",
    command: "wildcard",
    text: "match_only_text",
    when: "date_nanos",
    size: "unsigned_long",
    tree: "object",
    inner: { type: "keyword", nestedIn: "outer" },
  });
  const names = ["host", "command", "text", "when", "size", "tree", "inner", "unmapped", "host"];
  const view = dataViewOf(types, names);
  expect(
    view.fields.map(({ name, type, esTypes, nestedPath }) => [name, type, ...esTypes, nestedPath]),
  ).toEqual([
    ["host", "string", "keyword", undefined],
    ["command", "string", "keyword", undefined],
    ["text", "string", "text", undefined],
    ["when", "date", "date_nanos", undefined],
    ["size", "number", "unsigned_long", undefined],
    ["inner", "string", "keyword", "outer"],
  ]);
});
