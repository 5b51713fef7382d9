/** Checks of events files and manifests: examples of their pages, settings, comments that allow, and what mends them. */
import { describe, expect, test } from "vitest";
import { DEFAULT_CONFIG } from "../../server/src/core/analysis/config.ts";
import { testFileDiagnostics } from "../../server/src/core/analysis/testFile.ts";
import { type Severity } from "../../server/src/core/checks/check.ts";
import { CHECKS } from "../../server/src/core/checks/registry.generated.ts";
import { fileProblem } from "../../server/src/core/testing/cases/problem.ts";
import { scrubFixes, timeFix } from "../../server/src/core/testing/eventFixes.ts";
import { eventsFindings } from "../../server/src/core/testing/findings.ts";
import { allSampleEvents } from "../../server/src/core/testing/sampleEvents.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";
import { exhausted } from "../engine/exhausted.ts";
import { ecsTypes } from "./ecsTypes.ts";
import { RULE } from "./projects.ts";
import { type Files, inputsOf, planOf } from "./support.ts";

const EVENTS = "rules/_tests/a.match.ndjson";
const MANIFEST = "rules/_tests/a.test.yml";

/** `severity id "text"` of what is said of an events file of a rule that reads some fields. */
function inEvents(
  text: string,
  severities: Readonly<Record<string, Severity | "off">> = {},
): readonly string[] {
  const findings = exhausted(
    eventsFindings(text, allSampleEvents(text), {
      types: ecsTypes,
      timestampField: "@timestamp",
      fields: [{ name: "process.name", optional: false }],
    }),
  );
  return shown(text, testFileDiagnostics(text, { findings, problems: [] }, configWith(severities)));
}

/** The same of a manifest, beside a rule and a file of two events. */
function inManifest(
  text: string,
  severities: Readonly<Record<string, Severity | "off">> = {},
): readonly string[] {
  const files: Files = { "rules/a.toml": RULE, [EVENTS]: "{}\n{}\n", [MANIFEST]: text };
  const plan = planOf(files);
  const errors = plan.cases.flatMap((testCase) => {
    const inputs = inputsOf(testCase, files);
    return inputs.ok || inputs.error.path !== MANIFEST ? [] : [inputs.error];
  });
  const problems = [...plan.problems.filter(({ path }) => path === MANIFEST), ...errors];
  return shown(text, testFileDiagnostics(text, { findings: [], problems }, configWith(severities)));
}

function configWith(severities: Readonly<Record<string, Severity | "off">>): typeof DEFAULT_CONFIG {
  return { ...DEFAULT_CONFIG, severities: new Map(Object.entries(severities)) };
}

function shown(text: string, found: ReturnType<typeof testFileDiagnostics>): readonly string[] {
  return found.map(
    ({ severity, check, span }) => `${severity} ${check} ${JSON.stringify(text.slice(span.start, span.end))}`,
  );
}

describe("examples", () => {
  const ofFiles = CHECKS.flatMap((check) => ("file" in check && check.file !== undefined ? [check] : []));
  const said = (file: "events" | "manifest", text: string): readonly string[] => {
    const all = file === "events" ? inEvents(text, { "events/absent-field": "off" }) : inManifest(text);
    return [...new Set(all.map((line) => line.split(" ")[1] ?? ""))];
  };

  test("every kind of file has checks", () => {
    expect(ofFiles.length).toBe(21);
  });

  test.each(ofFiles.filter(({ bad }) => bad !== ""))("the bad example of $id yields it alone", (check) => {
    expect(said(check.file ?? "events", check.bad)).toEqual([check.id]);
  });

  test.each(ofFiles.filter(({ good }) => good !== ""))("the good example of $id is fine", (check) => {
    expect(said(check.file ?? "events", check.good)).toEqual([]);
  });
});

const T = '"@timestamp":"2026-01-01T00:00:00Z","process.name":"a"';

describe("events", () => {
  test.each<readonly [name: string, text: string, found: readonly string[]]>([
    ["nothing to say", `{${T}}`, []],
    [
      "in the order of the text",
      `{${T},"process.pid":"x"}\n{"a"`,
      ['warning events/wrong-type "\\"x\\""', 'error events/broken-json ""'],
    ],
    ["half a pair of a bulk request", `{"index":{}}`, ['error events/no-event "{\\"index\\":{}}"']],
    ["what the rule reads and nothing has", '{"@timestamp":1}', ['hint events/absent-field "{"']],
    [
      "a comment above allows",
      `// rulewright: allow events/wrong-type -- as it came\n{${T},"process.pid":"x"}`,
      [],
    ],
    [
      "another comment does not",
      `// rulewright: allow events/secret\n{${T},"process.pid":"x"}`,
      ['warning events/wrong-type "\\"x\\""'],
    ],
    [
      "only the next event is allowed",
      `// rulewright: allow events/wrong-type\n\n// more\n{${T},"process.pid":"x"}\n{${T},"process.pid":"y"}`,
      ['warning events/wrong-type "\\"y\\""'],
    ],
  ])("%s", (_name, text, found) => {
    expect(inEvents(text)).toEqual(found);
  });

  test("settings decide", () => {
    const text = `{${T},"process.pid":"x"}`;
    expect(inEvents(text, { "events/wrong-type": "off" })).toEqual([]);
    expect(inEvents(text, { "events/wrong-type": "error" })).toEqual(['error events/wrong-type "\\"x\\""']);
  });
});

