/** What changes while the built server is asked about sample events: requests are cancelled, files written, rules renamed. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CancellationTokenSource } from "vscode-languageserver";
import type * as lsp from "vscode-languageserver";
import { PULLING } from "../support/wire.ts";
import { removeFolders, RULE, shell, type TestingWorkspace, testingWorkspace } from "./testingWorkspace.ts";

afterAll(removeFolders);

describe("cancellation", () => {
  const MANY = Array.from({ length: 40_000 }, (_event, i) =>
    shell({ name: i % 2 === 0 ? "sh" : "bash" }),
  ).join("");
  let large: TestingWorkspace;
  beforeAll(async () => {
    large = await testingWorkspace({ "rules/a.toml": RULE, "rules/_tests/a.events.ndjson": MANY });
    await large.open("rules/a.toml", RULE);
  });
  afterAll(() => large.stop());

  async function codeOf(answer: Promise<unknown>): Promise<unknown> {
    const [settled] = await Promise.allSettled([answer]);
    return settled.status === "rejected" ? Reflect.get(Object(settled.reason), "code") : "answered";
  }

  test("by the token, soon", async () => {
    const source = new CancellationTokenSource();
    const uri = large.uri("rules/a.toml");
    const answer = codeOf(large.ask("tests/inline", { uri, event: null }, source.token));
    source.cancel();
    expect(await answer).toBe(-32800);
    const who = new CancellationTokenSource();
    const events = { uri: large.uri("rules/_tests/a.events.ndjson"), line: 1 };
    const fires = codeOf(large.ask("events/whoFires", events, who.token));
    who.cancel();
    expect(await fires).toBe(-32800);
  });

  test("by a change of the rule: what is said of an older text is never told", async () => {
    const uri = large.uri("rules/a.toml");
    const first = codeOf(large.ask("tests/inline", { uri, event: null }));
    await large.change("rules/a.toml", 2, RULE.replace('"sh"', '"bash"'));
    expect(await first).toBe(-32800);
    const second = await large.ask("tests/inline", { uri, event: null });
    expect(second).toMatchObject({ version: 2, summary: { scratchAlerts: 20_000, scratchEvents: 40_000 } });
  });

  test("a run that is stopped tells what it has", async () => {
    const source = new CancellationTokenSource();
    large.write("rules/_tests/a.match.ndjson", MANY);
    const uri = large.uri("rules/a.toml");
    const run = large.ask("tests/run", { uri, cases: null, withCoverage: true }, source.token);
    source.cancel();
    const { reports, coverage } = await run;
    expect(reports.length).toBeLessThan(2);
    expect(coverage).toEqual([]);
  });
});

describe("watched files", () => {
  const WATCHING: lsp.ClientCapabilities = {
    ...PULLING,
    workspace: { ...PULLING.workspace, didChangeWatchedFiles: { dynamicRegistration: true } },
  };

  test("what changes is looked at again, and the client is told", async () => {
    const watched = await testingWorkspace(
      { "rules/a.toml": RULE, "rules/_tests/a.events.ndjson": shell() },
      { capabilities: WATCHING },
    );
    const told = new Promise<unknown>((resolve) => {
      watched.client.connection.onNotification("tests/changed", resolve);
    });
    const fires = async (): Promise<number> => {
      const uri = watched.uri("rules/_tests/a.events.ndjson");
      return (await watched.ask("events/whoFires", { uri, line: 1 })).judged;
    };
    expect(await fires()).toBe(1);
    watched.write("rules/b.toml", RULE.replace("6a11", "6a15"));
    const uri = watched.uri("rules/b.toml");
    await watched.client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri, type: 1 }],
    });
    expect(await told).toEqual({ uris: [uri] });
    expect(await fires()).toBe(2);
    watched.remove("rules/a.toml");
    await watched.client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: watched.uri("rules/a.toml"), type: 3 }],
    });
    expect(await fires()).toBe(1);
    await watched.stop();
  });
});

describe("renaming a rule", () => {
  interface Change {
    readonly kind?: string;
    readonly oldUri: string;
    readonly newUri: string;
    readonly textDocument: { readonly uri: string };
    readonly edits: readonly { readonly newText: string }[];
  }

  async function changes(own: TestingWorkspace, from: string, to: string): Promise<readonly string[]> {
    const edit: { readonly documentChanges: readonly Change[] } | null = await own.request(
      "workspace/willRenameFiles",
      { files: [{ oldUri: own.uri(from), newUri: own.uri(to) }] },
    );
    return (edit?.documentChanges ?? []).map((one) =>
      one.kind === "rename"
        ? `${own.nameOf(one.oldUri)} -> ${own.nameOf(one.newUri)}`
        : `${own.nameOf(one.textDocument.uri)}: ${one.edits.map(({ newText }) => newText).join(", ")}`,
    );
  }

  test("takes its tests along, and manifests go on naming them", async () => {
    const own = await testingWorkspace({
      "rulewright.toml": '[tests]\nroots = ["tests"]\n',
      "rules/linux/a.toml": RULE,
      "rules/linux/_tests/a.match.ndjson": shell(),
      "rules/linux/_tests/a.seen.ndjson": shell(),
      "rules/linux/_tests/a.test.yml": "cases:\n  - name: x\n    events: a.seen.ndjson\n",
      "rules/linux/_tests/ab.match.ndjson": shell(),
      "tests/linux/a.nomatch.ndjson": shell(),
    });
    expect(await changes(own, "rules/linux/a.toml", "rules/web/b.toml")).toEqual([
      "rules/linux/_tests/a.test.yml: b.seen.ndjson",
      "rules/linux/_tests/a.match.ndjson -> rules/web/_tests/b.match.ndjson",
      "rules/linux/_tests/a.seen.ndjson -> rules/web/_tests/b.seen.ndjson",
      "rules/linux/_tests/a.test.yml -> rules/web/_tests/b.test.yml",
      "tests/linux/a.nomatch.ndjson -> tests/web/b.nomatch.ndjson",
    ]);
    expect(await changes(own, "rules/linux/c.toml", "rules/web/c.toml")).toEqual([]);
    await own.stop();
  });
});
