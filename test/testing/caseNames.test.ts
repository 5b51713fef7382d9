/** Names of files in; the cases that they make out. */
import { describe, expect, test } from "vitest";
import { movedReferences } from "../../server/src/core/testing/cases/manifestFiles.ts";
import { movedTests, newTestPath } from "../../server/src/core/testing/cases.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";
import { casesIn, problemsIn, RULE } from "./projects.ts";
import { planOf } from "./support.ts";

describe("names of files", () => {
  test.each<readonly [path: string, shown: string]>([
    ["rules/_tests/a.match.ndjson", "match | match"],
    ["rules/_tests/a.nomatch.ndjson", "nomatch | nomatch"],
    ["rules/_tests/a.events.ndjson", "events | events"],
    ["rules/_tests/a.todo.ndjson", "match (todo) | match todo"],
    ["rules/_tests/a.match.todo.ndjson", "match (todo) | match todo"],
    ["rules/_tests/a.nomatch.todo.ndjson", "nomatch (todo) | nomatch todo"],
    ["rules/_tests/a.match.procdump.ndjson", "match: procdump | match"],
    ["rules/_tests/a.match.by.hand.ndjson", "match: by.hand | match"],
    ["rules/_tests/a.match.procdump.todo.ndjson", "match: procdump (todo) | match todo"],
    ["rules/_tests/a.match.ndjson.gz", "match | match"],
    ["rules/a.match.ndjson", "match | match"],
    ["mirror/a.match.ndjson", "match | match"],
    ["mirror/_tests/a.nomatch.x.ndjson", "nomatch: x | nomatch"],
  ])("%s", (path, shown) => {
    const files = { "rules/a.toml": RULE, [path]: "" };
    expect(casesIn(files, ["mirror"])).toEqual([`rules/a.toml | ${shown} | ${path}`]);
    expect(problemsIn(files, ["mirror"])).toEqual([]);
  });

  test("a stem may hold the word for a kind", () => {
    const files = { "rules/no.match.here.toml": RULE, "rules/_tests/no.match.here.nomatch.ndjson": "" };
    expect(casesIn(files)).toEqual([
      "rules/no.match.here.toml | nomatch | nomatch | rules/_tests/no.match.here.nomatch.ndjson",
    ]);
  });

  test.each<readonly [name: string, path: string, problem: string | undefined]>([
    [
      "of a rule that is not there",
      "rules/_tests/b.match.ndjson",
      "orphan: There is no rule `b.toml` that these tests belong to",
    ],
    [
      "of a rule in another folder",
      "other/_tests/a.match.ndjson",
      "orphan: There is no rule `a.toml` that these tests belong to",
    ],
    [
      "of a manifest without its rule",
      "rules/_tests/b.test.yml",
      "orphan: There is no rule `b.toml` that these tests belong to",
    ],
    [
      "with a misspelt kind",
      "rules/_tests/a.matches.ndjson",
      "file-name: Unknown kind `matches`: expected `.match`, `.nomatch`, `.todo`, `.events`: did you mean `a.match.ndjson`?",
    ],
    [
      "with a kind that nobody knows",
      "rules/_tests/a.fixture.ndjson",
      "file-name: Unknown kind `fixture`: expected `.match`, `.nomatch`, `.todo`, `.events`",
    ],
    [
      "that Elastic takes for a rule",
      "rules/_tests/a.match.json",
      "file-name: Elastic's loader takes files of JSON beside rules for rules: did you mean `a.match.ndjson`?",
    ],
    [
      "with another ending",
      "rules/_tests/a.match.jsonl",
      "file-name: Events stand in files of `.ndjson`: did you mean `a.match.ndjson`?",
    ],
    ["that is no test", "rules/_tests/README.md", undefined],
    ["that is no test either", "docs/a.matches.ndjson", undefined],
  ])("a file %s", (_name, path, problem) => {
    const files = { "rules/a.toml": RULE, [path]: "cases: []" };
    expect(problemsIn(files)).toEqual(problem === undefined ? [] : [problem]);
  });

  test("of two files for one case the nearer one counts", () => {
    const files = {
      "rules/a.toml": RULE,
      "rules/a.match.ndjson": "",
      "rules/_tests/a.match.ndjson": "",
      "rules/_tests/a.match.ndjson.gz": "",
    };
    expect(casesIn(files)).toEqual(["rules/a.toml | match | match | rules/_tests/a.match.ndjson"]);
    expect(planOf(files).problems.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "duplicate rules/a.match.ndjson",
      "duplicate rules/_tests/a.match.ndjson.gz",
    ]);
  });

  test("of two rules with one name a mirrored folder tells which", () => {
    const files = {
      "rules/linux/a.toml": RULE,
      "rules/windows/a.toml": RULE,
      "tests/rules/windows/a.match.ndjson": "",
      "tests/rules/a.nomatch.ndjson": "",
    };
    expect(casesIn(files, ["tests/rules"])).toEqual([
      "rules/windows/a.toml | match | match | tests/rules/windows/a.match.ndjson",
    ]);
    expect(problemsIn(files, ["tests/rules"])).toHaveLength(1);
  });
});

