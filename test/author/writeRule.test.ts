/** What is written reads back as it was, by another reader than ours. */
import fc from "fast-check";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { ruleText } from "../../server/src/core/author/writeRule.ts";
import { type JsonObject, type JsonValue } from "../../server/src/core/engine/event.ts";

const METADATA = { creation_date: "2026/01/31" };

function written(rule: JsonObject): unknown {
  return parse(ruleText({ metadata: METADATA, rule }))["rule"];
}

/** Prose and queries end with the end of a line. */
const LINED = new Set(["description", "note", "setup", "query", "threat_query"]);

/** Files hold no halves of a pair of UTF-16 units. */
function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}

const name = fc.oneof(
  fc.constantFrom("name", "tags", "threat", "filters", "max_signals"),
  fc.string({ maxLength: 8 }),
);
const scalar: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }).filter(isWellFormed),
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
);
const value: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(name, tie("value"), { maxKeys: 4 }),
  ),
})).value;

test("any values come back", () => {
  fc.assert(
    fc.property(fc.dictionary(name, value, { maxKeys: 5 }), (rule) => {
      fc.pre(
        Object.keys(rule).every((key) => !LINED.has(key)) &&
          !("__proto__" in rule && Object.hasOwn(rule, "__proto__")),
      );
      expect(written(rule)).toEqual(rule);
    }),
    { numRuns: 500, seed: 7 },
  );
});

test.each(["description", "note", "setup", "query", "threat_query"])("a long %s keeps its text", (key) => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 0, maxLength: 200 }), (text) => {
      fc.pre(isWellFormed(text) && !text.includes("\r"));
      const back = written({ [key]: text }) as Record<string, string>;
      expect([text, `${text}\n`]).toContain(back[key]);
    }),
    { numRuns: 300, seed: 11 },
  );
});

test("the layout is that of most rules", () => {
  const rule = {
    type: "eql",
    query: "process where true",
    name: "Some",
    tags: [
      "Domain: Endpoint",
      "OS: Windows",
      "Use Case: Threat Detection",
      "Data Source: Elastic Defend",
      "Tactic: Execution",
    ],
    threat: [{ framework: "MITRE ATT&CK", tactic: { id: "TA0002" }, technique: [{ id: "T1059" }] }],
    index: ["logs-*"],
    description: "Short.",
  };
  expect(ruleText({ metadata: METADATA, rule })).toBe(`[metadata]
creation_date = "2026/01/31"

[rule]
description = "Short."
index = ["logs-*"]
name = "Some"
tags = [
    "Domain: Endpoint",
    "OS: Windows",
    "Use Case: Threat Detection",
    "Data Source: Elastic Defend",
    "Tactic: Execution",
]
type = "eql"

query = '''
process where true
'''

[[rule.threat]]
framework = "MITRE ATT&CK"

[[rule.threat.technique]]
id = "T1059"

[rule.threat.tactic]
id = "TA0002"
`);
});
