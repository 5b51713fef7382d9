/** Sample events for rules of KQL: what is made, and that it has the verdict that it promises. */
import { describe, expect, test } from "vitest";
import { type JsonObject } from "../../server/src/core/engine/event.ts";
import { type RuleDocument } from "../../server/src/core/rule/model.ts";
import { readRule } from "../../server/src/core/rule/read.ts";
import { asSampleEvents } from "../../server/src/core/testing/generate/asSamples.ts";
import {
  type Generated,
  type GeneratedSample,
  generateSamples,
} from "../../server/src/core/testing/generate.ts";
import { prepareRule } from "../../server/src/core/testing/runners.ts";
import { readToml } from "../../server/src/core/toml/read.ts";
import { exhausted } from "../engine/exhausted.ts";
import { ecsTypes } from "./ecsTypes.ts";

function ruleOf(type: string, query: string, more = ""): RuleDocument {
  return readRule(
    readToml(`[rule]\nname = "A"\ntype = "${type}"\nlanguage = "kuery"\nquery = '''${query}'''\n${more}\n`),
  );
}

function generated(rule: RuleDocument): Generated {
  const outcome = exhausted(generateSamples(rule, { types: ecsTypes }));
  if (!outcome.ok) throw new Error(outcome.error.reason);
  return outcome.value;
}

function alertCount(rule: RuleDocument, { events, history = [], indicators = [] }: GeneratedSample): number {
  const prepared = prepareRule(rule, { types: ecsTypes, query: undefined });
  if (!prepared.ok) throw new Error(prepared.error.reason);
  const inputs = {
    events: asSampleEvents(events),
    history: asSampleEvents(history),
    indicators: asSampleEvents(indicators),
    now: undefined,
    index: undefined,
  };
  const outcome = exhausted(prepared.value.run(inputs));
  if (!outcome.ok) throw new Error(outcome.error.reason);
  return outcome.value.alerts.length;
}

/** The names of the near misses; everything that was made keeps its promise. */
function missesOf(rule: RuleDocument): readonly string[] {
  const { match, nearMisses, notMade } = generated(rule);
  expect(alertCount(rule, match)).toBeGreaterThan(0);
  for (const miss of nearMisses) expect(alertCount(rule, miss), miss.name).toBe(0);
  expect(notMade).toEqual([]);
  return nearMisses.map(({ name }) => name);
}

const THRESHOLD = '[rule.threshold]\nfield = ["user.name"]\nvalue = 3';
const COUNTED = '[[rule.threshold.cardinality]]\nfield = "process.pid"\nvalue = 5';
const NEW_TERMS =
  '[rule.new_terms]\nfield = "new_terms_fields"\nvalue = ["user.name", "host.id"]\n[[rule.new_terms.history_window_start]]\nfield = "history_window_start"\nvalue = "now-5d"';
const MAPPING = `threat_query = '@timestamp >= "now-30d/d" and event.dataset:ti_* and threat.indicator.ip:*'
threat_language = "kuery"
[[rule.threat_filters]]
[rule.threat_filters.query.match_phrase]
"event.category" = "threat"
[[rule.threat_mapping]]
[[rule.threat_mapping.entries]]
field = "source.ip"
type = "mapping"
value = "threat.indicator.ip"
[[rule.threat_mapping.entries]]
field = "user.name"
type = "mapping"
value = "threat.indicator.name"
negate = true`;

