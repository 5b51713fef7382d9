/** Rules of all types but EQL on events: which events alert, alone or together, and what is said of those that do not. */
import { describe, expect, test } from "vitest";
import { alertOf } from "../../server/src/core/testing/alert.ts";
import { type JsonObject } from "../../server/src/core/engine/event.ts";
import { NO_TYPES } from "./ecsTypes.ts";
import { preparedOf } from "./support.ts";
import { outcomeOf, preparedRun, refusalOf, silentOf, type TypedRun } from "./typedRun.ts";

/** `alerts`: lines of the events of each, and what the type of the rule found out. */
type Row = readonly [name: string, run: TypedRun, alerts: readonly string[], silent?: readonly string[]];

function check(rows: readonly Row[]): void {
  const cases = rows.map(([name, run, alerts, silent]) => ({ name, run, alerts, silent }));
  test.each(cases)("$name", ({ run, alerts, silent }) => {
    const outcome = outcomeOf(run);
    expect(outcome.alerts).toEqual(alerts);
    if (silent !== undefined) expect(silentOf(outcome)).toEqual(silent);
  });
}

function query(more: string, events: TypedRun["events"], rest: Partial<TypedRun> = {}): TypedRun {
  return { type: "query", query: "a:x", more, events, ...rest };
}

const NEGATED = `[[rule.filters]]
[rule.filters.meta]
negate = true
[rule.filters.query.wildcard."file.path"]
case_insensitive = true
value = "?:\\\\\\\\Program Files\\\\\\\\*"`;

