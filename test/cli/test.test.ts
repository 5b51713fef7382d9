/** The built command line on sample events: reports, exit codes, single rules and tests, broken files. */
import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { connection, RULE, shell } from "../lsp/testingWorkspace.ts";
import { CLI, commandFolder } from "./commandFolder.ts";
import { writeTestedRules } from "./testedRules.ts";

const { path: folder, run, write } = commandFolder();

beforeAll(() => {
  writeTestedRules(write);
});

describe("for people", () => {
  test("each case with its outcome, what nothing exercises, and a summary", () => {
    const { code, out, err } = run(["test", "rules", "--untested"]);
    expect(out).toMatchInlineSnapshot(`
      "rules/a.toml
        · events: 1 alert on 2 events
        ✓ match: 2 alerts
        ✓ match: packed: 1 alert
        ○ match (todo): The event does not alert: line 1, \`process.name : "sh"\` does not hold: was \`dash\`
        ✓ nomatch: 0 alerts
        5 of 6 clauses exercised
          15: \`process.args : "-v"\` No event is kept from matching by this exclusion alone

      rules/esql.toml
        ? match: Rules of the type ES|QL cannot be run on sample events yet

      rules/s.toml
        ✓ match: 1 alert
        ✓ nomatch: 0 alerts
        4 of 4 clauses exercised

      Rules without tests:
        rules/untested.toml

      3 rules tested, 1 without tests: 5 passed, 0 failed, 1 unsupported, 1 todo (N ms)
      coverage: 9 of 10 clauses (90 %)
      "
    `);
    expect(err).toBe("");
    expect(code).toBe(0);
  });

  test("what fails is explained if asked, and problems of files stand at their place", () => {
    const { code, out } = run(["test", "failing", "--explain"]);
    expect(out).toMatchInlineSnapshot(`
      "failing/a.toml
        ✓ a shell & its <parent>: 0 alerts
        ✗ too few: Expected at least 2 alerts, got 1 on line 1
        ✗ match: 1 of 2 events do not alert: line 2, \`process.name : "sh"\` does not hold: was \`bash\`
            line 2, \`process.name : "sh"\` does not hold: was \`bash\`
            ✗ all of these
              ✓ process — \`event.category\` was \`process\`
              ✓ host.os.type == "linux" — was \`linux\`
              ✓ process.parent.name : ("nginx", "apache2") — was \`nginx\`, which matches \`nginx\`
              ✗ process.name : "sh" — was \`bash\`
              ✓ not
                ✗ process.args : "-v" — \`process.args\` is absent
        4 of 6 clauses exercised
          13: \`"apache2"\` No event exercises this value
          15: \`process.args : "-v"\` No event is kept from matching by this exclusion alone

      failing/_tests/gone.match.ndjson: error: There is no rule \`gone.toml\` that these tests belong to [tests/orphan]

      1 rule tested, 0 without tests: 1 passed, 2 failed (N ms)
      coverage: 4 of 6 clauses (66 %)
      "
    `);
    expect(code).toBe(1);
  });

  test("changes of the query that no test notices", () => {
    const { code, out } = run(["test", "rules/s.toml", "--mutate"]);
    expect(out).toMatchInlineSnapshot(`
      "rules/s.toml
        ✓ match: 1 alert
        ✓ nomatch: 0 alerts
        4 of 4 clauses exercised
        3 of 8 changes of the query are noticed
          not noticed: without the key \`host.id\`
          not noticed: with any category
          not noticed: any value in \`process.name == "sh"\`
          not noticed: with any category
          not noticed: any value in \`destination.port == 4444\`

      1 rule tested, 0 without tests: 2 passed, 0 failed (N ms)
      coverage: 4 of 4 clauses (100 %)
      mutation score: 3 of 8 (37 %)
      "
    `);
    expect(code).toBe(0);
  });

  test("colour only if it is wanted", () => {
    const colourful = spawnSync(process.execPath, [CLI, "test", "rules/s.toml"], {
      cwd: folder,
      env: { ...process.env, FORCE_COLOR: "1", NO_COLOR: "" },
      encoding: "utf8",
    });
    expect(colourful.stdout).toContain("\u001b[32m✓");
    expect(run(["test", "rules/s.toml"]).out).not.toContain("\u001b[");
  });
});

