/** The built server in documents of sample events and of test cases: problems, fixes, hovers, completions. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as lsp from "vscode-languageserver";
import { removeFolders, RULE, shell, type TestingWorkspace, testingWorkspace } from "./testingWorkspace.ts";

let workspace: TestingWorkspace;
beforeAll(async () => {
  workspace = await testingWorkspace({
    "rulewright.toml": '[tests]\nroots = ["tests"]\n',
    "rules/a.toml": RULE,
    "rules/_tests/a.match.ndjson": shell(),
    "rules/_tests/a.seen.ndjson": shell(),
    "rules/_tests/a.test.yml": "cases:\n  - name: x\n    events: a.seen.ndjson\n",
    "rules/_tests/gone.nomatch.ndjson": shell(),
    "rules/_tests/a.macth.ndjson": shell(),
    "rules/b.toml": RULE.replace("6a11", "6a16"),
    "tests/a.match.ndjson": shell(),
    "tests/b.match.ndjson": shell(),
  });
});
afterAll(async () => {
  expect(workspace.client.logged).toEqual([]);
  await workspace.stop();
  removeFolders();
});

let version = 1;
const opened = new Set<string>();

/** Problems of the document with this text. */
async function problems(name: string, text: string): Promise<readonly string[]> {
  if (opened.has(name)) await workspace.change(name, ++version, text);
  else await workspace.open(name, text);
  opened.add(name);
  return workspace.problems(name);
}

function at(name: string, line: number, character: number): object {
  return { textDocument: { uri: workspace.uri(name) }, position: { line, character } };
}

describe("problems of events", () => {
  test("each at its place, with the rule's own fields", async () => {
    expect(
      await problems(
        "rules/_tests/a.match.ndjson",
        '{"process":{"name":"/home/m.huber/x","pid":"abc"}}\n{"a":\n',
      ),
    ).toEqual([
      "1:1 info events/missing-time: No event has a time in `@timestamp`: each counts as one second after the one before",
      "1:1 hint events/absent-field: The rule reads `host.os.type`, which no event here has",
      "1:1 hint events/absent-field: The rule reads `process.parent.name`, which no event here has",
      "1:1 hint events/absent-field: The rule reads `process.args`, which no event here has",
      "1:27 info events/personal-data: The name of a user is better replaced before the file is shared",
      "1:44 warning events/wrong-type: `process.pid` is of the type `long`, which takes no such value",
      "2:5 error events/broken-json: Expected a value",
    ]);
    expect(await problems("rules/_tests/a.match.ndjson", shell({ args: ["-c"] }))).toEqual([]);
    expect(await problems("rules/_tests/a.match.ndjson", "\n// later\n")).toEqual([
      "1:1 error tests/empty-case: The case has no events",
    ]);
  });

  test("files that are no case of their own", async () => {
    expect(await problems("rules/_tests/a.seen.ndjson", '{"@timestamp":1,"process.name":"x"}')).toEqual([
      "1:1 hint events/absent-field: The rule reads `host.os.type`, which no event here has",
      "1:1 hint events/absent-field: The rule reads `process.parent.name`, which no event here has",
      "1:1 hint events/absent-field: The rule reads `process.args`, which no event here has",
    ]);
    expect(await problems("rules/_tests/gone.nomatch.ndjson", shell())).toEqual([
      "1:1 error tests/orphan: There is no rule `gone.toml` that these tests belong to",
    ]);
    expect(await problems("rules/_tests/a.macth.ndjson", shell())).toEqual([
      "1:1 error tests/misnamed-file: Unknown kind `macth`: expected `.match`, `.nomatch`, `.todo`, `.events`: did you mean `a.match.ndjson`?",
    ]);
    expect(await problems("rules/_tests/a.events.ndjson", "")).toEqual([]);
  });

  test("below a root that repeats the rules", async () => {
    expect(await problems("tests/b.match.ndjson", "")).toEqual([
      "1:1 error tests/empty-case: The case has no events",
    ]);
    expect(await problems("tests/c.match.ndjson", shell())).toEqual([
      "1:1 error tests/orphan: There is no rule `c.toml` that these tests belong to",
    ]);
  });

  test("a pull without news says so", async () => {
    const textDocument = { uri: workspace.uri("rules/_tests/gone.nomatch.ndjson") };
    const first: lsp.FullDocumentDiagnosticReport = await workspace.request("textDocument/diagnostic", {
      textDocument,
    });
    const previousResultId = first.resultId;
    expect(await workspace.request("textDocument/diagnostic", { textDocument, previousResultId })).toEqual({
      kind: "unchanged",
      resultId: previousResultId,
    });
  });

  test("severities and what is off come from settings and rulewright.toml", async () => {
    const own = await testingWorkspace(
      { "rules/a.toml": RULE, "rulewright.toml": '[checks]\n"events/absent-field" = "off"\n' },
      { settings: { checks: { "events/missing-time": "warning", "tests/orphan": "off" } } },
    );
    await own.open("rules/_tests/a.match.ndjson", '{"a":1}');
    expect(await own.problems("rules/_tests/a.match.ndjson")).toEqual([
      "1:1 warning events/missing-time: No event has a time in `@timestamp`: each counts as one second after the one before",
    ]);
    await own.open("rules/_tests/c.match.ndjson", shell());
    expect(await own.problems("rules/_tests/c.match.ndjson")).toEqual([]);
    await own.stop();
  });
});