describe("query rules", () => {
  check([
    ["every event that matches alerts", query("", [{ a: "x" }, { a: "y" }, { a: ["y", "x"] }]), ["1", "3"]],
    ["letters of another case do not match", query("", [{ a: "X" }]), []],
    [
      "alerts come in the order of time",
      query("", [
        { at: "10:05", a: "x" },
        { at: "10:01", a: "x" },
      ]),
      ["2", "1"],
    ],
    [
      "events of the same moment keep their order",
      query("", [
        { at: "10:05", a: "x", b: 1 },
        { at: "10:05", a: "x", b: 2 },
      ]),
      ["1", "2"],
    ],
    ["a blank query matches everything", query("", [{ b: 1 }, {}], { query: "" }), ["1", "2"]],
    ["so does a missing one", query("", [{ b: 1 }], { query: undefined }), ["1"]],
    [
      "without `now` the window is ignored",
      query('from = "now-9m"', [
        { at: "08:00", a: "x" },
        { at: "10:00", a: "x" },
      ]),
      ["1", "2"],
    ],
    [
      "with `now` both ends of the window belong to it",
      query(
        'from = "now-9m"',
        [
          { at: "09:50:59.999", a: "x" },
          { at: "09:51", a: "x" },
          { at: "10:00", a: "x" },
          { at: "10:00:00.001", a: "x" },
        ],
        { now: "10:00" },
      ),
      ["2", "3"],
    ],
    [
      "the window is six minutes unless the rule says otherwise",
      query(
        "",
        [
          { at: "09:53:59", a: "x" },
          { at: "09:54", a: "x" },
        ],
        { now: "10:00" },
      ),
      ["2"],
    ],
    [
      "the time of ingestion counts where the rule says so, if the event has one",
      query(
        'from = "now-9m"\ntimestamp_override = "event.ingested"',
        [
          { at: "08:00", a: "x", "event.ingested": "2026-01-01T09:55:00Z" },
          { at: "09:55", a: "x", "event.ingested": "2026-01-01T08:00:00Z" },
          { at: "09:55", a: "x" },
        ],
        { now: "10:00" },
      ),
      ["1", "3"],
    ],
    [
      "an event without a time is inside of the window",
      query('from = "now-9m"', [{ a: "x" }], { now: "10:00" }),
      ["1"],
    ],
    [
      "`now` of the query is that of the run",
      query(
        "",
        [
          { a: "x", seen: "2025-12-31" },
          { a: "x", seen: "2025-11-01" },
        ],
        {
          query: "a:x and seen >= now-30d/d",
          mapping: { a: "keyword", seen: "date" },
          now: "10:00",
        },
      ),
      ["1"],
    ],
    [
      "without a word about it the newest event says when the rule runs",
      query(
        "",
        [
          { at: "01-20T10:00", a: "x", seen: "2026-01-19" },
          { at: "10:00", a: "x", seen: "2025-12-31" },
        ],
        {
          query: "seen >= now-5d",
          mapping: { a: "keyword", seen: "date", "@timestamp": "date" },
        },
      ),
      ["1"],
    ],
    [
      "a filter is added to EQL, too, before events are put together",
      {
        type: "eql",
        query: 'sequence [any where a == "x"] [any where a == "y"]',
        more: 'filters = [{ meta = { negate = true }, query = { match_phrase = { b = "z" } } }]',
        events: [
          { at: "10:01", a: "x", b: "z" },
          { at: "10:02", a: "x" },
          { at: "10:03", a: "y" },
        ],
      },
      ["2+3"],
      ['1 does not fit the rule\'s filter not `{"match_phrase":{"b":"z"}}`'],
    ],
    [
      "a filter is added to the query",
      query('filters = [{ query = { match_phrase = { b = "y" } } }]', [
        { a: "x", b: "y" },
        { a: "x", b: "z" },
      ]),
      ["1"],
      ['2 does not fit the rule\'s filter `{"match_phrase":{"b":"y"}}`'],
    ],
    [
      "a negated filter takes away, whatever the case",
      query(NEGATED, [
        { a: "x", "file.path": "c:\\program files\\b" },
        { a: "x", "file.path": "D:\\b" },
        { a: "x" },
      ]),
      ["2", "3"],
    ],
    [
      "a disabled filter does nothing",
      query("filters = [{ meta = { disabled = true }, query = { match_none = {} } }]", [{ a: "x" }]),
      ["1"],
    ],
    [
      "a filter of old stands for itself",
      query('filters = [{ exists = { field = "b" }, meta = { negate = true, type = "exists" } }]', [
        { a: "x", b: "y" },
        { a: "x" },
      ]),
      ["2"],
    ],
    [
      "filters are combined by and, and inside of one by its relation",
      query(
        `filters = [
  { query = { range = { n = { gte = 3, lt = 9 } } } },
  { meta = { type = "combined", relation = "OR", params = [{ query = { term = { b = "y" } } }, { meta = { negate = true }, query = { exists = { field = "b" } } }] } },
]`,
        [
          { a: "x", n: 3, b: "y" },
          { a: "x", n: 9, b: "y" },
          { a: "x", n: 4 },
          { a: "x", n: 4, b: "z" },
        ],
      ),
      ["1", "3"],
    ],
    [
      "in a `bool` one of the clauses that should hold must, unless others must",
      query(
        'filters = [{ query = { bool = { should = [{ term = { b = "y" } }, { prefix = { b = "z" } }] } } }, { query = { bool = { filter = { exists = { field = "b" } }, should = [{ term = { b = "never" } }] } } }]',
        [
          { a: "x", b: "y" },
          { a: "x", b: "zoo" },
          { a: "x", b: "q" },
        ],
      ),
      ["1", "2"],
    ],
    [
      "events of other indices are not read",
      query('index = ["logs-a-*"]', [
        { a: "x", data_stream: { dataset: "b" } },
        { a: "x", data_stream: { dataset: "a" } },
      ]),
      ["2"],
    ],
  ]);

  test("more alerts than one run may write are noted", () => {
    const { result } = outcomeOf(query("max_signals = 1", [{ a: "x" }, { a: "x" }]));
    expect(result.notes).toEqual(["Kibana writes 1 of these 2 alerts in one run"]);
    expect(preparedRun(query("max_signals = 1", [{ a: "x" }])).maxSignals).toBe(1);
  });

  test("what lies outside of the window is named", () => {
    const events = [
      { at: "08:00", a: "x" },
      { at: "11:00", a: "x" },
    ];
    const { result } = outcomeOf(query("", events, { now: "10:00" }));
    expect(result.passedOver.map(({ reason }) => reason)).toEqual([
      "lies before the rule's window, which begins at 2026-01-01T09:54:00.000Z",
      "lies after the rule's window, which ends at 2026-01-01T10:00:00.000Z",
    ]);
  });
});

const BY_USER = '[rule.alert_suppression]\ngroup_by = ["user"]';
const APART = `${BY_USER}\nmissing_fields_strategy = "doNotSuppress"`;

