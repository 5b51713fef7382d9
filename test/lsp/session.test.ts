/** The session under changes that come at the wrong moment. */
import { CancellationToken, type TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { expect, test } from "vitest";
import { NO_REPOSITORY } from "../../server/src/core/knowledge/repository.ts";
import { NO_BASES } from "../../server/src/host/gitBases.ts";
import { nodeHost } from "../../server/src/host/node.ts";
import { nodeKnowledge } from "../../server/src/host/nodeKnowledge.ts";
import { pullDiagnostics } from "../../server/src/lsp/handlers/diagnostics.ts";
import { type Settings } from "../../server/src/lsp/protocol.ts";
import { Session } from "../../server/src/lsp/session.ts";
import { root } from "../support/fixture.ts";
import { MISSPELT_RULE } from "../support/sampleRule.ts";

const host = nodeHost(root);
const URI = "untitled:rule";

function sessionWith(text: string, settingsFor: () => Promise<Settings | undefined>): Session {
  const document = TextDocument.create(URI, "detection-rule", 1, text);
  // The session asks for documents and nothing else.
  const documents = { get: () => document, all: () => [document] } as unknown as TextDocuments<TextDocument>;
  return new Session({
    host,
    documents,
    log: (message) => expect.unreachable(message),
    settingsFor,
    pathOf: () => undefined,
    uriOf: (path) => path,
    onStatus: () => undefined,
    isWatching: () => false,
    workspace: {
      ruleFilesBelow: () => Promise.resolve([]),
      bases: NO_BASES,
      customSchemaFiles: () => Promise.resolve([]),
      today: () => "2024/05/02",
    },
    onChange: () => undefined,
    repositoryAt: () => Promise.resolve(NO_REPOSITORY),
    knowledge: (options) => nodeKnowledge({ host, packageRoot: root, ...options }),
  });
}

const none = CancellationToken.None;

test("a settings request that failed is asked again", async () => {
  let calls = 0;
  const session = sessionWith(MISSPELT_RULE, () => {
    calls++;
    return calls === 1 ? Promise.reject(new Error("not now")) : Promise.resolve(undefined);
  });
  await session.loadKnowledge();
  await expect(session.diagnostics(URI, none)).rejects.toThrow("not now");
  expect((await session.diagnostics(URI, none))?.diagnostics).toHaveLength(1);
});

test("settings that change while a pull is under way cancel it, and no result id covers for old findings", async () => {
  let settings: Settings = {};
  const long = MISSPELT_RULE.replace(
    "process where",
    `process where ${'process.name : "x" or '.repeat(2_000)}`,
  );
  const session = sessionWith(long, () => Promise.resolve(settings));
  await session.loadKnowledge();
  const params = { textDocument: { uri: URI } };
  const pull = pullDiagnostics(session, params, none);
  const cancelled = expect(pull).rejects.toMatchObject({ code: -32800 });
  // The pull has begun, and waits for its next turn.
  await new Promise((resolve) => setImmediate(resolve));
  settings = { checks: { "query/unknown-field": "off" } };
  session.forgetSettings();
  await cancelled;
  const after = await pullDiagnostics(session, params, none);
  expect(after.kind === "full" && after.items.map(({ code }) => code)).not.toContain("query/unknown-field");
});

test("knowledge that arrives later changes the result id", async () => {
  const session = sessionWith(MISSPELT_RULE, () => Promise.resolve(undefined));
  const before = await pullDiagnostics(session, { textDocument: { uri: URI } }, none);
  await session.loadKnowledge();
  const { resultId: previousResultId = "" } = before;
  const after = await pullDiagnostics(session, { textDocument: { uri: URI }, previousResultId }, none);
  expect(after.kind).toBe("full");
});

test("settings that change while schemas are read count for what is judged then", async () => {
  let settings: Settings = {};
  const session = sessionWith(MISSPELT_RULE, () => Promise.resolve(settings));
  const pull = session.diagnostics(URI, none);
  // Settings are there by then, the packaged data is not.
  await new Promise((resolve) => setImmediate(resolve));
  settings = { checks: { "query/unknown-field": "off" } };
  session.forgetSettings();
  await pull.catch(() => undefined);
  expect((await session.diagnostics(URI, none))?.diagnostics).toEqual([]);
});