describe("for programs", () => {
  test("the JSON shape is stable", () => {
    const { code, out } = run(["test", "rules", "failing", "--format", "json", "--untested", "--mutate"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      version: 1,
      summary: { passed: 6, failed: 2, unsupported: 1, todo: 1, error: 0 },
      tests: [
        {
          rule: "failing/a.toml",
          case: "a shell & its <parent>",
          outcome: "passed",
          alerts: 0,
          message: null,
        },
        {
          rule: "failing/a.toml",
          case: "too few",
          outcome: "failed",
          alerts: 1,
          message: "Expected at least 2 alerts, got 1 on line 1",
        },
        expect.objectContaining({ rule: "failing/a.toml", case: "match", outcome: "failed", alerts: 1 }),
        { rule: "rules/a.toml", case: "match", outcome: "passed", alerts: 2, message: null },
        expect.objectContaining({ case: "match: packed", outcome: "passed" }),
        expect.objectContaining({ case: "match (todo)", outcome: "todo", alerts: 0 }),
        expect.objectContaining({ case: "nomatch", outcome: "passed" }),
        {
          rule: "rules/esql.toml",
          case: "match",
          outcome: "unsupported",
          alerts: 0,
          message: "Rules of the type ES|QL cannot be run on sample events yet",
        },
        { rule: "rules/s.toml", case: "match", outcome: "passed", alerts: 1, message: null },
        { rule: "rules/s.toml", case: "nomatch", outcome: "passed", alerts: 0, message: null },
      ],
      problems: [
        {
          path: "failing/_tests/gone.match.ndjson",
          check: "tests/orphan",
          severity: "error",
          message: "There is no rule `gone.toml` that these tests belong to",
          range: null,
        },
      ],
      rules: expect.arrayContaining([
        {
          path: "rules/s.toml",
          coverage: { total: 4, exercised: 4 },
          mutations: { total: expect.any(Number) as number, noticed: expect.any(Number) as number },
        },
        { path: "rules/esql.toml", coverage: null, mutations: null },
      ]) as unknown,
      untested: ["rules/untested.toml"],
    });
  });

  test("JUnit: what XML cannot hold is escaped or left out", () => {
    write("xml/a.toml", RULE);
    write(
      "xml/_tests/a.test.yml",
      `cases:\n  - name: "a \\u0007 <b> & \\"c\\"\\n]]>"\n    events: [{ process.name: "\\u0000<x>\\ud800" }]\n`,
    );
    write("xml/_tests/gone.match.ndjson", "");
    const { code, out } = run(["test", "xml", "--format", "junit"]);
    expect(out).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="rulewright" tests="2" failures="1" errors="1" skipped="0">
        <testsuite name="xml/a.toml" tests="1" failures="1" errors="0" skipped="0">
          <testcase classname="xml/a.toml" name="a  &lt;b&gt; &amp; &quot;c&quot;&#10;]]&gt;"><failure message="The event does not alert: line 3, \`process\` does not hold: \`event.category\` is absent">line 3, \`process\` does not hold: \`event.category\` is absent</failure></testcase>
        </testsuite>
        <testsuite name="test files" tests="1" errors="1">
          <testcase classname="xml/_tests/gone.match.ndjson" name="tests/orphan xml/_tests/gone.match.ndjson"><error message="There is no rule \`gone.toml\` that these tests belong to"/></testcase>
        </testsuite>
      </testsuites>
      "
    `);
    expect(code).toBe(1);
  });
});