describe("alert suppression", () => {
  check([
    [
      "events of one value make one alert, on the first of them",
      query(BY_USER, [
        { at: "10:02", a: "x", user: "bob" },
        { at: "10:01", a: "x", user: "bob" },
        { at: "10:03", a: "x", user: "eve" },
      ]),
      ['2+1 ["bob" +1]', '3 ["eve" +0]'],
    ],
    [
      "nothing is a value like others",
      query(BY_USER, [{ a: "x" }, { a: "x" }, { a: "x", user: "bob" }]),
      ["1+2 [null +1]", '3 ["bob" +0]'],
    ],
    [
      "unless the rule says that it is not",
      query(APART, [{ a: "x" }, { a: "x" }, { a: "x", user: "bob" }, { a: "x", user: "bob" }]),
      ["1", "2", '3+4 ["bob" +1]'],
    ],
    [
      "an event with two values is in two groups",
      query(BY_USER, [
        { a: "x", user: ["bob", "eve"] },
        { a: "x", user: "eve" },
      ]),
      ['1 ["bob" +0]', '1+2 ["eve" +1]'],
    ],
    [
      "of two fields all values must be the same",
      query('[rule.alert_suppression]\ngroup_by = ["user", "host"]', [
        { a: "x", user: "bob", host: "h" },
        { a: "x", user: "bob", host: "i" },
        { a: "x", user: "bob", host: "h" },
      ]),
      ['1+3 ["bob","h" +1]', '2 ["bob","i" +0]'],
    ],
    [
      "new terms are folded by the whole value",
      {
        ...newTerms('["host"]', [
          { a: "x", host: "h", user: ["bob", "eve"] },
          { a: "x", host: "i", user: ["bob", "eve"] },
          { a: "x", host: "j", user: "bob" },
        ]),
        more: `${termsTable('["host"]')}\n${BY_USER}`,
      },
      ['1+2 "h" [["bob","eve"] +1]', '3 "j" ["bob" +0]'],
    ],
  ]);
});

function threshold(table: string, events: TypedRun["events"], rest: Partial<TypedRun> = {}): TypedRun {
  return { type: "threshold", query: "a:x", more: `[rule.threshold]\n${table}`, events, ...rest };
}

const TWO_BY_USER = 'field = ["user"]\nvalue = 2';
const CARDINALITY = '[[rule.threshold.cardinality]]\nfield = "host"\nvalue = 2';

