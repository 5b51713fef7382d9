/** In a repository of custom rules an unknown field can be added to the schema that is its own. */
import { afterAll, afterEach, expect, test } from "vitest";
import type * as lsp from "vscode-languageserver";
import { removeFolders, RULE, testingWorkspace, type TestingWorkspace } from "./testingWorkspace.ts";

let workspace: TestingWorkspace | undefined;

afterEach(async () => {
  await workspace?.stop();
  workspace = undefined;
});
afterAll(removeFolders);

const FOLDER = {
  "_config.yaml": [
    "rule_dirs:",
    "  - rules",
    "files:",
    "  packages: etc/packages.yaml",
    "  stack_schema_map: etc/stack-schema-map.yaml",
    "  deprecated_rules: etc/deprecated_rules.json",
    "",
  ].join("\n"),
  "etc/packages.yaml": 'package:\n  name: "9.3"\n',
  "etc/stack-schema-map.yaml":
    "9.3.0:\n  beats: 9.3.0\n  ecs: 9.3.0\n  endgame: 8.4.0\n  own: schemas/own.json\n",
  "etc/schemas/own.json": '{\n  "logs-acme-*": {\n    "acme.id": "long"\n  }\n}\n',
};

const QUERY = "process where procss.name == 1";
const ACME = RULE.replace(/query = '''[^]*?'''/, () => `index = ["logs-acme-*"]\nquery = '''\n${QUERY}\n'''`);

test("the action edits the schema alone, and takes the type from sample events", async () => {
  workspace = await testingWorkspace({
    ...FOLDER,
    "rules/a.toml": ACME,
    "rules/_tests/a.nomatch.ndjson": '{"@timestamp":"2026-01-01T00:00:00Z","procss":{"name":7}}\n',
  });
  const { request, uri, client } = workspace;
  await workspace.open("rules/a.toml", ACME);
  const [diagnostic] = (await client.pull(uri("rules/a.toml"))).filter(
    ({ code }) => code === "query/unknown-field",
  );
  expect(diagnostic).toBeDefined();
  const actions = await request<lsp.CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri: uri("rules/a.toml") },
    range: diagnostic?.range,
    context: { diagnostics: [] },
  });
  const action = actions.find(({ title }) => title.includes("custom schema"));
  expect(action?.title).toBe("Add `procss.name` to the custom schema `own.json`");
  expect(action?.edit?.changes).toEqual({
    [uri("etc/schemas/own.json")]: [
      {
        range: { start: { line: 2, character: 21 }, end: { line: 2, character: 21 } },
        newText: ',\n    "procss.name": "long"',
      },
    ],
  });
});