test("tests move along with their rule", () => {
  const files = [
    "rules/linux/_tests/a.match.x.ndjson",
    "rules/linux/a.test.yml",
    "rules/linux/_tests/ab.match.ndjson",
    "rules/linux/a.toml",
  ];
  expect(movedTests(files, "rules/linux/a.toml", "rules/windows/b.toml")).toEqual([
    { from: "rules/linux/_tests/a.match.x.ndjson", to: "rules/windows/_tests/b.match.x.ndjson" },
    { from: "rules/linux/a.test.yml", to: "rules/windows/b.test.yml" },
  ]);
});

test("files that only manifests name move along, and so do those in folders that repeat the rules'", () => {
  const files = [
    "rules/linux/_tests/a.history.ndjson",
    "rules/linux/_tests/b.history.ndjson",
    "tests/linux/a.match.ndjson",
    "tests/rules/linux/_tests/a.nomatch.ndjson",
    "other/linux/a.match.ndjson",
  ];
  expect(movedTests(files, "rules/linux/a.toml", "rules/windows/c.toml", ["tests"])).toEqual([
    { from: "rules/linux/_tests/a.history.ndjson", to: "rules/windows/_tests/c.history.ndjson" },
    { from: "tests/linux/a.match.ndjson", to: "tests/windows/c.match.ndjson" },
    { from: "tests/rules/linux/_tests/a.nomatch.ndjson", to: "tests/rules/windows/_tests/c.nomatch.ndjson" },
  ]);
});

test("a manifest names its files as they are named after a move", () => {
  const manifest = [
    "defaults: { history: a.history.ndjson }",
    "cases:",
    "  - name: one",
    "    events: 'a.match.ndjson'",
    "  - name: two",
    '    events: "../shared/base.ndjson"',
    "  - name: three",
    "    events: [{ file.path: a.match.ndjson }]",
    "",
  ].join("\n");
  const moved = new Map([
    ["rules/_tests/a.test.yml", "rules/new/_tests/b.test.yml"],
    ["rules/_tests/a.match.ndjson", "rules/new/_tests/b.match.ndjson"],
    ["rules/_tests/a.history.ndjson", "rules/new/_tests/b.history.ndjson"],
  ]);
  const edits = movedReferences("rules/_tests/a.test.yml", manifest, moved);
  expect(applyEdits(manifest, edits)).toBe(
    manifest
      .replace("a.history.ndjson", "b.history.ndjson")
      .replace("'a.match.ndjson'", "'b.match.ndjson'")
      .replace("../shared", "../../shared"),
  );
  const renamed = new Map([...moved].map(([from, to]) => [from, to.replace("/new/", "/")]));
  expect(movedReferences("rules/_tests/a.test.yml", manifest, renamed)).toHaveLength(2);
});

test("files of such names elsewhere are none of our business, unless a manifest speaks of them", () => {
  const elsewhere = {
    "rules/a.toml": RULE,
    "docker-compose.test.yml": "services: {}",
    "logs/app.events.ndjson": "{}",
    "logs/a.macth.ndjson": "{}",
  };
  expect(casesIn(elsewhere)).toEqual([]);
  expect(problemsIn(elsewhere)).toEqual([]);
  const claimed = {
    "rules/a.toml": RULE,
    "rules/other.match.ndjson": "{}",
    "rules/_tests/a.test.yml": "cases:\n  - name: x\n    events: ../other.match.ndjson\n",
  };
  expect(problemsIn(claimed)).toEqual([]);
  expect(problemsIn({ ...claimed, "rules/_tests/a.test.yml": "cases: []" })).toEqual([
    "orphan: There is no rule `other.toml` that these tests belong to",
  ]);
});

test("new tests go into `_tests`", () => {
  expect(newTestPath("rules/linux/a.toml", "match")).toBe("rules/linux/_tests/a.match.ndjson");
  expect(newTestPath("a.toml", "nomatch", "backup")).toBe("_tests/a.nomatch.backup.ndjson");
});