describe("threshold rules", () => {
  check([
    [
      "a group alerts from the number of events on",
      threshold(TWO_BY_USER, [
        { a: "x", user: "bob" },
        { a: "x", user: "eve" },
        { a: "x", user: "bob" },
      ]),
      ['1+3 "bob" ×2'],
      ["2 does not alert: `user` `eve` has 1 of 2 events"],
    ],
    [
      "what the query does not match does not count",
      threshold(TWO_BY_USER, [
        { a: "x", user: "bob" },
        { a: "y", user: "bob" },
      ]),
      [],
    ],
    [
      "an event without the field is in no group",
      threshold(TWO_BY_USER, [{ a: "x" }, { a: "x" }, { a: "x", user: null }]),
      [],
      [
        "1 has no `user`, and is in no group",
        "2 has no `user`, and is in no group",
        "3 has no `user`, and is in no group",
      ],
    ],
    [
      "an event without one of several fields is in no group",
      threshold('field = ["user", "host"]\nvalue = 1', [
        { a: "x", user: "bob" },
        { a: "x", user: "bob", host: "h" },
      ]),
      ['2 "bob","h" ×1'],
      ["1 has no `host`, and is in no group"],
    ],
    [
      "an event with several values is in a group for each",
      threshold(TWO_BY_USER, [
        { a: "x", user: ["bob", "eve"] },
        { a: "x", user: "eve" },
      ]),
      ['1+2 "eve" ×2'],
      [],
    ],
    ["the same value twice counts once", threshold(TWO_BY_USER, [{ a: "x", user: ["bob", "bob"] }]), []],
    [
      "several fields with several values make every combination",
      threshold('field = ["user", "host"]\nvalue = 1', [{ a: "x", user: ["b", "e"], host: ["h", "i"] }]),
      ['1 "b","h" ×1', '1 "b","i" ×1', '1 "e","h" ×1', '1 "e","i" ×1'],
    ],
    [
      "without fields all events are one group",
      threshold("field = []\nvalue = 2", [{ a: "x" }, { a: "x", user: "bob" }]),
      ["1+2  ×2"],
    ],
    ["without fields and events there is no group", threshold("field = []\nvalue = 1", [{ a: "y" }]), []],
    [
      "one field may stand by itself",
      threshold('field = "user"\nvalue = 1', [{ a: "x", user: "bob" }]),
      ['1 "bob" ×1'],
    ],
    [
      "an empty name is no field",
      threshold('field = ""\nvalue = 2', [
        { a: "x", user: "bob" },
        { a: "x", user: "eve" },
      ]),
      ["1+2  ×2"],
    ],
    [
      "values differ by case",
      threshold(TWO_BY_USER, [
        { a: "x", user: "Bob" },
        { a: "x", user: "bob" },
      ]),
      [],
    ],
    [
      "numbers and texts are the same keyword",
      threshold(
        TWO_BY_USER,
        [
          { a: "x", user: 7 },
          { a: "x", user: "7" },
        ],
        {
          mapping: { a: "keyword", user: "keyword" },
        },
      ),
      ['1+2 "7" ×2'],
    ],
    [
      "addresses are the same however they are written",
      threshold(
        TWO_BY_USER,
        [
          { a: "x", user: "::ffff:10.0.0.1" },
          { a: "x", user: "10.0.0.1" },
        ],
        {
          mapping: { a: "keyword", user: "ip" },
        },
      ),
      ['1+2 "10.0.0.1" ×2'],
    ],
    [
      "what the field's type cannot hold is no value",
      threshold(
        'field = ["n"]\nvalue = 1',
        [
          { a: "x", n: "seven" },
          { a: "x", n: "7" },
        ],
        {
          mapping: { a: "keyword", n: "long" },
        },
      ),
      ["2 7 ×1"],
      ["1 has no `n`, and is in no group"],
    ],
    [
      "different values of another field are counted",
      threshold(`field = ["user"]\nvalue = 1\n${CARDINALITY}`, [
        { a: "x", user: "bob", host: "h" },
        { a: "x", user: "bob", host: "i" },
        { a: "x", user: "eve", host: "h" },
        { a: "x", user: "eve", host: "h" },
      ]),
      ['1+2 "bob" ×2/2'],
      [
        "3 does not alert: `user` `eve` has 2 of 1 event and 1 of 2 values of `host`",
        "4 does not alert: `user` `eve` has 2 of 1 event and 1 of 2 values of `host`",
      ],
    ],
    [
      "events and values must both be enough",
      threshold(`field = ["user"]\nvalue = 3\n${CARDINALITY}`, [
        { a: "x", user: "bob", host: "h" },
        { a: "x", user: "bob", host: "i" },
      ]),
      [],
    ],
    [
      "all values of one event count",
      threshold(`field = ["user"]\nvalue = 1\n${CARDINALITY}`, [{ a: "x", user: "bob", host: ["h", "i"] }]),
      ['1 "bob" ×1/2'],
    ],
    [
      "an event without the counted field still counts as an event",
      threshold(`field = ["user"]\nvalue = 3\n${CARDINALITY}`, [
        { a: "x", user: "bob", host: "h" },
        { a: "x", user: "bob", host: "i" },
        { a: "x", user: "bob" },
      ]),
      ['1+2+3 "bob" ×3/2'],
    ],
    [
      "of several counted fields the first one counts",
      threshold(
        `field = []\nvalue = 1\n${CARDINALITY}\n[[rule.threshold.cardinality]]\nfield = "user"\nvalue = 9`,
        [{ a: "x", host: ["h", "i"] }],
      ),
      ["1  ×1/2"],
    ],
    [
      "only events of the window count",
      threshold(
        TWO_BY_USER,
        [
          { at: "09:00", a: "x", user: "bob" },
          { at: "09:59", a: "x", user: "bob" },
        ],
        {
          now: "10:00",
        },
      ),
      [],
    ],
    [
      "filters take events away",
      threshold(`${TWO_BY_USER}\n[[rule.filters]]\n[rule.filters.query.term]\nkind = "k"`, [
        { a: "x", user: "bob", kind: "k" },
        { a: "x", user: "bob" },
      ]),
      [],
    ],
  ]);

  test("those that nearly alerted are named first", () => {
    const events = ["bob", "eve", "eve", "eve", "joe", "joe"].map((user) => ({ a: "x", user }));
    const { result } = outcomeOf(threshold('field = ["user"]\nvalue = 3', events));
    expect(result.groups?.map(({ message }) => message)).toEqual([
      "`user` `eve` has 3 of 3 events",
      "`user` `joe` has 2 of 3 events",
      "`user` `bob` has 1 of 3 events",
    ]);
  });
});

function termsTable(fields: string, start = "now-5d"): string {
  return `[rule.new_terms]\nfield = "new_terms_fields"\nvalue = ${fields}\n[[rule.new_terms.history_window_start]]\nfield = "history_window_start"\nvalue = "${start}"`;
}

function newTerms(fields: string, events: TypedRun["events"], rest: Partial<TypedRun> = {}): TypedRun {
  return { type: "new_terms", query: "a:x", more: termsTable(fields), events, ...rest };
}

const BOB = { a: "x", user: "bob" };
const EVE = { a: "x", user: "eve" };

