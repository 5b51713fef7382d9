/** The built server on a folder of rules: what it compares, and what it mends and allows. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type * as lsp from "vscode-languageserver";
import { PULLING, type WireClient, startWire } from "../support/wire.ts";
import { CLEAN_RULE, renamed } from "../support/sampleRule.ts";

const folder = mkdtempSync(path.join(tmpdir(), "rulewright-"));
afterAll(() => rmSync(folder, { recursive: true }));

const clients: WireClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.stop();
});

interface Workspace {
  readonly client: WireClient;
  uri(name: string): string;
  write(name: string, text: string): void;
  /** The file was written, or is gone. */
  touched(name: string): Promise<void>;
  open(name: string, text: string): Promise<void>;
  change(name: string, version: number, text: string): Promise<void>;
  ids(name: string): Promise<readonly unknown[]>;
  /** Until the server has pushed these, for a rule that is not open. */
  told(name: string, codes: readonly string[]): Promise<void>;
  /** Files that it has pushed something for. */
  pushed(): readonly string[];
  /** Until the server asks for another pull, and the condition holds. */
  until(condition: () => Promise<boolean>): Promise<void>;
}

let count = 0;

function codesOf({ pushed }: WireClient, uri: string): readonly unknown[] {
  return (pushed.get(uri) ?? []).map(({ code }) => code);
}

async function workspace(
  files: Readonly<Record<string, string>>,
  capabilities = PULLING,
): Promise<Workspace> {
  const root = path.join(folder, String(++count));
  const uri = (name: string): string => pathToFileURL(path.join(root, name)).href;
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  let wake = (): void => undefined;
  const client = await startWire({ capabilities, folders: [root], onRefresh: () => wake() });
  clients.push(client);
  return {
    client,
    uri,
    write,
    touched: (name) =>
      client.connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: [{ uri: uri(name), type: 2 }],
      }),
    open: (name, text) => client.open(uri(name), text),
    change: (name, version, text) =>
      client.connection.sendNotification("textDocument/didChange", {
        textDocument: { uri: uri(name), version },
        contentChanges: [{ text }],
      }),
    ids: async (name) => (await client.pull(uri(name))).map(({ code }) => code),
    told: (name, codes) => client.pushedUntil(() => codesOf(client, uri(name)).join() === codes.join()),
    pushed: () => [...client.pushed.keys()].filter((one) => codesOf(client, one).length > 0).toSorted(),
    async until(condition) {
      for (;;) {
        const woken = new Promise<void>((resolve) => (wake = resolve));
        if (await condition()) return;
        await woken;
      }
    },
  };
}

const DUPLICATES = ["workspace/duplicate-name", "workspace/duplicate-id"];

describe("two rules with one id", () => {
  test("are told in both files, each with the place in the other", async () => {
    const { client, uri, open, until, ids, told, pushed } = await workspace({
      "rules/shell.toml": CLEAN_RULE,
      "rules/copies/shell_copy.toml": `# copied\n${CLEAN_RULE}`,
      "rules/web_shell.toml": renamed(CLEAN_RULE, "Web Shell"),
      "notes/shell.toml": CLEAN_RULE,
    });
    await open("rules/shell.toml", CLEAN_RULE);
    await until(async () => (await ids("rules/shell.toml")).length > 0);
    const found = await client.pull(uri("rules/shell.toml"));
    expect(found.map(({ code }) => code)).toEqual(DUPLICATES);
    expect(found[1]?.relatedInformation).toEqual([
      {
        location: {
          uri: uri("rules/copies/shell_copy.toml"),
          range: { start: { line: 15, character: 10 }, end: { line: 15, character: 48 } },
        },
        message: "The same rule_id",
      },
    ]);
    await told("rules/copies/shell_copy.toml", DUPLICATES);
    expect(pushed()).toEqual([uri("rules/copies/shell_copy.toml")]);
  });

  test("are told no longer once one has another, in the editor or on the disk", async () => {
    const { write, touched, open, change, until, ids, told } = await workspace({
      "rules/shell.toml": CLEAN_RULE,
      "rules/shell_copy.toml": CLEAN_RULE,
    });
    await open("rules/shell.toml", CLEAN_RULE);
    await until(async () => (await ids("rules/shell.toml")).length > 0);
    await told("rules/shell_copy.toml", DUPLICATES);
    await change("rules/shell.toml", 2, renamed(CLEAN_RULE, "Shell"));
    expect(await ids("rules/shell.toml")).toEqual([]);
    await told("rules/shell_copy.toml", []);
    await change("rules/shell.toml", 3, CLEAN_RULE);
    expect(await ids("rules/shell.toml")).toEqual(DUPLICATES);
    await told("rules/shell_copy.toml", DUPLICATES);
    write("rules/shell_copy.toml", renamed(CLEAN_RULE, "Copied Shell"));
    await touched("rules/shell_copy.toml");
    await until(async () => (await ids("rules/shell.toml")).length === 0);
    await told("rules/shell_copy.toml", []);
  });

  test("are pushed while they are closed, and pulled while they are open", async () => {
    const { client, uri, open, until, ids, told } = await workspace({
      "rules/shell.toml": CLEAN_RULE,
      "rules/shell_copy.toml": CLEAN_RULE,
    });
    await told("rules/shell.toml", DUPLICATES);
    await open("rules/shell.toml", CLEAN_RULE);
    await told("rules/shell.toml", []);
    await until(async () => (await ids("rules/shell.toml")).length > 0);
    await client.connection.sendNotification("textDocument/didClose", {
      textDocument: { uri: uri("rules/shell.toml") },
    });
    await told("rules/shell.toml", DUPLICATES);
  });

  test("a draft outside their folders is compared with them, and not the other way round", async () => {
    const { uri, open, until, ids, told, pushed } = await workspace({
      "rules/shell.toml": CLEAN_RULE,
      "rules/web_shell.toml": renamed(CLEAN_RULE, "Web Shell"),
      "rules/web_shell_copy.toml": renamed(CLEAN_RULE, "Web Shell"),
      "drafts/shell.toml": CLEAN_RULE,
    });
    await open("drafts/shell.toml", CLEAN_RULE);
    await until(async () => (await ids("drafts/shell.toml")).length > 0);
    expect(await ids("drafts/shell.toml")).toEqual(DUPLICATES);
    const copies = ["rules/web_shell.toml", "rules/web_shell_copy.toml"];
    for (const copy of copies) await told(copy, DUPLICATES);
    expect(pushed()).toEqual(copies.map(uri));
  });

  test("are pushed in both to clients that cannot pull", async () => {
    const { open, told } = await workspace(
      { "rules/shell.toml": CLEAN_RULE, "rules/shell_copy.toml": CLEAN_RULE },
      {},
    );
    await open("rules/shell.toml", CLEAN_RULE);
    await told("rules/shell.toml", DUPLICATES);
    await told("rules/shell_copy.toml", DUPLICATES);
  });
});

