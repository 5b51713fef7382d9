/** New terms rules on events and their history: what is new, and what is said of the rest. */
import { describe, expect, test } from "vitest";
import { check, termsTable, newTerms, BOB, EVE } from "./ruleTypeRows.ts";
import { outcomeOf, type TypedRun } from "./typedRun.ts";

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