describe("new terms rules", () => {
  check([
    ["without a history everything is new", newTerms('["user"]', [BOB, EVE]), ['1 "bob"', '2 "eve"']],
    ["what was seen before is not new", newTerms('["user"]', [BOB, EVE], { history: [BOB] }), ['2 "eve"']],
    [
      "only the oldest event of a value alerts",
      newTerms('["user"]', [
        { at: "10:05", ...BOB },
        { at: "10:01", ...BOB },
      ]),
      ['2 "bob"'],
      ["1 does not alert: an older event has the same values"],
    ],
    [
      "of the same moment the first one alerts",
      newTerms('["user"]', [
        { at: "10:05", ...BOB },
        { at: "10:05", ...BOB },
      ]),
      ['1 "bob"'],
    ],
    [
      "an earlier event that the query does not match was not seen",
      newTerms('["user"]', [BOB], { history: [{ a: "y", user: "bob" }] }),
      ['1 "bob"'],
    ],
    [
      "values differ by case",
      newTerms('["user"]', [BOB], { history: [{ a: "x", user: "BOB" }] }),
      ['1 "bob"'],
    ],
    [
      "an event without the field has nothing new",
      newTerms('["user"]', [{ a: "x" }]),
      [],
      ["1 has no `user`, and so nothing that could be new"],
    ],
    [
      "each of several values is looked up",
      newTerms('["user"]', [{ a: "x", user: ["bob", "eve"] }], { history: [BOB] }),
      ['1 "eve"'],
      [],
    ],
    [
      "one event alerts once for each new value",
      newTerms('["user"]', [{ a: "x", user: ["bob", "eve"] }]),
      ['1 "bob"', '1 "eve"'],
    ],
    [
      "a new combination of known values is new",
      newTerms('["user", "host"]', [{ a: "x", user: "bob", host: "i" }], {
        history: [
          { a: "x", user: "bob", host: "h" },
          { a: "x", user: "eve", host: "i" },
        ],
      }),
      ['1 "bob","i"'],
    ],
    [
      "an event that lacks one of the fields was not seen",
      newTerms('["user", "host"]', [{ a: "x", user: "bob", host: "h" }], { history: [BOB] }),
      ['1 "bob","h"'],
    ],
    [
      "three fields with several values make every combination",
      newTerms('["user", "host", "n"]', [{ a: "x", user: ["b", "e"], host: "h", n: [1, 2] }], {
        history: [{ a: "x", user: "b", host: "h", n: [1, 2] }],
      }),
      ['1 "e","h",1', '1 "e","h",2'],
    ],
    [
      "with `now` the window begins where the history ends",
      newTerms(
        '["user"]',
        [
          { at: "09:00", ...BOB },
          { at: "09:58", ...BOB },
          { at: "09:59", ...EVE },
        ],
        { now: "10:00" },
      ),
      ['3 "eve"'],
      ["2 does not alert: `user` `bob` is seen since 2026-01-01T09:00:00.000Z"],
    ],
    [
      "what was first seen at the very start of the window is not new",
      newTerms('["user"]', [{ at: "09:54", ...BOB }], { now: "10:00" }),
      [],
    ],
    [
      "a millisecond later it is",
      newTerms('["user"]', [{ at: "09:54:00.001", ...BOB }], { now: "10:00" }),
      ['1 "bob"'],
    ],
    [
      "what was seen before the history begins is forgotten",
      newTerms('["user"]', [{ at: "10:00", ...BOB }], { history: [{ at: "12-27T09:59", ...BOB }] }),
      ['1 "bob"'],
    ],
    [
      "the history's first moment belongs to it",
      newTerms('["user"]', [{ at: "10:00", ...BOB }], { history: [{ at: "12-27T10:00", ...BOB }] }),
      [],
    ],
    [
      "an event of the history inside of the window is recent",
      newTerms('["user"]', [{ at: "09:59", ...BOB }], { now: "10:00", history: [{ at: "09:58", ...BOB }] }),
      ['1 "bob"'],
    ],
    [
      "events of the history that filters keep out were not seen",
      newTerms('["user"]', [{ ...BOB, kind: "k" }], {
        more: `${termsTable('["user"]')}\n[[rule.filters]]\n[rule.filters.query.term]\nkind = "k"`,
        history: [BOB],
      }),
      ['1 "bob"'],
    ],
    [
      "events of the history in other indices were not seen",
      newTerms('["user"]', [{ ...BOB, data_stream: { dataset: "b" } }], {
        more: `index = ["logs-b-*"]\n${termsTable('["user"]')}`,
        history: [{ ...BOB, data_stream: { dataset: "c" } }],
      }),
      ['1 "bob"'],
    ],
  ]);

  test.each<readonly [string, Partial<TypedRun>, string]>([
    ["no history", {}, "There is no history, so everything is new"],
    [
      "a history of other events",
      { history: [{ a: "y" }] },
      "No event of the history matches the query, so everything is new",
    ],
    [
      "a history that is too old",
      { history: [{ at: "12-01T00:00", ...BOB }] },
      "1 event of the history lies before `history_window_start`, and does not count",
    ],
  ])("%s is noted", (_name, rest, note) => {
    expect(outcomeOf(newTerms('["user"]', [{ at: "10:00", ...BOB }], rest)).result.notes).toEqual([note]);
  });
});