describe("what is asked for", () => {
  const summary = (args: readonly string[], cwd?: string): string =>
    (run(["test", ...args], cwd).out.match(/^.* tested, .*$/m)?.[0] ?? "").replace(" (N ms)", "");

  test.each<readonly [args: readonly string[], summary: string, cwd: string]>([
    [["rules/s.toml"], "1 rule tested, 0 without tests: 2 passed, 0 failed", "."],
    [["rules/s.toml", "rules/untested.toml"], "1 rule tested, 1 without tests: 2 passed, 0 failed", "."],
    [["rules/[su]*.toml"], "1 rule tested, 1 without tests: 2 passed, 0 failed", "."],
    [["rules/_tests/a.nomatch.ndjson"], "1 rule tested, 0 without tests: 1 passed, 0 failed", "."],
    [["failing/_tests/a.test.yml"], "1 rule tested, 0 without tests: 1 passed, 1 failed", "."],
    [["rules/_tests"], "3 rules tested, 0 without tests: 5 passed, 0 failed, 1 unsupported, 1 todo", "."],
    [[], "3 rules tested, 1 without tests: 5 passed, 0 failed, 1 unsupported, 1 todo", "rules"],
    [["."], "3 rules tested, 1 without tests: 5 passed, 0 failed, 1 unsupported, 1 todo", "rules"],
    [["../rules/s.toml"], "1 rule tested, 0 without tests: 2 passed, 0 failed", "failing"],
  ])("%j: %s", (args, expected, cwd) => {
    expect(summary(args, cwd)).toBe(expected);
  });

  test("folders that repeat those of the rules, from rulewright.toml or by an option", () => {
    write("mirrored/rulewright.toml", '[tests]\nroots = ["tests/rules"]\n');
    write("mirrored/rules/web/a.toml", RULE);
    write("mirrored/rules/web/b.toml", RULE.replace("6a11", "6a15"));
    write("mirrored/tests/rules/web/a.match.ndjson", shell());
    write("mirrored/tests/rules/web/_tests/b.nomatch.ndjson", shell({ name: "bash" }));
    const all = "2 rules tested, 0 without tests: 2 passed, 0 failed";
    expect(summary([], "mirrored")).toBe(all);
    expect(summary(["rules"], "mirrored")).toBe(all);
    expect(summary(["mirrored/rules"])).toBe(all);
    expect(summary(["rules/web/b.toml"], "mirrored")).toBe(
      "1 rule tested, 0 without tests: 1 passed, 0 failed",
    );
    write("other/rules/a.toml", RULE);
    write("other/events/rules/a.match.ndjson", shell());
    expect(summary(["rules", "--roots", "events/rules"], "other")).toBe(
      "1 rule tested, 0 without tests: 1 passed, 0 failed",
    );
    expect(summary(["rules"], "other")).toBe("0 rules tested, 1 without tests: 0 passed, 0 failed");
  });

  test("what is wrong in rulewright.toml is told", () => {
    write("odd/rulewright.toml", '[tests]\nroots = [1]\nroot = "x"\n');
    write("odd/a.toml", RULE);
    expect(
      run(["test", "odd"])
        .err.split("\n")
        .map((line) => line.replace(/^.*toml:/, "")),
    ).toEqual([
      '2: `roots` is a list of folders such as "tests/rules"',
      "3: Unknown key `root`: [tests] has roots",
      "No tests found",
      "",
    ]);
  });

  test("nothing found is said, and no failure", () => {
    expect(run(["test", "rules/untested.toml"])).toMatchObject({ code: 0, err: "No tests found\n" });
    write("empty/readme.txt", "");
    expect(run(["test", "empty"])).toMatchObject({ code: 0, err: "No detection rules found\n" });
    expect(run(["test", "nowhere"])).toMatchObject({
      code: 2,
      out: "",
      err: "rulewright: There is no file or folder nowhere\n",
    });
    expect(run(["test", "--format", "xml"])).toMatchObject({ code: 2, out: "" });
  });
});

