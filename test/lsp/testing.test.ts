/** The built server about sample events: lists, runs, results beside the query, events out of a query, who alerts. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../support/fixture.ts";
import {
  removeFolders,
  RULE,
  SEQUENCE,
  shell,
  type TestingWorkspace,
  testingWorkspace,
} from "./testingWorkspace.ts";
import { FILES } from "./testedFiles.ts";

let workspace: TestingWorkspace;
beforeAll(async () => {
  workspace = await testingWorkspace(FILES);
});
afterAll(async () => {
  expect(workspace.client.logged).toEqual([]);
  await workspace.stop();
  removeFolders();
});

describe("tests/list", () => {
  test("all rules that have cases, and what is wrong with files", async () => {
    const { rules, problems } = await workspace.ask("tests/list", { uri: null });
    expect(
      rules.map(({ uri, name, line, cases }) => [
        workspace.nameOf(uri),
        name,
        line,
        ...cases.map(
          (one) => `${one.name} ${workspace.nameOf(one.uri)}:${one.line}${one.isScratch ? " scratch" : ""}`,
        ),
      ]),
    ).toEqual([
      [
        "rules/a.toml",
        "Shell Started by a Web Server",
        10,
        "another shell rules/_tests/a.test.yml:1",
        "events rules/_tests/a.events.ndjson:0 scratch",
        "match rules/_tests/a.match.ndjson:0",
        "nomatch rules/_tests/a.nomatch.ndjson:0",
      ],
      [
        "rules/s.toml",
        "Shell and Connection",
        10,
        "match rules/_tests/s.match.ndjson:0",
        "nomatch rules/_tests/s.nomatch.ndjson:0",
      ],
    ]);
    expect(problems.map(({ uri, severity, message }) => [workspace.nameOf(uri), severity, message])).toEqual([
      ["rules/_tests/gone.match.ndjson", "error", "There is no rule `gone.toml` that these tests belong to"],
    ]);
  });

  test("one rule is told whether it has cases or not, and what is no rule is not", async () => {
    const casesOf = async (name: string): Promise<readonly number[]> =>
      (await workspace.ask("tests/list", { uri: workspace.uri(name) })).rules.map(
        ({ cases }) => cases.length,
      );
    expect(await casesOf("rules/s.toml")).toEqual([2]);
    expect(await casesOf("rules/none.toml")).toEqual([0]);
    expect(await casesOf("pyproject.toml")).toEqual([]);
    expect(await casesOf("rules/nowhere.toml")).toEqual([]);
    expect(await workspace.ask("tests/list", { uri: "untitled:rule" })).toEqual({ rules: [], problems: [] });
  });
});

describe("tests/run", () => {
  test("every case, with what it covers", async () => {
    const uri = workspace.uri("rules/a.toml");
    const { reports, coverage } = await workspace.ask("tests/run", { uri, cases: null, withCoverage: true });
    expect(reports.map(({ id, outcome, actual }) => [id, outcome, actual])).toEqual([
      ["rules/a.toml::another shell", "passed", "0 alerts"],
      ["rules/a.toml::events", "scratch", "1 alert"],
      ["rules/a.toml::match", "passed", "2 alerts"],
      ["rules/a.toml::nomatch", "passed", "0 alerts"],
    ]);
    expect(coverage.map(({ text, count }) => [text, count])).toEqual([
      ["process", 2],
      ['host.os.type == "linux"', 2],
      ['"nginx"', 1],
      ['"apache2"', 1],
      ['process.name : "sh"', 2],
      ['process.args : "-v"', 0],
    ]);
  });

  test("some cases by id, without what it covers", async () => {
    const uri = workspace.uri("rules/a.toml");
    const cases = ["rules/a.toml::match", "rules/a.toml::none"];
    const { reports, coverage } = await workspace.ask("tests/run", { uri, cases, withCoverage: false });
    expect(reports.map(({ id }) => id)).toEqual(["rules/a.toml::match"]);
    expect(coverage).toEqual([]);
  });

  test("a failure stands at the clause that decided it", async () => {
    const failing = await testingWorkspace({
      "rules/a.toml": RULE,
      "rules/_tests/a.match.ndjson": shell() + shell({ name: "bash" }),
    });
    const uri = failing.uri("rules/a.toml");
    const { reports } = await failing.ask("tests/run", { uri, cases: null, withCoverage: false });
    expect(reports).toMatchObject([
      {
        outcome: "failed",
        expected: "every event alerts",
        actual: "1 alert, and 1 without one",
        range: { start: { line: 13, character: 2 }, end: { line: 13, character: 21 } },
      },
    ]);
    expect(reports[0]?.message).toBe(
      'Expected every event to alert; 1 of 2 did not: line 2, `process.name : "sh"` does not hold: was `bash`',
    );
    expect(reports[0]?.detail).toContain("```text\n✗ all of these");
    await failing.stop();
  });

  test("a rule that is gone has nothing to report", async () => {
    const gone = await testingWorkspace({ "rules/a.toml": RULE, "rules/_tests/a.match.ndjson": shell() });
    expect((await gone.ask("tests/list", { uri: null })).rules).toHaveLength(1);
    gone.remove("rules/a.toml");
    const uri = gone.uri("rules/a.toml");
    expect(await gone.ask("tests/run", { uri, cases: null, withCoverage: true })).toEqual({
      reports: [],
      coverage: [],
    });
    expect((await gone.ask("tests/list", { uri: null })).rules).toEqual([]);
    await gone.stop();
  });
});

describe("tests/inline", () => {
  /** `line text state` of what is shown. */
  async function shown(
    name: string,
    event: { uri: string; line: number } | null,
  ): Promise<readonly string[]> {
    const result = await workspace.ask("tests/inline", { uri: workspace.uri(name), event });
    return (result?.clauses ?? []).map(({ line, text, state }) => `${line} ${text} ${state}`);
  }

  test("how many events each clause is true of", async () => {
    await workspace.open("rules/a.toml", RULE);
    expect(await shown("rules/a.toml", null)).toEqual([
      "11 7/7 events neutral",
      "11 7/7 events neutral",
      "12 7/7 events neutral",
      "13 4/7 events neutral",
      "14 excludes 1/7 events neutral",
      "14 3/7 match neutral",
    ]);
  });

  test("which clause rejects the chosen event, and why", async () => {
    const event = { uri: workspace.uri("rules/_tests/a.nomatch.ndjson"), line: 1 };
    expect(await shown("rules/a.toml", event)).toEqual([
      "11 7/7 events matched",
      "11 7/7 events matched",
      "12 7/7 events matched",
      "13 4/7 events, was `bash` rejected",
      "14 excludes 1/7 events matched",
      "14 3/7 match neutral",
    ]);
  });

  test("what became of a sequence, step by step", async () => {
    await workspace.open("rules/s.toml", SEQUENCE);
    const late = { uri: workspace.uri("rules/_tests/s.nomatch.ndjson"), line: 2 };
    const steps = (lines: readonly string[]): readonly string[] =>
      lines.filter((one) => !one.includes("events"));
    expect(steps(await shown("rules/s.toml", null))).toEqual([
      "12 step 1: 2/4 match neutral",
      "13 step 2: 2/4 match neutral",
      "11 sequence found once in match neutral",
      "12 line 1 matched",
      "13 line 2, 5 s after line 1 matched",
    ]);
    expect((await shown("rules/s.toml", late)).slice(-3)).toEqual([
      "11 no sequence is complete in nomatch neutral",
      "12 line 1 matched",
      "13 step 2 (line 2) came 5 s after maxspan rejected",
    ]);
  });

  test("events to choose from, those in progress first, each as it stands in its file", async () => {
    const result = await workspace.ask("tests/inline", { uri: workspace.uri("rules/a.toml"), event: null });
    const events = result?.events ?? [];
    expect(
      events.map(({ uri, line, label, alerts, patchedBy }) => [
        workspace.nameOf(uri),
        line,
        label,
        alerts,
        ...(patchedBy === undefined ? [] : [patchedBy]),
      ]),
    ).toEqual([
      ["rules/_tests/a.events.ndjson", 1, "sh · process", false],
      ["rules/_tests/a.events.ndjson", 2, "sh · process", true],
      ["rules/_tests/a.match.ndjson", 1, "sh · process", true],
      ["rules/_tests/a.match.ndjson", 2, "sh · process", true],
      ["rules/_tests/a.nomatch.ndjson", 1, "bash · process", false],
      ["rules/_tests/a.match.ndjson", 1, "zsh · process", false, "rules/a.toml::another shell"],
      ["rules/_tests/a.match.ndjson", 2, "zsh · process", false, "rules/a.toml::another shell"],
    ]);
  });

  test("an event that patches changed explains itself as they left it", async () => {
    const event = {
      uri: workspace.uri("rules/_tests/a.match.ndjson"),
      line: 1,
      patchedBy: "rules/a.toml::another shell",
    };
    expect(await shown("rules/a.toml", event)).toContain("13 4/7 events, was `zsh` rejected");
    const page = await workspace.ask("events/explain", { uri: workspace.uri("rules/a.toml"), event });
    expect(page).toContain("Line 1, as the case **another shell** changes it, against");
    expect(page).toContain("The query does not match this event.");
  });

  test("follows the rule and its events while they are typed", async () => {
    const typed = await testingWorkspace({ "rules/a.toml": RULE, "rules/_tests/a.events.ndjson": shell() });
    const uri = typed.uri("rules/a.toml");
    const scratch = async (): Promise<unknown> => {
      const result = await typed.ask("tests/inline", { uri, event: null });
      return [result?.version, result?.summary.scratchAlerts, result?.summary.scratchEvents];
    };
    await typed.open("rules/a.toml", RULE);
    expect(await scratch()).toEqual([1, 1, 1]);
    await typed.change("rules/a.toml", 2, RULE.replace('"sh"', '"dash"'));
    expect(await scratch()).toEqual([2, 0, 1]);
    await typed.open("rules/_tests/a.events.ndjson", shell());
    await typed.change("rules/_tests/a.events.ndjson", 2, shell({ name: "dash" }) + shell({ name: "dash" }));
    expect(await scratch()).toEqual([2, 2, 2]);
    typed.write("rules/_tests/a.match.ndjson", shell());
    const result = await typed.ask("tests/inline", { uri, event: null });
    expect(result?.summary).toMatchObject({ failed: 1, passed: 0 });
    await typed.change("rules/a.toml", 3, RULE.replace('"sh"', '"dash'));
    expect((await typed.ask("tests/inline", { uri, event: null }))?.summary.problem).toMatch(/"/);
    await typed.stop();
  });

  test("what is no rule has none", async () => {
    expect(
      await workspace.ask("tests/inline", { uri: workspace.uri("pyproject.toml"), event: null }),
    ).toBeNull();
  });
});

