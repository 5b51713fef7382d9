/** From one rule to others and back: definitions, references, new names, symbols, who reads whose alerts. */
import { afterAll, afterEach, expect, test } from "vitest";
import type * as lsp from "vscode-languageserver";
import { type FoundRule, type SearchChoice } from "../../server/src/lsp/protocolNavigation.ts";
import { removeFolders, RULE, shell, testingWorkspace, type TestingWorkspace } from "./testingWorkspace.ts";
import { PULLING } from "../support/wire.ts";

let workspace: TestingWorkspace | undefined;

afterEach(async () => {
  await workspace?.stop();
  workspace = undefined;
});
afterAll(removeFolders);

const ID = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11";
const OTHER_ID = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a22";
const NAME = "Shell Started by a Web Server";

const THREAT = `
[[rule.threat]]
framework = "MITRE ATT&CK"
[[rule.threat.technique]]
id = "T1059"
name = "Command and Scripting Interpreter"
[rule.threat.tactic]
id = "TA0002"
name = "Execution"
`;

/** Reads the alerts of the other rule, and names it in its guide. */
const READER = `[metadata]
creation_date = "2024/01/31"
maturity = "production"
updated_date = "2024/01/31"

[rule]
author = ["Jo"]
description = "Several alerts on one host."
exceptions_list = [{id = "a", list_id = "known-good", namespace_type = "single", type = "detection"}]
index = [".alerts-security.*"]
language = "kuery"
name = "Several Alerts"
note = """## Triage

- ${NAME} - ${ID}

$osquery_1 then $osquery_0
"""
query = '''
kibana.alert.rule.rule_id:"${ID}" and host.id:*
'''
risk_score = 47
rule_id = "${OTHER_ID}"
severity = "medium"
tags = ["Use Case: Threat Detection"]
type = "query"

[transform]
[[transform.osquery]]
label = "First"
query = "SELECT 1"

[[transform.osquery]]
label = "Second"
query = "SELECT 2"
`;

const FILES = {
  "rules/linux/shell.toml": `${RULE}${THREAT}`,
  "rules/linux/_tests/shell.match.ndjson": shell(),
  "rules/linux/_tests/more.test.yml": `rule: ${ID}\ncases:\n  - name: a shell\n    events: shell.match.ndjson\n    expect: match\n`,
  "rules/cross/reader.toml": READER,
  "rules/cross/third.toml": RULE.replace(NAME, "Third").replace("6a11", "6a33"),
  "exceptions/known.toml": '[[exceptions]]\n[exceptions.container]\nlist_id = "known-good"\n',
  "detection_rules/etc/_config.yaml": "files:\n  version_lock: version.lock.json\n",
  "detection_rules/etc/version.lock.json": `{\n  "${OTHER_ID}": {"rule_name": "Several Alerts", "type": "query"}\n}\n`,
};

async function started(capabilities: lsp.ClientCapabilities = PULLING): Promise<TestingWorkspace> {
  workspace = await testingWorkspace(FILES, { capabilities });
  await workspace.open("rules/cross/reader.toml", READER);
  await workspace.open("rules/linux/shell.toml", FILES["rules/linux/shell.toml"]);
  // All rules have been read once the search finds one that is not open.
  for (;;) {
    const found = await workspace.request<FoundRule[]>("rules/search", {
      kind: "field",
      name: "process.parent.name",
    });
    if (found.some(({ name }) => name === "Third")) return workspace;
  }
}

/** The place of the nth occurrence of a text, so many letters into it. */
function placeOf(text: string, part: string, nth = 0): lsp.Position {
  let at = text.indexOf(part);
  for (let i = 0; i < nth; i++) at = text.indexOf(part, at + 1);
  const before = text.slice(0, at + 2).split("\n");
  return { line: before.length - 1, character: (before.at(-1) ?? "").length };
}

function at(name: string, text: string, part: string, nth = 0): object {
  return { textDocument: { uri: workspace?.uri(name) }, position: placeOf(text, part, nth) };
}

/** `file:line` of places, lines counted from 1. */
function shown(places: readonly lsp.Location[] | null): readonly string[] {
  return (places ?? []).map(({ uri, range }) => `${workspace?.nameOf(uri) ?? ""}:${range.start.line + 1}`);
}

const READER_FILE = "rules/cross/reader.toml";
const SHELL_FILE = "rules/linux/shell.toml";
const SHELL = FILES[SHELL_FILE];

