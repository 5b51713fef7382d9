/** Threshold rules on events: which groups alert, and what is said of those that do not. */
import { describe, expect, test } from "vitest";
import { check, threshold, TWO_BY_USER, CARDINALITY } from "./ruleTypeRows.ts";
import { outcomeOf } from "./typedRun.ts";

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
