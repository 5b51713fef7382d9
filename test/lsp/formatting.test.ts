/** Formatting of rules over the wire: whole, in a selection, with settings, and only what is ours. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  StreamMessageReader,
  StreamMessageWriter,
  createProtocolConnection,
} from "vscode-languageserver/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as lsp from "vscode-languageserver";
import { applyEdits } from "../../server/src/core/text/edit.ts";
import { lineIndexOf } from "../../server/src/core/text/lineIndex.ts";
import { root } from "../support/fixture.ts";
import { CLEAN_RULE } from "../support/sampleRule.ts";
import { type WireClient, startWire } from "../support/wire.ts";

const LOOSE = CLEAN_RULE.replace('author = ["Jo"]', 'author=[ "Jo" ]').replace(" and ", "\n    and ");
/** Its query stays. */
const TIGHT = LOOSE.replace('author=[ "Jo" ]', 'author = ["Jo"]');
const QUERY_LINE = 11;

const folder = mkdtempSync(path.join(tmpdir(), "rulewright-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Asked {
  readonly uri?: string;
  readonly languageId?: string;
  readonly options?: Partial<lsp.FormattingOptions>;
  readonly range?: lsp.Range;
}

let count = 0;

/** The text after formatting; null where the server has no answer. */
async function formatted(client: WireClient, text: string, asked: Asked = {}): Promise<string | null> {
  const { uri = `untitled:formatting-${++count}`, languageId, options, range } = asked;
  await client.open(uri, text, languageId);
  const method = range === undefined ? "textDocument/formatting" : "textDocument/rangeFormatting";
  const edits: readonly lsp.TextEdit[] | null = await client.connection.sendRequest(method, {
    textDocument: { uri },
    options: { tabSize: 8, insertSpaces: false, ...options },
    ...(range === undefined ? {} : { range }),
  });
  if (edits === null) return null;
  const lines = lineIndexOf(text);
  return applyEdits(
    text,
    edits.map(({ range: { start, end }, newText }) => ({
      span: { start: lines.offsetAt(start), end: lines.offsetAt(end) },
      text: newText,
    })),
  );
}

function lineRange(first: number, last: number): lsp.Range {
  return { start: { line: first, character: 0 }, end: { line: last, character: 0 } };
}

describe("with default settings", () => {
  let client: WireClient;
  beforeAll(async () => {
    client = await startWire();
  });
  afterAll(() => client.stop());

  test("a rule is laid out, and its query is left", async () => {
    expect(await formatted(client, LOOSE)).toBe(TIGHT);
    expect(await formatted(client, TIGHT)).toBe(TIGHT);
  });

  test("so is one that its editor takes for plain TOML, and no other TOML", async () => {
    expect(await formatted(client, LOOSE, { languageId: "toml" })).toBe(TIGHT);
    expect(await formatted(client, "[tool]\nx=1\n", { languageId: "toml" })).toBeNull();
    expect(await formatted(client, "[tool]\nx=1\n")).toBeNull();
  });

  test("a rule with errors is left alone", async () => {
    expect(await formatted(client, LOOSE.replace('"Jo"', "Jo"))).toBeNull();
  });

  test("an editor that wants no blank lines at the end of files has none", async () => {
    const long = `${CLEAN_RULE}\n\n`;
    expect(await formatted(client, long)).toBe(long);
    expect(await formatted(client, long, { options: { trimFinalNewlines: true } })).toBe(CLEAN_RULE);
  });

  test("a selection within the query lays out the lines of the query", async () => {
    const tidy = LOOSE.replace("\n    and ", " and\n  ");
    expect(await formatted(client, LOOSE, { range: lineRange(QUERY_LINE, QUERY_LINE + 2) })).toBe(tidy);
  });

  test("a selection elsewhere lays out the statements that it touches", async () => {
    expect(await formatted(client, LOOSE, { range: lineRange(6, 7) })).toBe(TIGHT);
    expect(await formatted(client, LOOSE, { range: lineRange(7, 8) })).toBe(LOOSE);
  });

  test("`[format]` of the nearest rulewright.toml counts", async () => {
    mkdirSync(path.join(folder, "rules"));
    writeFileSync(path.join(folder, "rulewright.toml"), '[format]\nqueries = "always"\n');
    const uri = pathToFileURL(path.join(folder, "rules/x.toml")).href;
    expect(await formatted(client, LOOSE, { uri })).toBe(TIGHT.replace("\n    and ", " and\n  "));
  });

  test("nothing was logged but what was left alone", () => {
    expect(client.logged).toEqual(["untitled:formatting-6:7: left alone: the file has TOML errors"]);
  });
});

test("settings choose the layout, and what is no choice counts as unset", async () => {
  const settings = { format: { lists: "fit", queries: "always", width: 60, keyOrder: 7 } };
  const client = await startWire({ settings });
  const spread = LOOSE.replace('[ "Jo" ]', '[\n"Jo",\n"Ann",]');
  expect(await formatted(client, spread)).toBe(
    TIGHT.replace('"Jo"', '"Jo", "Ann"').replace("\n    and ", " and\n  "),
  );
  await client.stop();
});

/** What the server promises a client that introduces itself so. */
async function promises(
  params: Pick<lsp.InitializeParams, "capabilities" | "initializationOptions">,
): Promise<{ readonly result: lsp.InitializeResult; readonly registrations: readonly lsp.Registration[] }> {
  const child = spawn(process.execPath, [path.join(root, "dist/server.cjs"), "--stdio"]);
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const registrations: lsp.Registration[] = [];
  connection.onRequest("client/registerCapability", (asked: lsp.RegistrationParams) => {
    registrations.push(...asked.registrations);
    return null;
  });
  const isReady = new Promise<void>((resolve) => {
    connection.onNotification("server/status", ({ state }: { readonly state: string }) => {
      if (state === "ready") resolve();
    });
  });
  connection.listen();
  const result: lsp.InitializeResult = await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: null,
    ...params,
  });
  await connection.sendNotification("initialized", {});
  await isReady;
  await connection.sendRequest("shutdown");
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await connection.sendNotification("exit");
  await ended;
  connection.dispose();
  return { result, registrations };
}

describe("the server promises to format", () => {
  const capabilities: lsp.ClientCapabilities = {
    textDocument: {
      formatting: { dynamicRegistration: true },
      rangeFormatting: { dynamicRegistration: true },
    },
  };

  test("whatever the client opens", async () => {
    const { result, registrations } = await promises({ capabilities });
    expect(result.capabilities).toMatchObject({
      documentFormattingProvider: true,
      documentRangeFormattingProvider: true,
    });
    expect(registrations).toEqual([]);
  });

  test("some languages only, so that those of others stay with others", async () => {
    const { result, registrations } = await promises({
      capabilities,
      initializationOptions: { formatterLanguages: ["detection-rule"] },
    });
    expect(result.capabilities.documentFormattingProvider).toBeUndefined();
    expect(result.capabilities.documentRangeFormattingProvider).toBeUndefined();
    expect(registrations).toMatchObject(
      ["textDocument/formatting", "textDocument/rangeFormatting"].map((method) => ({
        method,
        registerOptions: { documentSelector: [{ language: "detection-rule" }] },
      })),
    );
  });

  test("everything if the client cannot be asked later", async () => {
    const { result } = await promises({
      capabilities: {},
      initializationOptions: { formatterLanguages: ["detection-rule"] },
    });
    expect(result.capabilities.documentFormattingProvider).toBe(true);
  });
});