describe("manifests and files", () => {
  test.each<readonly [name: string, text: string, found: readonly string[]]>([
    ["a case that is fine", "cases:\n  - name: a\n    events: [{ x: 1 }]\n", []],
    [
      "a comment covers the line below it",
      "cases:\n  # rulewright: allow tests/empty-case -- later\n  - name: a\n    events: []\n",
      [],
    ],
    [
      "and no other",
      "cases:\n  # rulewright: allow tests/unknown-key\n  - name: a\n    events: [{ x: 1 }]\n    b: 1\n",
      ['error tests/unknown-key "b"'],
    ],
    [
      "a line on which no event begins",
      "cases:\n  - name: a\n    base: match\n    patch: [{ line: 7, drop: true }]\n",
      ['error tests/missing-reference "7"'],
    ],
  ])("%s", (_name, text, found) => {
    expect(inManifest(text)).toEqual(found);
  });

  test("a file as a whole is told at its beginning, and its first line may allow it", () => {
    const problems = [fileProblem(EVENTS, "orphan", "There is no rule")];
    const said = (text: string): number =>
      testFileDiagnostics(text, { findings: [], problems }, DEFAULT_CONFIG).length;
    expect(said("{}\n")).toBe(1);
    expect(said("// rulewright: allow tests/orphan -- of another repository\n{}\n")).toBe(0);
  });

  test("a duplicate is a warning unless settings say otherwise", () => {
    const problems = [fileProblem(EVENTS, "duplicate", "Twice")];
    const severityBy = (config: typeof DEFAULT_CONFIG): unknown =>
      testFileDiagnostics("", { findings: [], problems }, config)[0]?.severity;
    expect(severityBy(DEFAULT_CONFIG)).toBe("warning");
    expect(severityBy(configWith({ "tests/duplicate-case": "error" }))).toBe("error");
  });
});

describe("fixes", () => {
  const OPTIONS = { keep: new Set<string>(), salt: "x" };

  function scrubbed(text: string, value: string, kind: "secret" | "personal"): readonly string[] {
    const start = text.indexOf(value);
    const fixes = scrubFixes(
      text,
      allSampleEvents(text).events,
      { start, end: start + value.length },
      kind,
      OPTIONS,
    );
    return fixes.map(({ edits }) =>
      applyEdits(text, edits).replace(/(user|redacted|host)-[0-9a-f]{4}/g, "$1-*"),
    );
  }

  test("a name gives way wherever it stands, and keys stay", () => {
    const text = '{"home":"/home/m.huber/a","m.huber":1,"user":{"name":"M.Huber"}}\n{"x":["by m.huber"]}\n';
    expect(scrubbed(text, "m.huber", "personal")[0]).toBe(
      '{"home":"/home/user-*/a","m.huber":1,"user":{"name":"user-*"}}\n{"x":["by user-*"]}\n',
    );
  });

  test("everything else that tells of people may go along", () => {
    const text = '{"host":{"name":"fin-ws-042"},"message":"/home/m.huber/a"}\n';
    const [one, all] = scrubbed(text, "m.huber", "personal");
    expect(one).toBe('{"host":{"name":"fin-ws-042"},"message":"/home/user-*/a"}\n');
    expect(all).toBe('{"host":{"name":"host-*"},"message":"/home/user-*/a"}\n');
  });

  test("of a private key nothing is left", () => {
    const text = '{"message":"x -----BEGIN RSA PRIVATE KEY-----\\nMIIEow\\n-----END RSA PRIVATE KEY-----"}\n';
    expect(scrubbed(text, "-----BEGIN RSA PRIVATE KEY-----", "secret")[0]).toBe('{"message":"redacted-*"}\n');
  });

  test("a value in a key is replaced in its place", () => {
    expect(scrubbed('{"password=hunter2secret":1}\n', "hunter2secret", "secret")[0]).toBe(
      '{"password=redacted-*":1}\n',
    );
  });

  test("assumed times are written into the events that have none", () => {
    const text = '{"a":1}\n{"@timestamp":"2026-02-01T00:00:00Z"}\n{}\n{"_source":{"b":2}}\n';
    const fix = timeFix(text, allSampleEvents(text).events, "@timestamp");
    expect(applyEdits(text, fix?.edits ?? [])).toBe(
      [
        '{"@timestamp":"2026-01-01T00:00:00.000Z","a":1}',
        '{"@timestamp":"2026-02-01T00:00:00Z"}',
        '{"@timestamp":"2026-02-01T00:00:01.000Z"}',
        '{"_source":{"@timestamp":"2026-02-01T00:00:02.000Z","b":2}}\n',
      ].join("\n"),
    );
    expect(
      timeFix('{"@timestamp":1}\n', allSampleEvents('{"@timestamp":1}\n').events, "@timestamp"),
    ).toBeUndefined();
  });
});
