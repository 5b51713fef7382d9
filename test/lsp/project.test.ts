/** The built server on what a project says beside its rules: accepted problems, mistakes in its settings, further folders. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type * as lsp from "vscode-languageserver";
import { PULLING, type WireClient, startWire } from "../support/wire.ts";
import { CLEAN_RULE, MISSPELT_RULE } from "../support/sampleRule.ts";

const top = mkdtempSync(path.join(tmpdir(), "rulewright-"));
afterAll(() => rmSync(top, { recursive: true }));

const clients: WireClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.stop();
});

let count = 0;

/** A new folder with these files. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = path.join(top, String(++count));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

function uriIn(folder: string, name: string): string {
  return pathToFileURL(path.join(folder, name)).href;
}

async function clientIn(folders: readonly string[], capabilities = PULLING): Promise<WireClient> {
  const client = await startWire({ capabilities, folders });
  clients.push(client);
  return client;
}

function codesOf(diagnostics: readonly lsp.Diagnostic[] | undefined): readonly unknown[] {
  return (diagnostics ?? []).map(({ code }) => code);
}

describe("a baseline", () => {
  const accepted = JSON.stringify({
    version: 1,
    problems: [
      { path: "rules/shell.toml", check: "query/unknown-field", text: "procss.parent.name", count: 1 },
    ],
  });

  test("takes away what it holds, as often as it holds it, and nothing else", async () => {
    const folder = folderWith({
      "rulewright-baseline.json": accepted,
      "rules/shell.toml": MISSPELT_RULE,
      "rules/other.toml": MISSPELT_RULE,
    });
    const client = await clientIn([folder]);
    await client.open(uriIn(folder, "rules/shell.toml"), MISSPELT_RULE);
    await client.open(uriIn(folder, "rules/other.toml"), MISSPELT_RULE);
    const own = codesOf(await client.pull(uriIn(folder, "rules/shell.toml")));
    expect(own).not.toContain("query/unknown-field");
    expect(codesOf(await client.pull(uriIn(folder, "rules/other.toml")))).toContain("query/unknown-field");
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: uriIn(folder, "rules/shell.toml"), version: 2 },
      contentChanges: [{ text: MISSPELT_RULE.replace('"nginx"', '"nginx" and procss.parent.name : "n*"') }],
    });
    const twice = codesOf(await client.pull(uriIn(folder, "rules/shell.toml")));
    expect(twice.filter((code) => code === "query/unknown-field")).toHaveLength(1);
  });

  test("counts as soon as it is written", async () => {
    const folder = folderWith({ "rules/shell.toml": MISSPELT_RULE });
    const uri = uriIn(folder, "rules/shell.toml");
    const client = await clientIn([folder]);
    await client.open(uri, MISSPELT_RULE);
    expect(codesOf(await client.pull(uri))).toEqual(["query/unknown-field"]);
    writeFileSync(path.join(folder, "rulewright-baseline.json"), accepted);
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: uriIn(folder, "rulewright-baseline.json"), type: 1 }],
    });
    expect(codesOf(await client.pull(uri))).toEqual([]);
  });

  test("that cannot be read is told of, and takes nothing away", async () => {
    const folder = folderWith({ "rulewright-baseline.json": "{", "rules/shell.toml": MISSPELT_RULE });
    const client = await clientIn([folder]);
    await client.open(uriIn(folder, "rules/shell.toml"), MISSPELT_RULE);
    expect(codesOf(await client.pull(uriIn(folder, "rules/shell.toml")))).toEqual(["query/unknown-field"]);
    expect(client.logged.join("\n")).toContain("rulewright-baseline.json is no baseline");
  });
});

describe("problems of rulewright.toml", () => {
  const CONFIG = '[checks]\n"query/unknown-fild" = "off"\n';

  test("stand in that file while it is closed, and as it is typed while it is open", async () => {
    const folder = folderWith({ "rulewright.toml": CONFIG, "rules/shell.toml": CLEAN_RULE });
    const uri = uriIn(folder, "rulewright.toml");
    const client = await clientIn([folder]);
    await client.pushedUntil(() => client.pushed.get(uri)?.length === 1);
    const [problem] = client.pushed.get(uri) ?? [];
    expect(problem?.range.start).toEqual({ line: 1, character: 0 });
    expect(problem?.message).toContain("query/unknown-fild");
    await client.open(uri, CONFIG, "toml");
    await client.pushedUntil(() => client.pushed.get(uri)?.length === 0);
    expect((await client.pull(uri)).map(({ message }) => message)).toEqual([problem?.message]);
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: CONFIG.replace("fild", "field") }],
    });
    expect(await client.pull(uri)).toEqual([]);
  });

  test("reach clients that do not pull", async () => {
    const folder = folderWith({ "rules/shell.toml": CLEAN_RULE });
    const uri = uriIn(folder, "rulewright.toml");
    const client = await clientIn([folder], { workspace: { configuration: true } });
    await client.open(uri, 'profile = "mine"\n', "toml");
    await client.pushedUntil(() => client.pushed.get(uri)?.length === 1);
    expect(client.pushed.get(uri)?.[0]?.message).toContain("`profile` is");
  });
});

test("the rules of a folder that is added later are compared too, until it is removed", async () => {
  const first = folderWith({ "rules/shell.toml": CLEAN_RULE, "rules/copy.toml": CLEAN_RULE });
  const second = folderWith({ "rules/shell.toml": CLEAN_RULE, "rules/copy.toml": CLEAN_RULE });
  const uri = uriIn(second, "rules/copy.toml");
  const client = await clientIn([first], {
    ...PULLING,
    workspace: { ...PULLING.workspace, workspaceFolders: true },
  });
  const both = [first, second].map((folder) => ({ uri: pathToFileURL(folder).href, name: folder }));
  let folders = both;
  client.connection.onRequest("workspace/workspaceFolders", () => folders);
  await client.pushedUntil(() => client.pushed.has(uriIn(first, "rules/copy.toml")));
  expect(client.pushed.has(uri)).toBe(false);
  await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
    event: { added: both.slice(1), removed: [] },
  });
  await client.pushedUntil(() => client.pushed.has(uri));
  expect(codesOf(client.pushed.get(uri))).toContain("workspace/duplicate-id");
  folders = both.slice(0, 1);
  await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
    event: { added: [], removed: both.slice(1) },
  });
  await client.pushedUntil(() => client.pushed.get(uri)?.length === 0);
  expect(codesOf(client.pushed.get(uriIn(first, "rules/copy.toml")))).toContain("workspace/duplicate-id");
});

describe("a fix that renames the file", () => {
  const FILES = {
    "_config.yaml": "rule_dirs: [rules]\n",
    "rules/Web-Shell.toml": CLEAN_RULE,
    "rules/_tests/Web-Shell.match.ndjson": '{"process":{"name":"sh"}}\n',
  };

  async function renames(
    workspaceEdit: lsp.WorkspaceEditClientCapabilities,
  ): Promise<readonly (readonly string[])[]> {
    const folder = folderWith(FILES);
    const uri = uriIn(folder, "rules/Web-Shell.toml");
    const workspace = { ...PULLING.workspace, workspaceEdit };
    const client = await clientIn([folder], { ...PULLING, workspace });
    await client.open(uri, CLEAN_RULE);
    expect(codesOf(await client.pull(uri))).toContain("file/malformed-name");
    const actions: readonly lsp.CodeAction[] = await client.connection.sendRequest(
      "textDocument/codeAction",
      {
        textDocument: { uri },
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        context: { diagnostics: [], only: ["quickfix"] },
      },
    );
    const relative = (one: string): string => one.slice(pathToFileURL(folder).href.length + 1);
    return actions.map(({ edit }) =>
      (edit?.documentChanges ?? []).flatMap((change) =>
        "kind" in change && change.kind === "rename"
          ? [`${relative(change.oldUri)} -> ${relative(change.newUri)}`]
          : [],
      ),
    );
  }

  test("takes the tests along, before the rule itself", async () => {
    expect(await renames({ documentChanges: true, resourceOperations: ["create", "rename"] })).toContainEqual(
      [
        "rules/_tests/Web-Shell.match.ndjson -> rules/_tests/web_shell.match.ndjson",
        "rules/Web-Shell.toml -> rules/web_shell.toml",
      ],
    );
  });

  test("is not offered to clients that cannot rename", async () => {
    expect((await renames({ documentChanges: true })).flat()).toEqual([]);
  });
});
