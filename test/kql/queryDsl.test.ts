/** What is copied as query DSL: of which query of the rule, with which types, and why not. */
import { describe, expect, test } from "vitest";
import { queryDslAt } from "../../server/src/core/features/queryDsl.ts";
import { NO_KNOWLEDGE } from "../../server/src/core/knowledge/knowledge.ts";
import { ELASTIC, knowledge, snapshot } from "../support/analyse.ts";

function rule(more: string, type = "query", language = "kuery"): string {
  return `[metadata]\nmaturity = "production"\n[rule]\ntype = "${type}"\nlanguage = "${language}"\nindex = ["logs-*"]\n${more}\n`;
}

/** With the cursor behind a text of the rule. */
function copied(text: string, behind: string, known = knowledge): unknown {
  const dsl = queryDslAt(snapshot(text, ELASTIC, known), text.indexOf(behind) + behind.length);
  return dsl.ok ? (JSON.parse(dsl.value) as unknown) : dsl.error;
}

/** Of a comparison with one field or more. */
function fields(...queries: readonly object[]): object {
  return { bool: { should: queries, minimum_should_match: 1 } };
}

const INDICATORS = rule(
  `query = 'process.name:sh'\nthreat_query = 'threat.indicator.ip:*'\nthreat_language = "kuery"\nthreat_index = ["logs-ti_*"]`,
  "threat_match",
);

describe("A query as Kibana sends it", () => {
  test.each<readonly [name: string, text: string, behind: string, expected: object]>([
    [
      "the types of ECS say how a field is asked",
      rule(`query = 'process.name:sh and process.pid > 4 and message:"a b" and process.args:-*'`),
      "process.name",
      {
        bool: {
          filter: [
            fields({ term: { "process.name": { value: "sh" } } }),
            fields({ range: { "process.pid": { gt: "4" } } }),
            fields({ match_phrase: { message: "a b" } }),
            fields({ wildcard: { "process.args": { value: "\\-*" } } }),
          ],
        },
      },
    ],
    [
      "a pattern of names stands for the fields of ECS",
      rule("query = 'dll.hash.sha*:abc'"),
      "dll",
      fields(
        ...["1", "256", "384", "512"].map((size) => ({
          term: { [`dll.hash.sha${size}`]: { value: "abc" } },
        })),
      ),
    ],
    [
      "a field that nobody knows is asked without a type",
      rule("query = 'acme.name:a'"),
      "acme",
      fields({ match: { "acme.name": "a" } }),
    ],
    [
      "the query of indicators, with the cursor in it",
      INDICATORS,
      "threat.indicator",
      fields({ exists: { field: "threat.indicator.ip" } }),
    ],
    [
      "the rule's own query, with the cursor elsewhere",
      INDICATORS,
      "[metadata]",
      fields({ term: { "process.name": { value: "sh" } } }),
    ],
  ])("%s", (_name, text, behind, expected) => {
    expect(copied(text, behind)).toEqual({ query: expected });
  });

  test("Without any schema no types are known", () => {
    expect(copied(rule("query = 'process.name:sh'"), "sh", NO_KNOWLEDGE)).toEqual({
      query: fields({ match: { "process.name": "sh" } }),
    });
  });
});

describe("Nothing is copied", () => {
  test.each([
    [rule("query = 'process where true'", "eql", "eql"), "Only KQL is a query that Kibana writes as DSL"],
    [rule("query = 'a:'"), "The query has an error: Expected a value after :"],
    [rule("query = ''"), "There is no query in this rule"],
    [rule(""), "There is no query in this rule"],
  ])("%#", (text, reason) => {
    expect(copied(text, "[rule]")).toBe(reason);
  });
});
