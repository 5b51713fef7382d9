/** Refactorings over the wire: kinds, files that come with them, places to fill in, and values of sample events. */
import { afterAll, afterEach, expect, test } from "vitest";
import type * as lsp from "vscode-languageserver";
import { removeFolders, RULE, shell, testingWorkspace, type TestingWorkspace } from "./testingWorkspace.ts";

let workspace: TestingWorkspace | undefined;

afterEach(async () => {
  await workspace?.stop();
  workspace = undefined;
});
afterAll(removeFolders);

const CLIENT: lsp.ClientCapabilities = {
  workspace: {
    workspaceEdit: { documentChanges: true, resourceOperations: ["create"], snippetEditSupport: true },
  },
};

async function actionsAt(
  text: string,
  place: string,
  context: Partial<lsp.CodeActionContext> = {},
  capabilities: lsp.ClientCapabilities = CLIENT,
): Promise<readonly lsp.CodeAction[]> {
  workspace = await testingWorkspace(
    { "rules/a.toml": text, "rules/_tests/a.match.ndjson": shell({ parent: "apache2" }) },
    { capabilities },
  );
  await workspace.open("rules/a.toml", text);
  const before = text.slice(0, text.indexOf(place)).split("\n");
  const position = { line: before.length - 1, character: (before.at(-1) ?? "").length + 1 };
  return workspace.request<lsp.CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri: workspace.uri("rules/a.toml") },
    range: { start: position, end: position },
    context: { diagnostics: [], triggerKind: 1, ...context },
  });
}

function changesOf(action: lsp.CodeAction | undefined): NonNullable<lsp.WorkspaceEdit["documentChanges"]> {
  const changes = action?.edit?.documentChanges;
  if (changes === undefined) throw new Error("The action has no edit");
  return changes;
}

test("each has its kind", async () => {
  const actions = await actionsAt(RULE, '"nginx"', { only: ["refactor"] });
  const byTitle = new Map(actions.map(({ title, kind }) => [title, kind]));
  expect(byTitle.get("Sort the values of `process.parent.name`, each once")).toBe("refactor.rewrite");
  expect(byTitle.get("Write one test for each value of `process.parent.name`")).toBe("refactor.rewrite");
});

test("a list of exclusions is inlined where just that is asked for", async () => {
  const text = RULE.replace('not process.args : "-v"', 'not process.args : ("-v", "-V2")');
  const actions = await actionsAt(text, '"-v"', { only: ["refactor.inline"] });
  expect(actions.map(({ title, kind }) => [title, kind])).toEqual([
    ["Inline the list of exclusions of `process.args`", "refactor.inline"],
  ]);
});

test("nothing is offered unasked", async () => {
  const actions = await actionsAt(RULE, '"nginx"', { triggerKind: 2 });
  expect(
    actions.filter(({ kind }) => kind?.startsWith("refactor") === true && kind !== "refactor.rewrite"),
  ).toEqual([]);
  expect(actions.map(({ title }) => title)).not.toContain(
    "Sort the values of `process.parent.name`, each once",
  );
});

test("what a sample event has can be kept out", async () => {
  const actions = await actionsAt(RULE, "process.parent.name");
  const titles = actions.map(({ title }) => title);
  expect(titles).toContain('Add not process.parent.name : "apache2"');
});

test("a new rule comes as a file", async () => {
  const text = RULE.replace('process.name : "sh" and', '(process.name : "sh" or process.name : "bash") and');
  const actions = await actionsAt(text, '"bash"');
  const changes = changesOf(actions.find(({ kind }) => kind === "refactor.move"));
  expect(changes[0]).toMatchObject({ kind: "create", uri: workspace?.uri("rules/a_2.toml") });
  expect(JSON.stringify(changes[1])).toContain("Shell Started by a Web Server (2)");
  expect(JSON.stringify(changes[1])).not.toContain("5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11");
});

test("a client that cannot create files is not offered one", async () => {
  const text = RULE.replace('process.name : "sh" and', '(process.name : "sh" or process.name : "bash") and');
  const actions = await actionsAt(text, '"bash"', {}, {});
  expect(actions.map(({ kind }) => kind)).toContain("refactor.rewrite");
  expect(actions.map(({ kind }) => kind)).not.toContain("refactor.move");
});

const KQL = RULE.replace(/query = '''[^]*?'''/, () => "query = 'process.name:sh'")
  .replace('language = "eql"', 'language = "kuery"')
  .replace('type = "eql"', 'type = "query"');

test("keys that a new type needs are places to fill in", async () => {
  const actions = await actionsAt(KQL, 'type = "query"');
  const text = JSON.stringify(changesOf(actions.find(({ title }) => title.endsWith("`threshold`"))));
  expect(text).toContain('field = [\\"${1:host.id}\\"]\\nvalue = ${2:5}');
});

test("a client without such places gets their text", async () => {
  const actions = await actionsAt(KQL, 'type = "query"', {}, {});
  const text = JSON.stringify(changesOf(actions.find(({ title }) => title.endsWith("`threshold`"))));
  expect(text).toContain('field = [\\"host.id\\"]\\nvalue = 5');
});