describe("problems of manifests", () => {
  test("also those that come up once the events are read", async () => {
    const text = [
      "cases:",
      "  - nmae: x",
      "    events: nothere.ndjson",
      "  - name: y",
      "    events: []",
      "  - name: z",
      "    base: z",
      "  - name: w",
      "    base: match",
      "    patch: [{ line: 4, drop: true }]",
      "",
    ].join("\n");
    expect(await problems("rules/_tests/a.test.yml", text)).toEqual([
      "2:5 error tests/unknown-key: A case has no `nmae`: did you mean `name`?",
      "2:5 error tests/missing-key: A case needs a `name`",
      "3:13 error tests/missing-reference: There is no file `nothere.ndjson`",
      "4:5 error tests/empty-case: The case has no events",
      "7:11 error tests/circular-base: A case cannot start from itself",
      "10:21 error tests/missing-reference: No event begins on line 4",
    ]);
    const named =
      'rule: "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a16"\ncases:\n  - name: x\n    events: a.seen.ndjson\n';
    expect(await problems("rules/_tests/other.test.yml", named)).toEqual([]);
    expect(await problems("rules/_tests/other.test.yml", named.replace("6a16", "0000"))).toEqual([
      "1:7 error tests/orphan: No rule has the id `5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c0000`",
    ]);
  });

  test("a misspelt key can be mended", async () => {
    await problems("rules/_tests/a.test.yml", "cases:\n  - nmae: x\n    events: a.seen.ndjson\n");
    const actions: lsp.CodeAction[] = await workspace.request("textDocument/codeAction", {
      textDocument: { uri: workspace.uri("rules/_tests/a.test.yml") },
      range: { start: { line: 1, character: 5 }, end: { line: 1, character: 5 } },
      context: { diagnostics: [] },
    });
    expect(actions.map(({ title }) => title)).toEqual(["Write `name`"]);
  });
});

describe("fixes of events", () => {
  async function titles(range: lsp.Range, only?: readonly string[]): Promise<readonly string[]> {
    const actions: lsp.CodeAction[] = await workspace.request("textDocument/codeAction", {
      textDocument: { uri: workspace.uri("rules/_tests/a.match.ndjson") },
      range,
      context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
    });
    return actions.map(({ title }) => title.replace(/-[0-9a-f]{4}/, "-*"));
  }

  test("only of what is asked about", async () => {
    await problems(
      "rules/_tests/a.match.ndjson",
      '{"message":"password=hunter2secret","user":{"name":"m.huber"}}\n',
    );
    const secret = { start: { line: 0, character: 25 }, end: { line: 0, character: 25 } };
    const begin = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    expect(await titles(secret)).toEqual([
      "Replace it by redacted-* in the whole file",
      "Replace all hosts, users, addresses and secrets of the file",
    ]);
    expect(await titles(begin)).toEqual(["Write down the times that are assumed"]);
    expect(await titles(secret, ["refactor"])).toEqual([]);
  });
});

