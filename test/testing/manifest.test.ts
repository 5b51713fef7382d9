/** Test manifests in; cases and everything that is wrong out. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { casesIn, problemsIn, withManifest } from "./projects.ts";
import { inputsOf, planOf } from "./support.ts";

describe("manifests", () => {
  test.each<readonly [name: string, manifest: string, cases: readonly string[]]>([
    [
      "name a file",
      "cases:\n  - name: one\n    events: a.match.ndjson\n",
      ["one | match | rules/_tests/a.match.ndjson"],
    ],
    [
      "hold events",
      "cases:\n  - { name: one, expect: nomatch, events: [ { a: 1 } ] }\n",
      ["one | nomatch | inline", "match | match | rules/_tests/a.match.ndjson"],
    ],
    [
      "know of what is missed",
      "cases: [ { name: one, expect: todo, events: a.match.ndjson } ]",
      ["one | match todo | rules/_tests/a.match.ndjson"],
    ],
    [
      "start from a case",
      "cases:\n  - { name: two, base: one }\n  - { name: one, events: a.match.ndjson }\n",
      ["one | match | rules/_tests/a.match.ndjson", "two | match | from one"],
    ],
    [
      "start from a file",
      "cases:\n  - { name: two, base: a.match.ndjson }\n",
      ["two | match | from match", "match | match | rules/_tests/a.match.ndjson"],
    ],
    [
      "start from a file by the name of its case",
      "cases:\n  - { name: two, base: match }\n",
      ["two | match | from match", "match | match | rules/_tests/a.match.ndjson"],
    ],
    [
      "use anchors",
      "cases:\n  - { name: one, events: &e [ { a: 1 } ] }\n  - { name: two, events: *e }\n",
      ["one | match | inline", "two | match | inline", "match | match | rules/_tests/a.match.ndjson"],
    ],
    [
      "name their rule",
      "rule: r1\ncases: [ { name: one, events: [ {} ] } ]",
      ["one | match | inline", "match | match | rules/_tests/a.match.ndjson"],
    ],
  ])("%s", (_name, manifest, cases) => {
    const files = withManifest(manifest);
    expect(problemsIn(files)).toEqual([]);
    expect(casesIn(files)).toEqual(cases.map((one) => `rules/a.toml | ${one}`));
  });

  test.each<readonly [name: string, manifest: string, problems: readonly string[]]>([
    [
      "an unknown key",
      "case: []\ncases: []",
      ['unknown-key "case": A manifest has no `case`: did you mean `cases`?'],
    ],
    [
      "an unknown key of a case",
      "cases: [ { name: x, evnts: y, events: a.match.ndjson } ]",
      ['unknown-key "evnts": A case has no `evnts`: did you mean `events`?'],
    ],
    [
      "a key that is like no other",
      "cases: []\nfrobnicate: 1",
      ['unknown-key "frobnicate": A manifest has no `frobnicate`: there are rule, defaults and cases'],
    ],
    ["no cases", "rule: r1", ['missing-key "rule": A manifest needs a `cases`']],
    ["a list", "- a", ['wrong-type "- a": A manifest must be a table of keys']],
    ["nothing at all", "", ['wrong-type "": A manifest must be a table of keys']],
    ["cases that are no list", "cases: one", ['wrong-type "one": `cases` must be a list']],
    ["a case that is no table", "cases: [ one ]", ['wrong-type "one": A case must be a table of keys']],
    [
      "a case without a name",
      "cases: [ { events: a.match.ndjson } ]",
      ['missing-key "events": A case needs a `name`'],
    ],
    [
      "a name that is a number",
      "cases: [ { name: 5, events: a.match.ndjson } ]",
      ['wrong-type "5": `name` must be a text'],
    ],
    [
      "a case without events",
      "cases: [ { name: x } ]",
      ['missing-key "x": A case needs `events`, or a `base` to start from'],
    ],
    [
      "events that are a number",
      "cases: [ { name: x, events: 5 } ]",
      ['wrong-type "5": `events` must be the path of an events file or a list of events'],
    ],
    [
      "an event that is a number",
      "cases: [ { name: x, events: [ 5 ] } ]",
      ['wrong-type "5": An event must be a table of fields'],
    ],
    [
      "an unknown expectation",
      "cases: [ { name: x, expect: nomach, events: a.match.ndjson } ]",
      ['unknown-value "nomach": `expect` must be `match`, `nomatch` or `todo`'],
    ],
    [
      "half an alert",
      "cases: [ { name: x, alerts: 1.5, events: a.match.ndjson } ]",
      ['wrong-type "1.5": `alerts` must be a whole number, or `at_least` and `at_most`'],
    ],
    [
      "an unknown bound",
      "cases: [ { name: x, alerts: { at_leats: 1 }, events: a.match.ndjson } ]",
      ['unknown-key "at_leats": `alerts` has no `at_leats`: did you mean `at_least`?'],
    ],
    [
      "bounds that leave nothing",
      "cases: [ { name: x, alerts: { at_least: 2, at_most: 1 }, events: a.match.ndjson } ]",
      ['contradiction "{ at_least: 2, at_most: 1 }": `at_most` is less than `at_least`'],
    ],
    [
      "alerts where none are expected",
      "cases: [ { name: x, expect: nomatch, alerts: 1, events: [ {} ] } ]",
      ['contradiction "alerts": A case that expects no match has no alerts'],
    ],
    [
      "no alerts where some are expected",
      "cases: [ { name: x, alerts: 0, events: [ {} ] } ]",
      ['contradiction "alerts": No alerts at all are `expect: nomatch`'],
    ],
    [
      "a time that is none",
      "cases: [ { name: x, now: later, events: a.match.ndjson } ]",
      ['wrong-type "later": `now` must be a time like `2026-01-01T00:10:00Z`'],
    ],
    [
      "events and a base",
      "cases: [ { name: y, events: a.match.ndjson }, { name: x, base: y, events: [ {} ] } ]",
      ['contradiction "y": The events come either from `base` or from `events`'],
    ],
    [
      "changes to nothing",
      "cases: [ { name: x, patch: [ { drop: true } ] } ]",
      [
        'missing-key "x": A case needs `events`, or a `base` to start from',
        'contradiction "{ drop: true }": There are no events to change',
      ],
    ],
    [
      "a change of an unknown kind",
      "cases: [ { name: x, base: match, patch: [ { sett: {} } ] } ]",
      ['unknown-key "sett": A patch has no `sett`: did you mean `set`?'],
    ],
    [
      "fields to remove that are numbers",
      "cases: [ { name: x, base: match, patch: [ { remove: [ 1 ] } ] } ]",
      ['wrong-type "1": A field must be its name'],
    ],
    [
      "two cases of one name",
      "cases: [ { name: x, events: [ {} ] }, { name: x, events: [ {} ] } ]",
      ['duplicate "x": Another case is named `x` already'],
    ],
    [
      "a key twice",
      "cases: [ { name: x, name: y, events: [ {} ] } ]",
      ['syntax "name": `name` stands here twice'],
    ],
    [
      "a file that is not there",
      "cases: [ { name: x, events: b.ndjson } ]",
      ['missing "b.ndjson": There is no file `b.ndjson`'],
    ],
    [
      "a file outside of the project",
      "cases: [ { name: x, events: ../../../b.ndjson } ]",
      ['missing "../../../b.ndjson": There is no file `../../../b.ndjson`'],
    ],
    [
      "a base that is not there",
      "cases: [ { name: x, base: z } ]",
      ['missing "z": There is no case `z` to start from'],
    ],
    ["a base of itself", "cases: [ { name: x, base: x } ]", ['cycle "x": A case cannot start from itself']],
    [
      "bases in a ring",
      "cases: [ { name: x, base: y }, { name: y, base: x } ]",
      [
        'cycle "y": These start from each other: `x` from `y` from `x`',
        'cycle "x": These start from each other: `x` from `y` from `x`',
      ],
    ],
    ["a rule that is not there", "rule: r9\ncases: []", ['orphan "r9": No rule has the id `r9`']],
    [
      "an expectation that the file's name denies",
      "cases: [ { name: x, expect: nomatch, events: a.match.ndjson } ]",
      ['contradiction "a.match.ndjson": The name of the file says `match`, and the case expects `nomatch`'],
    ],
    [
      "an alias of nothing",
      "cases: [ { name: x, events: *e } ]",
      ['syntax "*e": Nothing is named `&e` before this'],
    ],
    ["a tab for an indent", "cases:\n\t- x", ['syntax "\\t": Tabs are not allowed as indentation']],
    [
      "a bracket that is not closed",
      "cases: [ { name: x, events: [ {} ]",
      ['syntax "": Flow map in block collection must be sufficiently indented and end with a }'],
    ],
  ])("%s", (_name, manifest, problems) => {
    const files = withManifest(manifest);
    expect(problemsIn(files).slice(0, problems.length)).toEqual(problems);
  });

  test("files that a manifest speaks of make no case and no problem of their own", () => {
    const manifest =
      "cases: [ { name: x, history: seen.ndjson, indicators: a.iocs.ndjson, events: a.match.ndjson } ]";
    const files = withManifest(manifest, {
      "rules/_tests/seen.ndjson": '{"h":1}',
      "rules/_tests/a.iocs.ndjson": '{"i":1}',
    });
    expect(problemsIn(files)).toEqual([]);
    const [only] = planOf(files).cases;
    const inputs = only && inputsOf(only, files);
    expect(
      inputs?.ok && [inputs.value.history, inputs.value.indicators].map((some) => some[0]?.document),
    ).toEqual([{ h: 1 }, { i: 1 }]);
  });

  test("what holds for all cases holds where a case says nothing", () => {
    const manifest =
      "defaults: { index: logs-x, now: 2026-01-01T00:00:00Z }\ncases:\n  - { name: x, events: [ {} ] }\n  - { name: y, index: logs-y, events: [ {} ] }\n";
    const cases = planOf(withManifest(manifest)).cases.slice(0, 2);
    expect(cases.map(({ index, now }) => [index, now])).toEqual([
      ["logs-x", 1_767_225_600_000],
      ["logs-y", 1_767_225_600_000],
    ]);
  });
});

test("whatever stands in a manifest, its problems lie in it", () => {
  const manifest =
    'rule: r1\ndefaults: { index: x }\ncases:\n  - name: one\n    expect: match\n    alerts: { at_least: 1 }\n    events: [ { "@timestamp": 2026-01-01, a: [1, "b"] } ]\n  - { name: two, base: one, patch: [ { line: 1, set: { a: 2 }, remove: [ b ] } ] }\n';
  const edits = fc.array(fc.tuple(fc.nat(), fc.constantFrom(..."{}[]:,-\"'&*!|>#? \n\t", "", "x", "null")), {
    maxLength: 5,
  });
  let problemCount = 0;
  fc.assert(
    fc.property(edits, (changes) => {
      let text = manifest;
      for (const [at, piece] of changes) {
        const place = at % text.length;
        text = text.slice(0, place) + piece + text.slice(place + 1);
      }
      for (const { span, path } of planOf(withManifest(text)).problems) {
        problemCount++;
        if (span === undefined || !path.endsWith(".yml")) continue;
        expect(0 <= span.start && span.start <= span.end && span.end <= text.length, text).toBe(true);
      }
    }),
    { seed: 20_260_101, numRuns: 600 },
  );
  expect(problemCount).toBeGreaterThan(500);
});