test("definitions: rules by id and name, entries of placeholders, exception lists, rules of tests", async () => {
  const { request, open } = await started();
  const definition = async (part: string, nth = 0): Promise<readonly string[]> =>
    shown(await request<lsp.Location[]>("textDocument/definition", at(READER_FILE, READER, part, nth)));
  expect(await definition(ID)).toEqual(["rules/linux/shell.toml:10"]);
  expect(await definition(ID, 1)).toEqual(["rules/linux/shell.toml:10"]);
  expect(await definition("$osquery_1")).toEqual(["rules/cross/reader.toml:33"]);
  expect(await definition("known-good")).toEqual(["exceptions/known.toml:3"]);
  expect(await definition("host.id")).toEqual([]);
  const tests = "rules/linux/_tests/more.test.yml";
  await open(tests, FILES[tests]);
  const back = at(tests, FILES[tests], "a shell");
  expect(shown(await request("textDocument/definition", back))).toEqual(["rules/linux/shell.toml:10"]);
});

test("references and tests of a rule", async () => {
  const { request, ask } = await started();
  // Editors ask for all tests once; until then a manifest that names its rule by the id is known to nobody.
  await ask("tests/list", { uri: null });
  const references = async (file: string, text: string, part: string): Promise<readonly string[]> =>
    shown(
      await request<lsp.Location[]>("textDocument/references", {
        ...at(file, text, part),
        context: { includeDeclaration: true },
      }),
    );
  const tests = ["rules/linux/_tests/more.test.yml:3", "rules/linux/_tests/shell.match.ndjson:1"];
  expect((await references(SHELL_FILE, SHELL, ID)).toSorted()).toEqual(
    [
      "rules/cross/reader.toml:15",
      "rules/cross/reader.toml:20",
      "rules/linux/shell.toml:18",
      ...tests,
    ].toSorted(),
  );
  expect(await references(READER_FILE, READER, OTHER_ID)).toEqual([
    "rules/cross/reader.toml:23",
    "detection_rules/etc/version.lock.json:2",
  ]);
  expect(await references(SHELL_FILE, SHELL, "process.parent.name")).toEqual([
    "rules/cross/third.toml:13",
    "rules/linux/shell.toml:13",
  ]);
  expect(await references(SHELL_FILE, SHELL, "T1059")).toEqual(["rules/linux/shell.toml:25"]);
  expect(await references(READER_FILE, READER, "$osquery_1")).toEqual([
    "rules/cross/reader.toml:33",
    "rules/cross/reader.toml:17",
  ]);
  const implementation = at(SHELL_FILE, SHELL, ID);
  expect(shown(await request("textDocument/implementation", implementation)).toSorted()).toEqual(tests);
});

test("a new id reaches every place, and what was shipped keeps its own", async () => {
  const { request, nameOf } = await started();
  const newName = "00000000-0c39-4f4e-9b4f-0d1a5c1c6a11";
  const edit = await request<lsp.WorkspaceEdit>("textDocument/rename", {
    ...at(SHELL_FILE, SHELL, ID),
    newName,
  });
  const changed = Object.entries(edit.changes ?? {}).map(([uri, edits]) => `${nameOf(uri)} ${edits.length}`);
  expect(changed.toSorted()).toEqual([
    "rules/cross/reader.toml 2",
    "rules/linux/_tests/more.test.yml 1",
    "rules/linux/shell.toml 1",
  ]);
  const refusal = async (params: object, method = "textDocument/prepareRename"): Promise<string> =>
    request(method, params).then(
      () => "renamed",
      (error: unknown) => String(error),
    );
  expect(await refusal(at(READER_FILE, READER, OTHER_ID))).toContain("version.lock.json");
  expect(await refusal(at(READER_FILE, READER, "host.id"))).toContain("name of a field");
  const taken = { ...at(SHELL_FILE, SHELL, ID), newName: OTHER_ID };
  expect(await refusal(taken, "textDocument/rename")).toContain("Another rule has this id");
  const odd = { ...at(SHELL_FILE, SHELL, ID), newName: "shell" };
  expect(await refusal(odd, "textDocument/rename")).toContain("UUID");
});

test("workspace symbols find rules by name, id, technique and tag", async () => {
  const { request } = await started();
  const symbols = async (query: string): Promise<readonly string[]> =>
    (await request<lsp.WorkspaceSymbol[]>("workspace/symbol", { query })).map(({ name }) => name);
  expect(await symbols("web shell")).toEqual([NAME]);
  expect(await symbols("5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a22")).toEqual([`${OTHER_ID} · Several Alerts`]);
  expect(await symbols("scripting")).toEqual([`T1059 Command and Scripting Interpreter · ${NAME}`]);
  expect(await symbols("threat detection")).toEqual(["Use Case: Threat Detection · Several Alerts"]);
  expect(await symbols("nothing of the kind")).toEqual([]);
  const [found] = await request<lsp.SymbolInformation[]>("workspace/symbol", { query: "third" });
  expect(found?.location.range.start.line).toBe(9);
});