describe("files that are not open", () => {
  test("orphans, duplicates and manifests are told of", async () => {
    const own = await testingWorkspace({
      "rulewright.toml": '[tests]\nroots = ["tests"]\n',
      "rules/a.toml": RULE,
      "rules/_tests/a.match.ndjson": shell(),
      "tests/a.match.ndjson": shell(),
      "rules/_tests/b.match.ndjson": shell(),
      "rules/_tests/a.test.yml": "cases:\n  - name: x\n    base: y\n",
      // Other things of other projects.
      "pyproject.toml": "[tool.x]\n",
      "docker-compose.test.yml": "services: {}\n",
      "logs/app.events.ndjson": shell(),
    });
    const closed = (): readonly string[] =>
      [...own.client.pushed]
        .flatMap(([uri, items]) =>
          items.map(({ code, range }) => `${own.nameOf(uri)}:${range.start.line + 1} ${String(code)}`),
        )
        .sort();
    const told = (...wanted: readonly string[]): Promise<void> =>
      own.client.pushedUntil(() => closed().join("\n") === wanted.join("\n"));
    await told(
      "rules/_tests/a.test.yml:3 tests/missing-reference",
      "rules/_tests/b.match.ndjson:1 tests/orphan",
      "tests/a.match.ndjson:1 tests/duplicate-case",
    );
    await own.open("rules/_tests/b.match.ndjson", shell());
    await told(
      "rules/_tests/a.test.yml:3 tests/missing-reference",
      "tests/a.match.ndjson:1 tests/duplicate-case",
    );
    await own.stop();
  });
});

describe("hover and completion", () => {
  test("a field of an event, by its whole name", async () => {
    await problems("rules/_tests/a.match.ndjson", '{"process":{"parent":{"name":"x"}},"message":"y"}\n');
    const text = async (character: number): Promise<string> =>
      JSON.stringify(
        await workspace.request("textDocument/hover", at("rules/_tests/a.match.ndjson", 0, character)),
      );
    expect(await text(24)).toContain("process.parent.name: keyword");
    expect(await text(31)).toContain("process.parent.name: keyword");
    expect(await text(38)).toContain("message: match_only_text");
    expect(await text(0)).toBe("null");
  });

  test("keys of a manifest", async () => {
    await problems(
      "rules/_tests/a.test.yml",
      "cases:\n  - name: x\n    events: [{ process.name: y }]\n    e\n",
    );
    const hovered = JSON.stringify(
      await workspace.request("textDocument/hover", at("rules/_tests/a.test.yml", 0, 2)),
    );
    expect(hovered).toContain("The test cases, in order.");
    const field = JSON.stringify(
      await workspace.request("textDocument/hover", at("rules/_tests/a.test.yml", 2, 20)),
    );
    expect(field).toContain("process.name: keyword");
    const list: lsp.CompletionList = await workspace.request(
      "textDocument/completion",
      at("rules/_tests/a.test.yml", 3, 5),
    );
    expect(list.items.map(({ label }) => label)).toContain("expect");
    expect(list.items.map(({ label }) => label)).not.toContain("name");
    await problems("rules/_tests/a.test.yml", "cases:\n  - name: x\n    events: \n");
    const files: lsp.CompletionList = await workspace.request(
      "textDocument/completion",
      at("rules/_tests/a.test.yml", 2, 12),
    );
    expect(files.items.map(({ label }) => label)).toContain("a.seen.ndjson");
  });

  test("what is for rules is silent here", async () => {
    const textDocument = { uri: workspace.uri("rules/_tests/a.match.ndjson") };
    expect(await workspace.request("textDocument/documentSymbol", { textDocument })).toEqual([]);
    expect(await workspace.request("textDocument/foldingRange", { textDocument })).toEqual([]);
    expect(
      await workspace.request("textDocument/completion", at("rules/_tests/a.match.ndjson", 0, 1)),
    ).toEqual({
      items: [],
      isIncomplete: false,
    });
  });
});

test("clients that cannot pull get them pushed", async () => {
  const pushing = await testingWorkspace({ "rules/a.toml": RULE }, { capabilities: {} });
  const pushed = new Promise<lsp.PublishDiagnosticsParams>((resolve) => {
    pushing.client.connection.onNotification(
      "textDocument/publishDiagnostics",
      (params: lsp.PublishDiagnosticsParams) => {
        if (params.diagnostics.length !== 0) resolve(params);
      },
    );
  });
  await pushing.open("rules/_tests/a.match.ndjson", "[1]\n");
  expect(await pushed).toMatchObject({ version: 1, diagnostics: [{ code: "events/no-event" }] });
  await pushing.stop();
});
