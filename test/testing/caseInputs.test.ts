/** Odd manifests and long chains of cases, and the events that cases run on. */
import { describe, expect, test } from "vitest";
import { problemsIn, RULE, withManifest } from "./projects.ts";
import { type Files, inputsOf, planOf, problemText } from "./support.ts";

describe("odd manifests are answered", () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefgh"].map((name, i) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${"abcdefgh"[i] ?? ""}`).join(",")}]`).join("\n")}`;
  test.each<readonly [name: string, manifest: string]>([
    ["nested 100,000 deep", "[".repeat(100_000)],
    ["nested by dashes", "- ".repeat(50_000)],
    ["aliases that multiply", bomb],
    ["an alias of what it stands in", "cases: &c [ *c ]"],
    ["longer than a manifest may be", `cases:\n${"  - { name: x, events: [ {} ] }\n".repeat(10_000)}`],
    ["two documents", "cases: []\n---\ncases: []"],
    ["an unknown tag", "cases: !!js/function []"],
  ])("%s", (_name, manifest) => {
    expect(problemsIn(withManifest(manifest)).length).toBeGreaterThan(0);
  });

  test("a chain of 3,000 bases", () => {
    const cases = Array.from({ length: 3000 }, (_one, i) => `- {name: c${i}, base: c${i + 1}}`).join("\n");
    const files = withManifest(`cases:\n${cases}\n- {name: c3000, events: a.match.ndjson}`);
    expect(problemsIn(files)).toEqual([]);
    const first = planOf(files).cases.find(({ name }) => name === "c0");
    const inputs = first && inputsOf(first, files);
    expect(inputs?.ok && inputs.value.events).toHaveLength(2);
  });

  test("100,000 files in one folder", () => {
    const names = Array.from({ length: 100_000 }, (_one, i): [string, string] => [
      `rules/_tests/a.match.c${i}.ndjson`,
      "",
    ]);
    const files: Files = { "rules/a.toml": RULE, ...Object.fromEntries(names) };
    expect(planOf(files).cases).toHaveLength(100_000);
  });
});

describe("changed events", () => {
  test.each<readonly [name: string, patch: string, events: readonly string[] | string]>([
    [
      "a field",
      "{ line: 1, set: { a: 5 } }",
      ['{"@timestamp":"2026-01-01T00:00:00Z","a":5}', '{"@timestamp":"2026-01-01T00:00:05Z","a":2}'],
    ],
    [
      "a field of all",
      "{ set: { a: 5 } }",
      ['{"@timestamp":"2026-01-01T00:00:00Z","a":5}', '{"@timestamp":"2026-01-01T00:00:05Z","a":5}'],
    ],
    [
      "a new field",
      "{ line: 3, set: { b.c: x } }",
      [
        '{"@timestamp":"2026-01-01T00:00:00Z","a":1}',
        '{"@timestamp":"2026-01-01T00:00:05Z","a":2,"b":{"c":"x"}}',
      ],
    ],
    [
      "a list",
      "{ line: 1, set: { a: [x, y] } }",
      ['{"@timestamp":"2026-01-01T00:00:00Z","a":["x","y"]}', '{"@timestamp":"2026-01-01T00:00:05Z","a":2}'],
    ],
    [
      "a later time",
      '{ line: 3, set: { "@timestamp": "+10m" } }',
      ['{"@timestamp":"2026-01-01T00:00:00Z","a":1}', '{"@timestamp":"2026-01-01T00:10:05.000Z","a":2}'],
    ],
    [
      "an earlier time",
      '{ line: 1, set: { "@timestamp": "-1500ms" } }',
      ['{"@timestamp":"2025-12-31T23:59:58.500Z","a":1}', '{"@timestamp":"2026-01-01T00:00:05Z","a":2}'],
    ],
    [
      "a field less",
      "{ line: 1, remove: a }",
      ['{"@timestamp":"2026-01-01T00:00:00Z"}', '{"@timestamp":"2026-01-01T00:00:05Z","a":2}'],
    ],
    [
      "two fields less",
      '{ line: 1, remove: [ a, "@timestamp" ] }',
      ["{}", '{"@timestamp":"2026-01-01T00:00:05Z","a":2}'],
    ],
    ["an event less", "{ line: 1, drop: true }", ['{"@timestamp":"2026-01-01T00:00:05Z","a":2}']],
    [
      "two changes",
      "{ line: 1, set: { a: 5 } }, { remove: a }",
      ['{"@timestamp":"2026-01-01T00:00:00Z"}', '{"@timestamp":"2026-01-01T00:00:05Z"}'],
    ],
    ["a line without an event", "{ line: 2, set: { a: 5 } }", 'missing "2": No event begins on line 2'],
    [
      "a number, which is a time, too",
      '{ line: 1, set: { a: "+10m" } }',
      [
        '{"@timestamp":"2026-01-01T00:00:00Z","a":"1970-01-01T00:10:00.001Z"}',
        '{"@timestamp":"2026-01-01T00:00:05Z","a":2}',
      ],
    ],
    [
      "no field to be moved",
      '{ line: 1, set: { b: "+10m" } }',
      'wrong-type "b": `b` is no time that could be moved',
    ],
    [
      "all events less",
      "{ drop: true }",
      'empty "{ name: x, base: match, patch: [ { drop: true } ] }": The case has no events',
    ],
  ])("%s", (_name, patch, expected) => {
    const files = withManifest(`cases: [ { name: x, base: match, patch: [ ${patch} ] } ]`);
    const changed = planOf(files).cases.find(({ name }) => name === "x");
    const inputs = changed && inputsOf(changed, files);
    if (inputs === undefined) throw new Error("no case");
    const shown = inputs.ok
      ? inputs.value.events.map(({ document }) => JSON.stringify(document))
      : problemText(inputs.error, files);
    expect(shown).toEqual(expected);
  });

  test("of a list of events the places count", () => {
    const files = withManifest(
      "cases:\n  - name: x\n    events: [ { a: 1 }, { a: 2 } ]\n    patch: [ { line: 2, set: { a: 3 } } ]\n",
    );
    const [first] = planOf(files).cases;
    const inputs = first && inputsOf(first, files);
    expect(inputs?.ok && inputs.value.events.map(({ document }) => document)).toEqual([{ a: 1 }, { a: 3 }]);
  });
});