describe("broken files", () => {
  /** `outcome: message` of each case, and what is wrong with files. */
  function told(files: Readonly<Record<string, string | Uint8Array>>): readonly unknown[] {
    const name = `broken${Object.keys(files).join("").length}-${count++}`;
    write(`${name}/a.toml`, RULE);
    for (const [file, content] of Object.entries(files)) write(`${name}/${file}`, content);
    const { code, out } = run(["test", ".", "--format", "json"], name);
    const { tests, problems } = JSON.parse(out) as {
      readonly tests: readonly { readonly outcome: string; readonly message: string | null }[];
      readonly problems: readonly {
        readonly check: string;
        readonly range: { readonly start: object } | null;
      }[];
    };
    return [
      code,
      ...tests.map(({ outcome, message }) => (message === null ? outcome : `${outcome}: ${message}`)),
      ...problems.map(({ check, range }) =>
        range === null ? check : `${check} ${JSON.stringify(range.start)}`,
      ),
    ];
  }
  let count = 0;

  test.each<
    readonly [name: string, files: Readonly<Record<string, string | Uint8Array>>, told: readonly unknown[]]
  >([
    [
      "a broken line",
      { "_tests/a.match.ndjson": `${shell()}{"a":\n` },
      [1, "error: Line 2 cannot be read: Expected a value"],
    ],
    ["no event", { "_tests/a.nomatch.ndjson": "\n" }, [1, "error: The case has no events"]],
    [
      "a packed file that is none",
      { "_tests/a.match.ndjson.gz": "hello" },
      [1, "error: By its name the file is packed with gzip, and it cannot be unpacked"],
    ],
    [
      "rules instead of events",
      { "_tests/a.match.ndjson": '{"exported_rules_count":1}\n' },
      [1, "error: This is an export of rules from Kibana, not of events"],
    ],
    [
      "a manifest that is no YAML",
      { "_tests/a.test.yml": "cases:\n  - name: x\n    events: [{ a: 1 }\n" },
      [
        1,
        "failed: The event does not alert: line 3, `process` does not hold: `event.category` is absent",
        'tests/syntax {"line":4,"column":1}',
      ],
    ],
    [
      "circles",
      { "_tests/a.test.yml": "cases:\n  - name: x\n    base: y\n  - name: y\n    base: x\n" },
      [1, 'tests/circular-base {"line":3,"column":11}', 'tests/circular-base {"line":5,"column":11}'],
    ],
    [
      "a duplicate is a warning",
      { "_tests/a.match.ndjson": shell(), "a.match.ndjson": shell() },
      [0, "passed", "tests/duplicate-case"],
    ],
  ])("%s", (_name, files, expected) => {
    expect(told(files)).toEqual(expected);
  });

  test("a query that Elasticsearch would refuse", () => {
    write("refused/a.toml", RULE.replace('"sh"', ""));
    write("refused/_tests/a.match.ndjson", shell());
    const { code, out } = run(["test", "refused"]);
    expect(out).toContain("  ! match: ");
    expect(code).toBe(1);
  });

  test("a file that nobody may read", () => {
    write("locked/a.toml", RULE);
    write("locked/_tests/a.match.ndjson", shell());
    chmodSync(path.join(folder, "locked/_tests/a.match.ndjson"), 0o000);
    const { code, out } = run(["test", "locked"]);
    // Whoever may do everything reads it all the same.
    const isReadable = process.getuid?.() === 0;
    expect(code).toBe(isReadable ? 0 : 1);
    expect(out.includes("cannot be read")).toBe(!isReadable);
  });
});

describe("who-fires", () => {
  test("rules that alert on the events of a file, with their lines", () => {
    write("some.ndjson", shell() + shell({ name: "bash" }) + connection(5));
    const { code, out } = run(["events", "who-fires", "some.ndjson", "--rules", "rules", "--format", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      version: 1,
      summary: { rules: 4, events: 3, unsupported: 1, milliseconds: 0 },
      firing: [
        { rule: "rules/a.toml", lines: [1], alerts: 1 },
        { rule: "rules/s.toml", lines: [1, 3], alerts: 1 },
        { rule: "rules/untested.toml", lines: [1], alerts: 1 },
      ],
    });
    expect(run(["events", "who-fires", "../some.ndjson"], "rules").out).toBe(
      "a.toml: line 1\ns.toml: lines 1, 3\nuntested.toml: line 1\n3 of 4 rules alert on 3 events; 1 cannot be run (N ms)\n",
    );
  });

  test("files that hold no events", () => {
    write("rules.ndjson", '{"exported_rules_count":1}\n');
    expect(run(["events", "who-fires", "rules.ndjson"])).toMatchObject({ code: 2, out: "" });
    expect(run(["events", "who-fires", "nowhere.ndjson"])).toMatchObject({ code: 2, out: "" });
    write("half.ndjson", `${shell()}{"a"\n`);
    const { code, err } = run(["events", "who-fires", "half.ndjson", "--rules", "rules"]);
    expect(code).toBe(0);
    expect(err).toMatch(/^half\.ndjson:2: /);
  });
});
