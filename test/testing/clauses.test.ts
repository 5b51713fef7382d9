/** A query and events in; how many events each clause is true of, and what none exercises, out. */
import { describe, expect, test } from "vitest";
import { coverageOf, leavesOf, partResults } from "../../server/src/core/testing/clauseCounts.ts";
import { exhausted } from "../engine/exhausted.ts";
import { eventsIn, processEvent, readyRule } from "./support.ts";

/** `clause: role, true of so many, alone so for so many, alone not so for so many` */
function clausesOf(query: string, text: string): readonly string[] {
  const parts = exhausted(partResults(readyRule(query), eventsIn(text)));
  return parts.flatMap(({ label, matchCount, eventCount, root, role }) => [
    ...(label === undefined ? [] : [`${label} (${role}): ${matchCount}/${eventCount}`]),
    ...leavesOf(root).map(({ span, role: clauseRole, trueCount, heldAlone, failedAlone, values }) => {
      const shown = query.slice(span.start, span.end);
      const inList = values.length === 0 ? "" : ` [${values.map((value) => value.trueCount).join(" ")}]`;
      return `${shown}: ${clauseRole} ${trueCount} +${heldAlone} -${failedAlone}${inList}`;
    }),
  ]);
}

function unexercised(query: string, text: string): readonly string[] {
  const coverage = coverageOf(exhausted(partResults(readyRule(query), eventsIn(text))));
  return [
    `${coverage.exercised} of ${coverage.total}`,
    ...coverage.unexercised.map(({ role, span }) => `${role} ${query.slice(span.start, span.end)}`),
  ];
}

const A = processEvent({ a: 1, b: 1 });
const B = processEvent({ a: 1, c: 1 });
const AX = processEvent({ a: 1, b: 1, x: 1 });
const XY = processEvent({ a: 1, b: 1, x: 1, y: 1 });
const NOTHING = processEvent({});

describe("counts", () => {
  test.each<readonly [query: string, events: string, clauses: readonly string[]]>([
    ["process where a == 1", A + NOTHING, ["process: condition 2 +1 -0", "a == 1: condition 1 +1 -1"]],
    [
      "process where a == 1 and b == 1",
      A + B + NOTHING,
      ["process: condition 3 +1 -0", "a == 1: condition 2 +1 -0", "b == 1: condition 1 +1 -1"],
    ],
    [
      "process where b == 1 or c == 1",
      A + B + NOTHING,
      ["process: condition 3 +2 -0", "b == 1: alternative 1 +1 -1", "c == 1: alternative 1 +1 -1"],
    ],
    [
      "process where a == 1 and not x == 1",
      A + AX,
      ["process: condition 2 +1 -0", "a == 1: condition 2 +1 -0", "x == 1: exclusion 1 +1 -1"],
    ],
    [
      "process where not (x == 1 or y == 1)",
      A + XY,
      ["process: condition 2 +1 -0", "x == 1: exclusion 1 +0 -1", "y == 1: exclusion 1 +0 -1"],
    ],
    [
      "process where not (x == 1 and y == 1)",
      A + XY,
      ["process: condition 2 +1 -0", "x == 1: exclusion 1 +1 -0", "y == 1: exclusion 1 +1 -0"],
    ],
    ["process where not (not a == 1)", A, ["process: condition 1 +1 -0", "a == 1: condition 1 +1 -0"]],
    [
      "process where a in (1, 2, 3)",
      A,
      ["process: condition 1 +1 -0", "a in (1, 2, 3): condition 1 +1 -0 [1 0 0]"],
    ],
    [
      "process where a not in (1, 2)",
      A,
      ["process: condition 1 +0 -0", "a not in (1, 2): condition 0 +0 -1 [1 0]"],
    ],
    ["process where (a == 1) == true", A, ["process: condition 1 +1 -0", "a == 1: condition 1 +1 -0"]],
    [
      "sequence by a with maxspan=1m [process where b == 1] ![process where x == 1] [process where c == 1] until [process where y == 1]",
      A + B + XY,
      [
        "step 1 (event): 2/3",
        "process: condition 3 +2 -0",
        "b == 1: condition 2 +2 -1",
        "step 2 (missing): 1/3",
        "process: condition 3 +1 -0",
        "x == 1: condition 1 +1 -2",
        "step 3 (event): 1/3",
        "process: condition 3 +1 -0",
        "c == 1: condition 1 +1 -2",
        "until (until): 1/3",
        "process: condition 3 +1 -0",
        "y == 1: condition 1 +1 -2",
      ],
    ],
  ])("%s", (query, events, clauses) => {
    expect(clausesOf(query, events)).toEqual(clauses);
  });
});

describe("what no event exercises", () => {
  test.each<readonly [name: string, query: string, events: string, expected: readonly string[]]>([
    ["nothing is left", "process where a == 1 and not x == 1", A + AX, ["3 of 3"]],
    [
      "a condition where nothing matches",
      "process where a == 1",
      NOTHING,
      ["0 of 2", "condition process", "condition a == 1"],
    ],
    ["an alternative", "process where b == 1 or c == 1", A, ["2 of 3", "alternative c == 1"]],
    [
      "an alternative that holds only where nothing matches",
      "process where a == 2 and (b == 1 or c == 1)",
      A,
      ["0 of 4", "condition process", "condition a == 2", "alternative b == 1", "alternative c == 1"],
    ],
    ["an exclusion", "process where a == 1 and not x == 1", A, ["2 of 3", "exclusion x == 1"]],
    [
      "an exclusion that never stands alone",
      "process where a == 1 and not x == 1 and not y == 1",
      A + XY,
      ["2 of 4", "exclusion x == 1", "exclusion y == 1"],
    ],
    ["one value of a list", "process where a in (1, 2)", A, ["2 of 3", "value 2"]],
    [
      "one value of an excluded list",
      "process where a == 1 and not x in (1, 2)",
      A + AX,
      ["3 of 4", "value 2"],
    ],
    [
      "a whole list",
      "process where b in (1, 2)",
      B,
      ["0 of 2", "condition process", "condition b in (1, 2)"],
    ],
    [
      "values that `not in` excludes",
      "process where a not in (1, 2)",
      A + processEvent({ a: 3 }),
      ["2 of 3", "value 2"],
    ],
    ["no events at all", "process where a == 1", "", ["0 of 2", "condition process", "condition a == 1"]],
  ])("%s", (_name, query, events, expected) => {
    expect(unexercised(query, events)).toEqual(expected);
  });
});
