/** Query rules on events, and alerts that are suppressed: which events alert, and what is said of those that do not. */
import { describe, expect, test } from "vitest";
import { check, newTerms, query, BY_USER, termsTable } from "./ruleTypeRows.ts";
import { outcomeOf, preparedRun } from "./typedRun.ts";

const NEGATED = `[[rule.filters]]
[rule.filters.meta]
negate = true
[rule.filters.query.wildcard."file.path"]
case_insensitive = true
value = "?:\\\\\\\\Program Files\\\\\\\\*"`;

const APART = `${BY_USER}\nmissing_fields_strategy = "doNotSuppress"`;

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
