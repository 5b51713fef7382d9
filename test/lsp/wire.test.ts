/** The built server over standard input and output, as an editor talks to it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as lsp from "vscode-languageserver";
import { type WireClient, PULLING, startWire } from "../support/wire.ts";
import { root } from "../support/fixture.ts";
import { BROKEN_RULE, MISSPELT_RULE, SHIPPED_RULE } from "../support/sampleRule.ts";

let client: WireClient;
let count = 0;

beforeAll(async () => {
  client = await startWire();
});

afterAll(() => client.stop());

async function opened(text: string): Promise<string> {
  const uri = `untitled:rule-${++count}`;
  await client.open(uri, text);
  return uri;
}

function change(uri: string, version: number, contentChanges: readonly object[]): Promise<void> {
  return client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version },
    contentChanges,
  });
}

describe("diagnostics", () => {
  test("stand at the exact characters, with their page", async () => {
    const uri = await opened(MISSPELT_RULE);
    const [first, ...rest] = await client.pull(uri);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({
      code: "query/unknown-field",
      source: "rulewright",
      severity: 2,
      message: "Unknown field `procss.parent.name`, did you mean `process.parent.name`?",
      range: { start: { line: 11, character: 14 }, end: { line: 11, character: 32 } },
    });
    expect(first?.codeDescription?.href).toBe(
      pathToFileURL(path.join(root, "docs/checks/query/unknown-field.md")).href,
    );
  });

  test("follow incremental changes", async () => {
    const uri = await opened(MISSPELT_RULE);
    const at = (line: number, character: number): lsp.Position => ({ line, character });
    await change(uri, 2, [
      { range: { start: at(11, 14), end: at(11, 32) }, text: "process.parent.name" },
      { range: { start: at(13, 13), end: at(13, 15) }, text: "147" },
    ]);
    const found = await client.pull(uri);
    expect(found.map(({ code }) => code)).toEqual(["rule/malformed-value"]);
  });

  test("are told to be unchanged by result id", async () => {
    const uri = await opened(MISSPELT_RULE);
    const textDocument = { uri };
    const first: lsp.FullDocumentDiagnosticReport = await client.connection.sendRequest(
      "textDocument/diagnostic",
      { textDocument },
    );
    const again = await client.connection.sendRequest("textDocument/diagnostic", {
      textDocument,
      previousResultId: first.resultId,
    });
    expect(again).toEqual({ kind: "unchanged", resultId: first.resultId });
  });

  test("an empty span is widened so that it can be seen", async () => {
    const uri = await opened('[rule]\ntype = "eql"\nname =\n');
    const found = (await client.pull(uri)).filter(({ code }) => code === "toml/syntax");
    expect(found.map(({ range }) => range)).toEqual([
      { start: { line: 2, character: 5 }, end: { line: 2, character: 6 } },
    ]);
  });

  test("TOML that is no rule gets none, and no other answer either", async () => {
    const uri = await opened('[tool.black]\nline-length = "x\n');
    expect(await client.pull(uri)).toEqual([]);
    expect(
      await client.connection.sendRequest("textDocument/documentSymbol", { textDocument: { uri } }),
    ).toEqual([]);
  });

  test("a closed document gets none", async () => {
    const uri = await opened(MISSPELT_RULE);
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    expect(await client.pull(uri)).toEqual([]);
  });
});

describe("other requests", () => {
  test("the quick fix edits the version it was made for", async () => {
    const uri = await opened(MISSPELT_RULE);
    const range = { start: { line: 11, character: 20 }, end: { line: 11, character: 20 } };
    const actions: lsp.CodeAction[] = await client.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri },
      range,
      context: { diagnostics: [], only: ["quickfix"] },
    });
    expect(actions.map(({ title, kind, isPreferred }) => ({ title, kind, isPreferred }))).toEqual([
      { title: "Replace by process.parent.name", kind: "quickfix", isPreferred: false },
      { title: "Allow query/unknown-field here", kind: "quickfix", isPreferred: false },
    ]);
    expect(actions[0]?.edit?.documentChanges).toEqual([
      {
        textDocument: { uri, version: 1 },
        edits: [
          {
            range: { start: { line: 11, character: 14 }, end: { line: 11, character: 32 } },
            newText: "process.parent.name",
          },
        ],
      },
    ]);
  });

  test("hover, outline, folding and links answer", async () => {
    const uri = await opened(MISSPELT_RULE);
    const textDocument = { uri };
    const position = { line: 11, character: 52 };
    const hover: lsp.Hover = await client.connection.sendRequest("textDocument/hover", {
      textDocument,
      position,
    });
    expect(hover.range).toEqual({ start: { line: 11, character: 47 }, end: { line: 11, character: 57 } });
    expect(JSON.stringify(hover.contents)).toContain("event.type: keyword");
    const symbols: lsp.DocumentSymbol[] = await client.connection.sendRequest("textDocument/documentSymbol", {
      textDocument,
    });
    expect(symbols.map(({ name }) => name)).toEqual(["metadata", "rule"]);
    const folds: lsp.FoldingRange[] = await client.connection.sendRequest("textDocument/foldingRange", {
      textDocument,
    });
    expect(folds).toContainEqual({ startLine: 10, endLine: 12 });
    expect(await client.connection.sendRequest("textDocument/documentLink", { textDocument })).toEqual([]);
  });

  test("our own requests answer", async () => {
    const checks: readonly { readonly id: string; readonly page: string }[] =
      await client.connection.sendRequest("checks/list");
    expect(checks.map(({ id }) => id)).toContain("query/syntax");
    expect(await client.connection.sendRequest("server/info")).toMatchObject({
      status: { state: "ready", attack: "ATT&CK 18.1" },
    });
  });
});

describe("robustness", () => {
  test("a cancelled pull is answered as cancelled, and the next one works", async () => {
    const uri = await opened(
      MISSPELT_RULE.replace(
        "'''\nprocess",
        `'''\n${"process where process.pid == 1 or\n".repeat(20_000)}process`,
      ),
    );
    const [first, second] = await Promise.allSettled([
      client.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } }),
      change(uri, 2, [{ text: MISSPELT_RULE }]),
    ]);
    expect(first.status === "rejected" ? Reflect.get(Object(first.reason), "code") : "answered").toBeOneOf([
      -32800,
      "answered",
    ]);
    expect(second.status).toBe("fulfilled");
    expect(await client.pull(uri)).toHaveLength(1);
  });

  test("nothing was logged as an error", () => {
    expect(client.logged).toEqual([]);
  });
});

describe("clients that cannot pull", () => {
  test("get diagnostics pushed with their version, and emptied when the document closes", async () => {
    const pushing = await startWire({ capabilities: {} });
    const pushed: lsp.PublishDiagnosticsParams[] = [];
    let wake = (): void => undefined;
    pushing.connection.onNotification(
      "textDocument/publishDiagnostics",
      (params: lsp.PublishDiagnosticsParams) => {
        pushed.push(params);
        wake();
      },
    );
    const next = (): Promise<void> => new Promise((resolve) => void (wake = resolve));
    const first = next();
    await pushing.open("untitled:pushed", MISSPELT_RULE);
    await first;
    expect(pushed[0]).toMatchObject({
      uri: "untitled:pushed",
      version: 1,
      diagnostics: [{ code: "query/unknown-field" }],
    });
    const second = next();
    await pushing.connection.sendNotification("textDocument/didClose", {
      textDocument: { uri: "untitled:pushed" },
    });
    await second;
    expect(pushed[1]).toMatchObject({ uri: "untitled:pushed", diagnostics: [] });
    await pushing.stop();
  });
});

describe("settings", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "rulewright-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("change severities; rulewright.toml beats them", async () => {
    const settings = { checks: { "query/unknown-field": "error", "rule/malformed-value": "hint" } };
    const configured = await startWire({ settings });
    await configured.open("untitled:configured", BROKEN_RULE);
    expect(
      (await configured.pull("untitled:configured")).map(({ code, severity }) => [code, severity]),
    ).toEqual([
      ["query/unknown-field", 1],
      ["rule/malformed-value", 4],
    ]);
    writeFileSync(path.join(folder, "rulewright.toml"), '[checks]\n"rule/malformed-value" = "off"\n');
    const uri = pathToFileURL(path.join(folder, "x.toml")).href;
    await configured.open(uri, BROKEN_RULE);
    expect((await configured.pull(uri)).map(({ code, severity }) => [code, severity])).toEqual([
      ["query/unknown-field", 1],
    ]);
    await configured.stop();
  });

  test("a checkout of Elastic's rules is judged by Elastic's CI", async () => {
    const checkout = path.join(folder, "checkout");
    mkdirSync(path.join(checkout, "detection_rules/etc"), { recursive: true });
    mkdirSync(path.join(checkout, "rules"));
    const threat =
      '\n[[rule.threat]]\nframework = "MITRE ATT&CK"\n\n[rule.threat.tactic]\nid = "TA9999"\nname = "X"\nreference = "https://attack.mitre.org/tactics/TA9999/"\n';
    const inside = pathToFileURL(path.join(checkout, "rules/x.toml")).href;
    await client.open(inside, SHIPPED_RULE + threat);
    expect((await client.pull(inside)).map(({ code, severity }) => [code, severity])).toEqual([
      ["threat/unknown-tactic", 1],
    ]);
    const outside = await opened(SHIPPED_RULE + threat);
    expect((await client.pull(outside)).map(({ code, severity }) => [code, severity])).toEqual([
      ["threat/unknown-tactic", 2],
    ]);
  });
});

test("the command line serves the same server", async () => {
  const served = await startWire({
    command: [path.join(root, "dist/cli.cjs"), "lsp", "--stdio"],
    capabilities: PULLING,
  });
  await served.open("untitled:cli", MISSPELT_RULE);
  expect(await served.pull("untitled:cli")).toHaveLength(1);
  await served.stop();
});