const MAPPING_BY_IP = mapping([[["source.ip", "threat.indicator.ip"]]]);

/** Groups of entries: field, field of the indicator, and `not` for one that must not be the same. */
function mapping(groups: readonly (readonly (readonly string[])[])[]): string {
  return groups
    .map((entries) => {
      const tables = entries.map(
        ([field = "", value = "", not]) =>
          `[[rule.threat_mapping.entries]]\nfield = "${field}"\ntype = "mapping"\nvalue = "${value}"\n${not === undefined ? "" : "negate = true"}`,
      );
      return `[[rule.threat_mapping]]\n${tables.join("\n")}`;
    })
    .join("\n");
}

function threatMatch(
  indicators: TypedRun["events"],
  events: TypedRun["events"],
  rest: Partial<TypedRun> = {},
): TypedRun {
  const more = `threat_query = "*:*"\nthreat_language = "kuery"\nthreat_index = ["logs-ti_*"]\n${MAPPING_BY_IP}`;
  return { type: "threat_match", query: "a:x", more, indicators, events, ...rest };
}

function threatQuery(text: string, more = MAPPING_BY_IP): string {
  return `threat_query = '${text}'\nthreat_language = "kuery"\n${more}`;
}

const BAD_IP = { threat: { indicator: { ip: "1.2.3.4" } } };
const BAD_HASH = { threat: { indicator: { ip: "1.2.3.4", hash: "abc" } } };

