/** What an editor shows inside queries, over the wire, as an editor asks for it. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as lsp from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { TOKEN_MODIFIERS, TOKEN_TYPES } from "../../server/src/core/features/semanticTokensLegend.ts";
import { currentWork } from "../../server/src/lsp/handlers/currentWork.ts";
import { withCursor } from "../support/fixture.ts";
import { PULLING, type WireClient, startWire } from "../support/wire.ts";

const RULE = `[metadata]
maturity = "production"

[rule]
type = "eql"
from = "now-9m"
interval = "5m"
query = '''
sequence by host.id with maxspan=1m
  [process where process.name : "a*"] by user.id /* one
  two */
  [file where startsWith(file.path, "C:\\\\")] by user.id
'''
`;

const SETTINGS = { inlayHints: { lookBack: false, fieldTypes: true, caseSensitivity: "yes" } };

let client: WireClient;
let count = 0;

beforeAll(async () => {
  client = await startWire();
});

afterAll(() => client.stop());

async function open(text: string, asking = client): Promise<TextDocument> {
  const uri = `untitled:query-${++count}`;
  await asking.open(uri, text);
  return TextDocument.create(uri, "detection-rule", 1, text);
}

/** Opens a text with a cursor, and asks about the place. */
async function ask<R>(
  method: string,
  marked: string,
): Promise<{ readonly document: TextDocument; readonly result: R }> {
  const { text, offset } = withCursor(marked);
  const document = await open(text);
  const result: R = await client.connection.sendRequest(method, {
    textDocument: { uri: document.uri },
    position: document.positionAt(offset),
  });
  return { document, result };
}

/** Tokens as text, type and modifiers, read back as an editor does. */
function decoded(document: TextDocument, data: readonly number[]): readonly string[] {
  const tokens: string[] = [];
  let [line, character] = [0, 0];
  for (let i = 0; i < data.length; i += 5) {
    const [lines = 0, columns = 0, length = 0, type = 0, bits = 0] = data.slice(i, i + 5);
    character = lines === 0 ? character + columns : columns;
    line += lines;
    const start = document.offsetAt({ line, character });
    const text = document.getText().slice(start, start + length);
    const modifiers = TOKEN_MODIFIERS.filter((_modifier, bit) => (bits & (1 << bit)) !== 0);
    tokens.push([text, TOKEN_TYPES[type], ...modifiers].join(" "));
  }
  return tokens;
}

describe("semantic tokens", () => {
  test("full, and a part", async () => {
    const document = await open(RULE);
    const textDocument = { uri: document.uri };
    const full: lsp.SemanticTokens = await client.connection.sendRequest("textDocument/semanticTokens/full", {
      textDocument,
    });
    const tokens = decoded(document, full.data);
    expect(tokens.slice(0, 3)).toEqual(["sequence keyword", "by keyword", "host.id property known joinKey"]);
    expect(tokens).toContain("/* one comment");
    expect(tokens).toContain("two */ comment");
    expect(tokens.slice(-6)).toEqual([
      "file.path property known",
      '"C: string',
      "\\\\ escape",
      '" string',
      "by keyword",
      "user.id property known joinKey",
    ]);
    const part: lsp.SemanticTokens = await client.connection.sendRequest(
      "textDocument/semanticTokens/range",
      {
        textDocument,
        range: { start: { line: 8, character: 0 }, end: { line: 8, character: 8 } },
      },
    );
    expect(decoded(document, part.data)).toEqual(["sequence keyword"]);
  });

  test("a change is told against the last result, an unknown one is answered whole", async () => {
    const before = await open(RULE);
    const textDocument = { uri: before.uri };
    const full: lsp.SemanticTokens = await client.connection.sendRequest("textDocument/semanticTokens/full", {
      textDocument,
    });
    const text = RULE.replace("[process where", "[process\n  where true and");
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { ...textDocument, version: 2 },
      contentChanges: [{ text }],
    });
    const delta: lsp.SemanticTokensDelta = await client.connection.sendRequest(
      "textDocument/semanticTokens/full/delta",
      { textDocument, previousResultId: full.resultId },
    );
    const data = [...full.data];
    for (const { start, deleteCount, data: added } of delta.edits)
      data.splice(start, deleteCount, ...(added ?? []));
    const again: lsp.SemanticTokens = await client.connection.sendRequest(
      "textDocument/semanticTokens/full/delta",
      { textDocument, previousResultId: "?" },
    );
    expect(data).toEqual(again.data);
    expect(delta.edits[0]?.data?.length).toBeLessThan(full.data.length);
    expect(decoded(TextDocument.create("x:x", "x", 2, text), data)).toContain("true constant");
    const same: lsp.SemanticTokensDelta = await client.connection.sendRequest(
      "textDocument/semanticTokens/full/delta",
      { textDocument, previousResultId: again.resultId },
    );
    expect(same.edits).toEqual([]);
  });

  test("a document that is not open has none", async () => {
    const none: lsp.SemanticTokens = await client.connection.sendRequest("textDocument/semanticTokens/full", {
      textDocument: { uri: "untitled:none" },
    });
    expect(none.data).toEqual([]);
  });
});

test("a signature with the parameter that is being written", async () => {
  const { result } = await ask<lsp.SignatureHelp>(
    "textDocument/signatureHelp",
    RULE.replace("file.path, ", "file.path, <|>"),
  );
  const [signature] = result.signatures;
  const [start = 0, end = 0] = signature?.parameters?.[result.activeParameter ?? -1]?.label ?? [];
  expect(signature?.label.slice(Number(start), Number(end))).toBe("prefix: string");
  expect(JSON.stringify(signature?.documentation)).toContain("begins with the prefix");
  const { result: none } = await ask("textDocument/signatureHelp", RULE.replace("now-9m", "now<|>-9m"));
  expect(none).toBeNull();
});

test("a selection grows step by step", async () => {
  const { text, offset } = withCursor(RULE.replace('"a*"', '"a<|>*"'));
  const document = await open(text);
  const [first]: lsp.SelectionRange[] = await client.connection.sendRequest("textDocument/selectionRange", {
    textDocument: { uri: document.uri },
    positions: [document.positionAt(offset)],
  });
  const grown: string[] = [];
  for (let range = first; range !== undefined; range = range.parent)
    grown.push(document.getText(range.range));
  expect(grown.slice(0, 4)).toEqual([
    "a*",
    '"a*"',
    'process.name : "a*"',
    'process where process.name : "a*"',
  ]);
  expect(grown.at(-1)).toBe(text);
});

test("keys are linked over all events", async () => {
  const { document, result } = await ask<lsp.DocumentHighlight[]>(
    "textDocument/documentHighlight",
    RULE.replace("by user.id /*", "by user<|>.id /*"),
  );
  expect(result.map(({ range, kind }) => [range.start.line, document.getText(range), kind])).toEqual([
    [9, "user.id", 3],
    [11, "user.id", 3],
  ]);
});

test("a text says what it matches", async () => {
  const { document, result } = await ask<lsp.Hover>(
    "textDocument/hover",
    RULE.replace('"C:\\\\"', '"C:<|>\\\\"'),
  );
  expect(result.range && document.getText(result.range)).toBe('"C:\\\\"');
  expect(JSON.stringify(result.contents)).toContain("The `prefix` of `startsWith`");
});

describe("notes", () => {
  async function notesOf(asking: WireClient): Promise<readonly lsp.InlayHint[]> {
    const document = await open(RULE, asking);
    return asking.connection.sendRequest("textDocument/inlayHint", {
      textDocument: { uri: document.uri },
      range: { start: { line: 0, character: 0 }, end: document.positionAt(RULE.length) },
    });
  }

  test("by default the look-back, with its explanation later", async () => {
    const notes = await notesOf(client);
    expect(notes.map(({ label, position }) => [label, position])).toEqual([
      ["4m additional look-back", { line: 5, character: 15 }],
    ]);
    expect(notes[0]?.tooltip).toBeUndefined();
    const resolved: lsp.InlayHint = await client.connection.sendRequest("inlayHint/resolve", notes[0]);
    expect(JSON.stringify(resolved.tooltip)).toContain("9m − 5m = **4m**");
  });

  test("as the settings say; an odd value counts as none", async () => {
    const other = await startWire({ settings: SETTINGS });
    try {
      const notes = await notesOf(other);
      expect(notes.map(({ label }) => label)).toEqual([
        ...[": keyword", ": keyword", ": keyword", ": keyword", ": keyword"],
      ]);
      const resolved: lsp.InlayHint = await other.connection.sendRequest("inlayHint/resolve", notes[1]);
      expect(JSON.stringify(resolved.tooltip)).toContain("process.name: keyword");
    } finally {
      await other.stop();
    }
  });

  test("a note of somebody else stays as it is", async () => {
    const note = { position: { line: 0, character: 0 }, label: "x", data: { uri: 1 } };
    expect(await client.connection.sendRequest("inlayHint/resolve", note)).toEqual(note);
  });
});

describe("work on a version", () => {
  const wanted: lsp.CancellationToken = {
    isCancellationRequested: false,
    onCancellationRequested: () => ({ dispose: () => undefined }),
  };
  const document = { uri: "untitled:x", version: 1 };

  function* endless(): Generator<undefined, never> {
    for (;;) yield;
  }

  test("gives its result, whatever that is", async () => {
    const nothing = (function* (): Generator<undefined, undefined> {
      yield;
    })();
    expect(await currentWork(() => 1)(document, nothing, wanted)).toBeUndefined();
  });

  test("ends once the document has changed, or nobody wants it", async () => {
    await expect(currentWork(() => 2)(document, endless(), wanted)).rejects.toThrow("The document changed");
    const unwanted = { ...wanted, isCancellationRequested: true };
    await expect(currentWork(() => 1)(document, endless(), unwanted)).rejects.toThrow("The document changed");
  });
});

test("a client that can ask again is told when what is known changes", async () => {
  const refreshing: lsp.ClientCapabilities = {
    ...PULLING,
    workspace: {
      ...PULLING.workspace,
      semanticTokens: { refreshSupport: true },
      inlayHint: { refreshSupport: true },
    },
  };
  const other = await startWire({ capabilities: refreshing });
  try {
    const asked = ["workspace/semanticTokens/refresh", "workspace/inlayHint/refresh"].map(
      (method) =>
        new Promise<string>((resolve) => {
          other.connection.onRequest(method, () => {
            resolve(method);
            return null;
          });
        }),
    );
    await other.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
    expect(await Promise.all(asked)).toEqual([
      "workspace/semanticTokens/refresh",
      "workspace/inlayHint/refresh",
    ]);
  } finally {
    await other.stop();
  }
});

test("a client that knows no refresh, whatever it said, does not end the server", async () => {
  const workspace = {
    ...PULLING.workspace,
    semanticTokens: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  };
  const other = await startWire({ capabilities: { ...PULLING, workspace } });
  const refused = ["semanticTokens/refresh failed", "codeLens/refresh failed"];
  await other.connection.sendNotification("workspace/didChangeWatchedFiles", {
    changes: [
      { uri: "file:///rules/rulewright.toml", type: 2 },
      { uri: "file:///rules/events.ndjson", type: 1 },
    ],
  });
  await other.loggedUntil(() =>
    refused.every((one) => other.logged.some((message) => message.startsWith(one))),
  );
  expect(await other.connection.sendRequest("checks/list")).not.toEqual([]);
  await other.stop();
  expect(other.process.exitCode).toBe(0);
});