describe("events", () => {
  test("one event explains itself on a page", async () => {
    const uri = workspace.uri("rules/a.toml");
    const page = await workspace.ask("events/explain", {
      uri,
      event: { uri: workspace.uri("rules/_tests/a.match.ndjson"), line: 2 },
    });
    expect(page).toContain("# sh · process\n\nLine 2, against **Shell Started by a Web Server**");
    expect(page).toContain("The query matches this event.");
    expect(page).toContain('"kibana.alert.rule.name": "Shell Started by a Web Server"');
    expect(page).toContain('| **process.name** | `"sh"` |\n');
    expect(page?.indexOf("**process.name**")).toBeLessThan(page?.indexOf("| @timestamp") ?? -1);
    const gone = { uri: workspace.uri("rules/_tests/a.match.ndjson"), line: 9 };
    expect(await workspace.ask("events/explain", { uri, event: gone })).toBeNull();
  });

  test("an event of a sequence is explained with the others", async () => {
    const page = await workspace.ask("events/explain", {
      uri: workspace.uri("rules/s.toml"),
      event: { uri: workspace.uri("rules/_tests/s.nomatch.ndjson"), line: 2 },
    });
    expect(page).toContain("after maxspan");
  });

  test("events are made from a query, each with the verdict that its name promises", async () => {
    const made = await workspace.ask("events/generate", { uri: workspace.uri("rules/none.toml") });
    if (!made.ok) throw new Error(made.message);
    expect(made.files.map(({ uri, expect: verdict }) => [workspace.nameOf(uri), verdict])).toEqual([
      ["rules/_tests/none.match.ndjson", "match"],
      ["rules/_tests/none.nomatch.not-process.ndjson", "nomatch"],
      ["rules/_tests/none.nomatch.not-host-os-type-linux.ndjson", "nomatch"],
      ["rules/_tests/none.nomatch.not-process-parent-name-nginx-apache2.ndjson", "nomatch"],
      ["rules/_tests/none.nomatch.not-process-name-sh.ndjson", "nomatch"],
      ["rules/_tests/none.nomatch.excluded-by-process-args-v.ndjson", "nomatch"],
    ]);
    const fresh = await testingWorkspace({ "rules/none.toml": RULE });
    for (const { uri, text } of made.files) fresh.write(workspace.nameOf(uri), text);
    const uri = fresh.uri("rules/none.toml");
    const { reports } = await fresh.ask("tests/run", { uri, cases: null, withCoverage: false });
    expect(reports.map(({ outcome }) => outcome)).toEqual(made.files.map(() => "passed"));
    await fresh.stop();
    const unmade = await workspace.ask("events/generate", { uri: workspace.uri("pyproject.toml") });
    expect(unmade).toEqual({ ok: false, message: "This is no rule on the disk" });
  });

  test.each([
    "integrations/aws/defense_evasion_aws_instances_started_in_new_region.toml",
    "threat_intel/command_and_control_connection_to_indicator_address_and_port.toml",
  ])("what needs history or indicators becomes cases of a manifest: %s", async (file) => {
    const text = readFileSync(path.join(root, "rules", file), "utf8");
    const own = await testingWorkspace({ "rules/a.toml": text });
    const uri = own.uri("rules/a.toml");
    const manifest = "rules/_tests/a.test.yml";
    for (const round of [1, 2]) {
      const made = await own.ask("events/generate", { uri });
      if (!made.ok) throw new Error(made.message);
      expect(new Set(made.files.map((one) => own.nameOf(one.uri)))).toEqual(new Set([manifest]));
      const header = made.files[0]?.header ?? "";
      const cases = made.files
        .map((one) => one.text.replace(/name: "(.*)"/, `name: "$1, ${round}"`))
        .join("");
      // The second time, they come after those that are there.
      own.write(
        manifest,
        round === 1 ? header + cases : readFileSync(path.join(own.root, manifest), "utf8") + cases,
      );
      const { reports } = await own.ask("tests/run", { uri, cases: null, withCoverage: false });
      expect(reports.map(({ outcome }) => outcome)).toEqual(
        Array.from({ length: round * made.files.length }, () => "passed"),
      );
    }
    own.write(manifest, "cases: []\n");
    expect(await own.ask("events/generate", { uri })).toEqual({
      ok: false,
      message: "No case can be added at the end of rules/_tests/a.test.yml",
    });
    await own.stop();
  });

  test("whatever holds events becomes lines, scrubbed if it is asked for", async () => {
    const uri = workspace.uri("rules/a.toml");
    const text = JSON.stringify({
      hits: {
        hits: [{ _index: "logs", _source: { host: { name: "fin-ws-042" }, process: { name: "sh" } } }],
      },
    });
    const plain = await workspace.ask("events/normalise", { uri, text, scrub: false });
    expect(plain).toMatchObject({
      ok: true,
      count: 1,
      problems: [],
      lines: '{"host":{"name":"fin-ws-042"},"process":{"name":"sh"}}\n',
      uri: workspace.uri("rules/_tests/a.events.ndjson"),
    });
    const scrubbed = await workspace.ask("events/normalise", { uri, text, scrub: true });
    expect(scrubbed).toMatchObject({ ok: true, count: 1 });
    expect(JSON.stringify(scrubbed)).not.toContain("fin-ws-042");
    expect(JSON.stringify(scrubbed)).toContain('\\"name\\":\\"sh\\"');
    expect(scrubbed).toMatchObject({ kept: [], changesVerdict: false });
    const partly = await workspace.ask("events/normalise", { uri, text: '{"a":1}\n{"b"\n', scrub: false });
    expect(partly).toMatchObject({ ok: true, count: 1, problems: [expect.stringMatching(/^line 2: /)] });
    const none = await workspace.ask("events/normalise", { uri, text: "hello", scrub: false });
    expect(none).toEqual({ ok: false, message: "An event begins with `{`" });
  });

  test("who alerts on the event of a line, as documents are open and as files are written", async () => {
    const uri = workspace.uri("rules/_tests/a.match.ndjson");
    const { rules, judged, unsupported, overSeveral } = await workspace.ask("events/whoFires", {
      uri,
      line: 1,
    });
    expect(rules.map((rule) => workspace.nameOf(rule.uri))).toEqual(["rules/a.toml", "rules/none.toml"]);
    expect([judged, unsupported, overSeveral]).toEqual([3, 0, 1]);
    const other = workspace.uri("rules/_tests/s.match.ndjson");
    expect((await workspace.ask("events/whoFires", { uri: other, line: 2 })).rules).toEqual([]);
    const moved = await testingWorkspace({
      "rules/a.toml": RULE,
      "e.ndjson": shell() + shell({ name: "dash" }),
    });
    const firing = async (line: number): Promise<number> =>
      (await moved.ask("events/whoFires", { uri: moved.uri("e.ndjson"), line })).rules.length;
    expect([await firing(1), await firing(2)]).toEqual([1, 0]);
    await moved.open("rules/a.toml", RULE.replace('"sh"', '"dash"'));
    expect([await firing(1), await firing(2)]).toEqual([0, 1]);
    moved.write("rules/b.toml", RULE.replace("6a11", "6a14"));
    expect([await firing(1), await firing(2)]).toEqual([1, 1]);
    await moved.stop();
  });
});