describe("indicator match rules", () => {
  check([
    [
      "an event alerts that has the indicator's value",
      threatMatch(
        [BAD_IP],
        [{ a: "x", source: { ip: "1.2.3.4" } }, { a: "x", source: { ip: "4.3.2.1" } }, { a: "x" }],
      ),
      ["1 source.ip=1.2.3.4@1"],
      [
        "2 matches no indicator: none has `source.ip` `4.3.2.1` in `threat.indicator.ip`",
        "3 has none of the fields of the mapping: `source.ip`",
      ],
    ],
    ["the event must match the query", threatMatch([BAD_IP], [{ a: "y", source: { ip: "1.2.3.4" } }]), []],
    ["without indicators nothing alerts", threatMatch([], [{ a: "x", source: { ip: "1.2.3.4" } }]), []],
    [
      "however many indicators match, there is one alert",
      threatMatch([BAD_IP, BAD_IP, BAD_HASH], [{ a: "x", source: { ip: "1.2.3.4" } }]),
      ["1 source.ip=1.2.3.4@1 source.ip=1.2.3.4@2 source.ip=1.2.3.4@3"],
    ],
    [
      "one of several values of the event is enough",
      threatMatch([BAD_IP], [{ a: "x", source: { ip: ["9.9.9.9", "1.2.3.4"] } }]),
      ["1 source.ip=1.2.3.4@1"],
    ],
    [
      "of several values of an indicator the first one counts",
      threatMatch(
        [{ threat: { indicator: { ip: ["1.2.3.4", "5.6.7.8"] } } }],
        [
          { a: "x", source: { ip: "1.2.3.4" } },
          { a: "x", source: { ip: "5.6.7.8" } },
        ],
      ),
      ["1 source.ip=1.2.3.4@1"],
    ],
    [
      "an indicator without the value matches nothing",
      threatMatch([{ threat: { indicator: {} } }], [{ a: "x" }, { a: "x", source: { ip: "1.2.3.4" } }]),
      [],
    ],
    [
      "any of several groups will do",
      threatMatch(
        [BAD_HASH],
        [
          { a: "x", hash: "abc" },
          { a: "x", source: { ip: "1.2.3.4" } },
        ],
        {
          more: threatQuery(
            "*:*",
            mapping([[["source.ip", "threat.indicator.ip"]], [["hash", "threat.indicator.hash"]]]),
          ),
        },
      ),
      ["1 hash=abc@1", "2 source.ip=1.2.3.4@1"],
    ],
    [
      "all entries of a group must hold for one indicator",
      threatMatch(
        [BAD_HASH, { threat: { indicator: { ip: "5.6.7.8", hash: "def" } } }],
        [
          { a: "x", hash: "abc", source: { ip: "1.2.3.4" } },
          { a: "x", hash: "def", source: { ip: "1.2.3.4" } },
          { a: "x", source: { ip: "1.2.3.4" } },
        ],
        {
          more: threatQuery(
            "*:*",
            mapping([
              [
                ["source.ip", "threat.indicator.ip"],
                ["hash", "threat.indicator.hash"],
              ],
            ]),
          ),
        },
      ),
      ["1 source.ip=1.2.3.4@1 hash=abc@1"],
    ],
    [
      "in a group an indicator with several values is left out",
      threatMatch(
        [{ threat: { indicator: { ip: "1.2.3.4", hash: ["abc", "def"] } } }],
        [{ a: "x", hash: "abc", source: { ip: "1.2.3.4" } }],
        {
          more: threatQuery(
            "*:*",
            mapping([
              [
                ["source.ip", "threat.indicator.ip"],
                ["hash", "threat.indicator.hash"],
              ],
            ]),
          ),
        },
      ),
      [],
    ],
    [
      "a negated entry must not hold",
      threatMatch(
        [BAD_HASH],
        [
          { a: "x", hash: "abc", source: { ip: "1.2.3.4" } },
          { a: "x", hash: "def", source: { ip: "1.2.3.4" } },
          { a: "x", source: { ip: "1.2.3.4" } },
        ],
        {
          more: threatQuery(
            "*:*",
            mapping([
              [
                ["source.ip", "threat.indicator.ip"],
                ["hash", "threat.indicator.hash", "not"],
              ],
            ]),
          ),
        },
      ),
      ["2 source.ip=1.2.3.4@1 hash=other@1", "3 source.ip=1.2.3.4@1 hash=other@1"],
    ],
    [
      "a negated entry comes first, too",
      threatMatch([BAD_HASH], [{ a: "x", hash: "def", source: { ip: "1.2.3.4" } }], {
        more: threatQuery(
          "*:*",
          mapping([
            [
              ["hash", "threat.indicator.hash", "not"],
              ["source.ip", "threat.indicator.ip"],
            ],
          ]),
        ),
      }),
      ["1 hash=other@1 source.ip=1.2.3.4@1"],
    ],
    [
      "addresses are the same however they are written",
      threatMatch(
        [{ threat: { indicator: { ip: "::ffff:1.2.3.4" } } }],
        [{ a: "x", source: { ip: "1.2.3.4" } }],
        {
          mapping: { a: "keyword", "source.ip": "ip", "threat.indicator.ip": "ip" },
        },
      ),
      ["1 source.ip=::ffff:1.2.3.4@1"],
    ],
    [
      "keywords differ by case",
      threatMatch(
        [{ threat: { indicator: { ip: "A.example" } } }],
        [{ a: "x", source: { ip: "a.example" } }],
      ),
      [],
    ],
    [
      "texts match by a word",
      threatMatch(
        [{ threat: { indicator: { ip: "evil" } } }],
        [{ a: "x", source: { ip: "an Evil thing" } }],
        {
          mapping: { a: "keyword", "source.ip": "text", "threat.indicator.ip": "keyword" },
        },
      ),
      ["1 source.ip=evil@1"],
    ],
    [
      "a number equals one that is written otherwise",
      threatMatch([{ threat: { indicator: { ip: "443" } } }], [{ a: "x", source: { ip: 443 } }], {
        mapping: { a: "keyword", "source.ip": "long", "threat.indicator.ip": "keyword" },
      }),
      ["1 source.ip=443@1"],
    ],
    [
      "indicators must match their query",
      threatMatch([BAD_IP, { ...BAD_IP, kind: "k" }], [{ a: "x", source: { ip: "1.2.3.4" } }], {
        more: threatQuery("kind:k"),
      }),
      ["1 source.ip=1.2.3.4@2"],
    ],
    [
      "indicators must be as new as their query asks",
      threatMatch(
        [
          { at: "12-02T00:00", ...BAD_IP },
          { at: "12-01T23:59", ...BAD_IP },
        ],
        [{ at: "10:00", a: "x", source: { ip: "1.2.3.4" } }],
        { more: threatQuery('@timestamp >= "now-30d/d"') },
      ),
      ["1 source.ip=1.2.3.4@1"],
    ],
    [
      "filters take indicators away",
      threatMatch([BAD_IP, { ...BAD_IP, kind: "k" }], [{ a: "x", source: { ip: "1.2.3.4" } }], {
        more: `${threatQuery("*:*")}\n[[rule.threat_filters]]\n[rule.threat_filters.query.match_phrase]\nkind = "k"`,
      }),
      ["1 source.ip=1.2.3.4@2"],
    ],
    [
      "indicators of other indices are not read",
      threatMatch(
        [
          { ...BAD_IP, data_stream: { dataset: "ti_a" } },
          { ...BAD_IP, data_stream: { dataset: "b" } },
        ],
        [{ a: "x", source: { ip: "1.2.3.4" } }],
      ),
      ["1 source.ip=1.2.3.4@1"],
    ],
    [
      "events are folded by suppression",
      threatMatch(
        [BAD_IP],
        [
          { a: "x", source: { ip: "1.2.3.4" } },
          { a: "x", source: { ip: "1.2.3.4" } },
        ],
        {
          more: `${threatQuery("*:*")}\n[rule.alert_suppression]\ngroup_by = ["source.ip"]`,
        },
      ),
      ['1+2 source.ip=1.2.3.4@1 ["1.2.3.4" +1]'],
    ],
  ]);
});

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