test("a changed rule with the date of the change before is told, once git has answered", async () => {
  const own = await workspace({ "rules/shell.toml": CLEAN_RULE });
  const root = fileURLToPath(own.uri("."));
  const identity = ["-c", "user.name=Jo", "-c", "user.email=jo@example.org"];
  for (const args of [
    ["init", "--quiet", "--initial-branch=main"],
    ["add", "."],
    ["commit", "--quiet", "--message=x"],
  ])
    expect(spawnSync("git", [...identity, ...args], { cwd: root }).status).toBe(0);
  await own.open("rules/shell.toml", CLEAN_RULE.replace("nginx", "apache"));
  await own.until(async () => (await own.ids("rules/shell.toml")).length > 0);
  expect(await own.ids("rules/shell.toml")).toEqual(["metadata/stale-updated-date"]);
  await own.change("rules/shell.toml", 2, CLEAN_RULE);
  expect(await own.ids("rules/shell.toml")).toEqual([]);
});

describe("actions", () => {
  const untidy = CLEAN_RULE.replace("\ntype =", '\ntags = ["Use Case: A", "Use Case: A"]\ntype =');

  async function actions(
    { client, uri }: Workspace,
    only: readonly string[] | undefined,
  ): Promise<readonly lsp.CodeAction[]> {
    const end = { line: 100, character: 0 };
    return client.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri: uri("shell.toml") },
      range: { start: { line: 0, character: 0 }, end },
      context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
    });
  }

  test("fix all safe problems at once, also when the document is saved", async () => {
    const own = await workspace({});
    await own.open("shell.toml", untidy);
    for (const only of [["source.fixAll"], ["source.fixAll.rulewright"], undefined]) {
      const found = (await actions(own, only)).filter(({ kind }) => kind === "source.fixAll.rulewright");
      expect(found.map(({ title }) => title)).toEqual(["Fix all safe problems"]);
      expect(found[0]?.edit?.documentChanges).toEqual([
        {
          textDocument: { uri: own.uri("shell.toml"), version: 1 },
          edits: [
            {
              range: { start: { line: 16, character: 21 }, end: { line: 16, character: 36 } },
              newText: "",
            },
          ],
        },
      ]);
    }
    expect(await actions(own, ["source.organizeImports"])).toEqual([]);
  });

  test("allow a finding where it stands", async () => {
    const own = await workspace({});
    await own.open("shell.toml", untidy);
    const allowed = (await actions(own, ["quickfix"])).find(({ title }) => title.startsWith("Allow"));
    expect(allowed?.title).toBe("Allow tags/duplicate-tag here");
    const start = { line: 16, character: 0 };
    expect(allowed?.edit?.documentChanges).toEqual([
      {
        textDocument: { uri: own.uri("shell.toml"), version: 1 },
        edits: [{ range: { start, end: start }, newText: "# rulewright: allow tags/duplicate-tag\n" }],
      },
    ]);
  });
});