describe("near misses", () => {
  test.each<readonly [name: string, rule: RuleDocument, misses: readonly string[]]>([
    [
      "of each clause",
      ruleOf("query", "process.name:(cmd.exe or power*) and process.pid > 4 and not user.name:(a* or b)"),
      [
        "not `process.name:(cmd.exe or power*)`",
        "not `process.pid > 4`",
        "excluded by `user.name:(a* or b)`",
      ],
    ],
    [
      "of a choice",
      ruleOf(
        "query",
        'host.os.type:linux and (file.path:/etc/* or source.ip:10.0.0.0/8 or @timestamp < "2020-01-01")',
      ),
      ["not `host.os.type:linux`", 'not `file.path:/etc/* or source.ip:10.0.0.0/8…tamp < "2020-01-01"`'],
    ],
    [
      "of a list with more than values in it",
      ruleOf("query", "process.args:(-d and -c and not (a or b))"),
      ["not `-d`", "not `-c`", "excluded by `a or b`"],
    ],
    [
      "of a group",
      ruleOf("threshold", "process.name:cmd.exe", THRESHOLD),
      [
        "not `process.name:cmd.exe`",
        "one event too little",
        "without `user.name`",
        "each with another `user.name`",
      ],
    ],
    [
      "of a group with different values",
      ruleOf("threshold", "process.pid > 100", `${THRESHOLD}\n${COUNTED}`),
      [
        "not `process.pid > 100`",
        "one event too little",
        "one value of `process.pid` too little",
        "without `user.name`",
        "each with another `user.name`",
      ],
    ],
    [
      "of something new",
      ruleOf("new_terms", "user.name:j* and host.id:*", NEW_TERMS),
      ["not `user.name:j*`", "not `host.id:*`", "seen before", "without `user.name`", "without `host.id`"],
    ],
    [
      "of an indicator",
      ruleOf("threat_match", "source.ip:* and user.name:*", MAPPING),
      [
        "not `source.ip:*`",
        "not `user.name:*`",
        "no indicator has its `source.ip`",
        "the indicator has the same `user.name`",
      ],
    ],
  ])("%s", (_name, rule, misses) => {
    expect(missesOf(rule)).toEqual(misses);
  });
});

test("filters are heeded", () => {
  const more =
    'filters = [{ query = { range = { "process.pid" = { gte = 40, lt = 42 } } } }, { meta = { negate = true }, query = { wildcard = { "user.name" = { value = "jd*", case_insensitive = true } } } }, { query = { bool = { should = [{ term = { "event.code" = "7" } }, { exists = { field = "nowhere" } }] } } }]';
  const [event] = generated(ruleOf("query", "process.name:sh and user.name:*", more)).match.events;
  expect(event).toMatchObject({
    process: { pid: expect.toSatisfy((pid: number) => 40 <= pid && pid < 42) as number },
  });
});

test("a group has as many events and different values as are asked for", () => {
  const { match } = generated(ruleOf("threshold", "process.args:*", `${THRESHOLD}\n${COUNTED}`));
  const pids = match.events.map((event) => (event["process"] as JsonObject | undefined)?.["pid"]);
  expect([match.events.length, new Set(pids).size]).toEqual([5, 5]);
});

test("a new value has a history of another one", () => {
  const { match } = generated(ruleOf("new_terms", "user.name:*", NEW_TERMS));
  const names = [...(match.history ?? []), ...match.events].map(
    (event) => (event["user"] as JsonObject)["name"],
  );
  expect([names.length, new Set(names).size]).toEqual([2, 2]);
});

test("an indicator is what its query asks for", () => {
  const { match } = generated(ruleOf("threat_match", "source.ip:*", MAPPING));
  expect(match.indicators).toMatchObject([
    { event: { category: "threat" }, threat: { indicator: { ip: expect.any(String) as string } } },
  ]);
});

test.each<readonly [query: string, reason: string]>([
  ["user.name:a and not user.name:*", "No event was found of which `user.name:*` is true beside the rest"],
  [
    "process.pid > 5 and process.pid < 3",
    "No event was found of which `process.pid < 3` is true beside the rest",
  ],
])("%s cannot be made", (query, reason) => {
  const outcome = exhausted(generateSamples(ruleOf("query", query), { types: ecsTypes }));
  expect(outcome).toMatchObject({ ok: false, error: { kind: "unsupported", reason } });
});