describe("alerts hold what Kibana writes", () => {
  function written(run: TypedRun): JsonObject {
    const { result, rule } = outcomeOf(run);
    const [alert] = result.alerts;
    if (alert === undefined) throw new Error("no alert");
    return alertOf(rule, alert, { now: Date.parse("2026-01-01T12:00:00Z") }).fields;
  }

  test("of a query rule all fields of the event", () => {
    const fields = written(query('building_block_type = "default"', [{ at: "10:00", a: "x", b: { c: 1 } }]));
    expect(fields).toMatchObject({
      a: "x",
      "b.c": 1,
      "kibana.alert.building_block_type": "default",
      "kibana.alert.original_time": "2026-01-01T10:00:00.000Z",
      "kibana.alert.rule.category": "Custom Query Rule",
      "kibana.alert.depth": 1,
    });
    expect(Object.keys(fields).filter((name) => name.includes("suppression"))).toEqual([]);
  });

  test("of a threshold rule the group alone", () => {
    const table = `field = ["user"]\nvalue = 1\n${CARDINALITY}`;
    const fields = written(
      threshold(table, [
        { at: "10:00", a: "x", user: "bob", host: "h" },
        { at: "10:05", a: "x", user: "bob", host: "i" },
      ]),
    );
    expect(fields["kibana.alert.threshold_result"]).toEqual({
      terms: [{ field: "user", value: "bob" }],
      count: 2,
      from: "2026-01-01T10:00:00.000Z",
      cardinality: [{ field: "host", value: 2 }],
    });
    expect(fields["kibana.alert.original_time"]).toBe("2026-01-01T10:05:00.000Z");
    expect([fields["user"], fields["a"], fields["host"]]).toEqual(["bob", undefined, undefined]);
  });

  test("of a new terms rule the new values", () => {
    expect(written(newTerms('["user", "n"]', [{ ...BOB, n: 1 }]))["kibana.alert.new_terms"]).toEqual([
      "bob",
      1,
    ]);
  });

  test("of an indicator match rule the indicators", () => {
    const indicator = { "threat.indicator": { ip: "1.2.3.4", type: "ipv4" }, "threat.feed.name": "feed" };
    const fields = written(threatMatch([indicator], [{ a: "x", source: { ip: "1.2.3.4" } }]));
    expect(fields["threat.enrichments"]).toEqual([
      {
        indicator: { ip: "1.2.3.4", type: "ipv4" },
        feed: { name: "feed" },
        matched: { atomic: "1.2.3.4", field: "source.ip", type: "indicator_match_rule" },
      },
    ]);
  });

  test("an indicator may stand at another place, by dotted names", () => {
    const more = `threat_indicator_path = "ti"\n${threatQuery("*:*", mapping([[["source.ip", "ti.ip"]]]))}`;
    const fields = written(
      threatMatch([{ "ti.ip": "1.2.3.4" }], [{ a: "x", source: { ip: "1.2.3.4" } }], { more }),
    );
    expect(fields["threat.enrichments"]).toMatchObject([{ indicator: { ip: "1.2.3.4" }, feed: {} }]);
  });

  test("of suppressed events the count and the values", () => {
    const fields = written(
      query(BY_USER, [
        { at: "10:00", ...BOB },
        { at: "10:07", ...BOB },
      ]),
    );
    expect(fields).toMatchObject({
      "kibana.alert.suppression.docs_count": 1,
      "kibana.alert.suppression.start": "2026-01-01T10:00:00.000Z",
      "kibana.alert.suppression.end": "2026-01-01T10:07:00.000Z",
      "kibana.alert.suppression.terms": [{ field: "user", value: "bob" }],
    });
  });

  test("of a lone event of a group that nothing was added to it", () => {
    expect(written(query(BY_USER, [BOB]))["kibana.alert.suppression.docs_count"]).toBe(0);
  });
});