test("the places of symbols are looked up for whoever asks for them", async () => {
  const resolveSupport = { properties: ["location.range"] };
  const { request } = await started({
    ...PULLING,
    workspace: { ...PULLING.workspace, symbol: { resolveSupport } },
  });
  const [found] = await request<lsp.WorkspaceSymbol[]>("workspace/symbol", { query: "third" });
  expect(found?.location).not.toHaveProperty("range");
  const resolved = await request<lsp.WorkspaceSymbol>("workspaceSymbol/resolve", found ?? {});
  expect(resolved.location).toHaveProperty("range.start.line", 9);
});

test("who reads whose alerts is a hierarchy in both directions", async () => {
  const { request } = await started();
  const prepare = async (file: string, text: string): Promise<lsp.CallHierarchyItem | undefined> =>
    (
      await request<lsp.CallHierarchyItem[]>("textDocument/prepareCallHierarchy", at(file, text, "[rule]"))
    )[0];
  const readers = await request<lsp.CallHierarchyIncomingCall[]>("callHierarchy/incomingCalls", {
    item: await prepare(SHELL_FILE, SHELL),
  });
  expect(readers.map(({ from }) => from.name)).toEqual(["Several Alerts"]);
  const sources = await request<lsp.CallHierarchyOutgoingCall[]>("callHierarchy/outgoingCalls", {
    item: await prepare(READER_FILE, READER),
  });
  expect(sources.map(({ to }) => to.name)).toEqual([NAME]);
});

test("what is typed counts before it is saved or checked", async () => {
  const { request, change } = await started();
  const text = SHELL.replaceAll("process.parent.name", "process.entity_id").replace("[rule]", "\n\n[rule]");
  await change(SHELL_FILE, 2, text);
  const found = await request<FoundRule[]>("rules/search", { kind: "field", name: "process.entity_id" });
  expect(found.map(({ name, detail }) => [name, detail])).toEqual([[NAME, "process.entity_id"]]);
  const place = { uri: found[0]?.uri, subject: { kind: "field", name: "process.entity_id" } };
  expect(await request("rules/place", place)).toHaveProperty("start.line", 14);
});

test("all rules for a technique, from the cursor or by choice", async () => {
  const { request, uri } = await started();
  const position = placeOf(SHELL, '"T1059"');
  const subject = await request("rules/subjectAt", { uri: uri(SHELL_FILE), position });
  expect(subject).toEqual({ kind: "technique", name: "T1059" });
  const found = await request<FoundRule[]>("rules/search", subject as object);
  expect(found.map(({ name }) => name)).toEqual([NAME]);
  const choices = await request<SearchChoice[]>("rules/searchChoices", { kind: "technique" });
  expect(choices).toEqual([{ name: "T1059", title: "Command and Scripting Interpreter", ruleCount: 1 }]);
});

test("ids of other rules in guides and queries are links to their files", async () => {
  const { request, uri } = await started();
  const found = await request<lsp.DocumentLink[]>("textDocument/documentLink", {
    textDocument: { uri: uri(READER_FILE) },
  });
  expect(found.map(({ range, target }) => [range.start.line + 1, target])).toEqual([
    [15, uri(SHELL_FILE)],
    [20, uri(SHELL_FILE)],
  ]);
});

test("a field of a custom schema is made known there", async () => {
  const rule = RULE.replace(
    /query = '''[^]*?'''/,
    () => 'index = ["logs-acme-*"]\nquery = "any where acme.id == 1"',
  );
  workspace = await testingWorkspace({
    "_config.yaml":
      "rule_dirs:\n  - rules\nfiles:\n  packages: etc/packages.yaml\n  stack_schema_map: etc/map.yaml\n  deprecated_rules: etc/deprecated.json\n",
    "etc/packages.yaml": 'package:\n  name: "9.3"\n',
    "etc/map.yaml": "9.3.0:\n  beats: 9.3.0\n  ecs: 9.3.0\n  endgame: 8.4.0\n  own: schemas/own.json\n",
    "etc/schemas/own.json": '{\n  "logs-acme-*": {\n    "acme.id": "long"\n  }\n}\n',
    "rules/a.toml": rule,
  });
  await workspace.open("rules/a.toml", rule);
  const place = at("rules/a.toml", rule, "acme.id");
  expect(shown(await workspace.request("textDocument/definition", place))).toEqual([
    "etc/schemas/own.json:3",
  ]);
  const context = { includeDeclaration: true };
  expect(shown(await workspace.request("textDocument/references", { ...place, context }))).toEqual([
    "rules/a.toml:12",
    "etc/schemas/own.json:3",
  ]);
});
