/** Completion over the wire, as an editor asks for it. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as lsp from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { withCursor } from "../support/fixture.ts";
import { PULLING, type WireClient, startWire } from "../support/wire.ts";

const SNIPPETS: lsp.ClientCapabilities = {
  ...PULLING,
  textDocument: {
    ...PULLING.textDocument,
    completion: { completionItem: { snippetSupport: true, labelDetailsSupport: true } },
  },
};

const QUERY = `[metadata]
maturity = "production"

[rule]
type = "eql"
language = "eql"
query = '''
process where p.n<|>
'''
`;

let client: WireClient;
let count = 0;

beforeAll(async () => {
  client = await startWire({ capabilities: SNIPPETS });
});

afterAll(() => client.stop());

interface Asked {
  readonly document: TextDocument;
  readonly list: lsp.CompletionList;
}

async function ask(marked: string, context?: lsp.CompletionContext, asking = client): Promise<Asked> {
  const { text, offset } = withCursor(marked);
  const uri = `untitled:completion-${++count}`;
  await asking.open(uri, text);
  const document = TextDocument.create(uri, "detection-rule", 1, text);
  const list: lsp.CompletionList = await asking.connection.sendRequest("textDocument/completion", {
    textDocument: { uri },
    position: document.positionAt(offset),
    ...(context === undefined ? {} : { context }),
  });
  return { document, list };
}

function typed(triggerCharacter: string): lsp.CompletionContext {
  return { triggerKind: 2, triggerCharacter };
}

function itemNamed({ items }: lsp.CompletionList, label: string): lsp.CompletionItem {
  const item = items.find((one) => one.label === label);
  if (item === undefined) throw new Error(`There is no item ${label}`);
  return item;
}

function editOf(item: lsp.CompletionItem): lsp.TextEdit {
  if (item.textEdit === undefined || !("range" in item.textEdit)) throw new Error("The item has no edit");
  return item.textEdit;
}

describe("in a query", () => {
  test("our ranking survives: all items fit what was typed, and are sorted by rank", async () => {
    const { document, list } = await ask(QUERY);
    expect(list.isIncomplete).toBe(true);
    expect(list.items.length).toBeLessThanOrEqual(100);
    expect(new Set(list.items.map(({ filterText }) => filterText))).toEqual(new Set(["p.n"]));
    const ranks = list.items.map(({ sortText }) => sortText ?? "");
    expect(ranks).toEqual([...ranks].sort());
    const [first] = list.items;
    expect(first).toMatchObject({ label: "process.name", kind: 5, labelDetails: { description: "keyword" } });
    const edit = editOf(first ?? { label: "" });
    expect(document.getText(edit.range)).toBe("p.n");
    expect(edit.newText).toBe("process.name");
  });

  test("documentation comes later, by what the item carries", async () => {
    const { list } = await ask(QUERY);
    const item = itemNamed(list, "process.name");
    expect(item.documentation).toBeUndefined();
    const resolved: lsp.CompletionItem = await client.connection.sendRequest("completionItem/resolve", item);
    expect(JSON.stringify(resolved.documentation)).toContain("process.name: keyword");
    expect(resolved.textEdit).toEqual(item.textEdit);
  });

  test("an item of a document that is closed, or of somebody else, stays as it is", async () => {
    for (const item of [
      { label: "x" },
      { label: "x", data: { uri: "untitled:none", subject: { kind: "?" } } },
    ]) {
      expect(await client.connection.sendRequest("completionItem/resolve", item)).toEqual(item);
    }
  });

  test("functions are snippets", async () => {
    const { list } = await ask(QUERY.replace("p.n", "startsw"));
    const item = itemNamed(list, "startsWith~");
    expect(item.insertTextFormat).toBe(2);
    expect(editOf(item).newText).toBe('startsWith~(${1:source}, "${2:prefix}")');
    const resolved: lsp.CompletionItem = await client.connection.sendRequest("completionItem/resolve", item);
    expect(JSON.stringify(resolved.documentation)).toContain("begins with the prefix");
  });

  test("a space opens nothing where the line may break", async () => {
    const { list } = await ask(QUERY.replace("p.n", "process.pid == 1 and "), typed(" "));
    expect(list.items).toEqual([]);
  });

  test("a space after an operator offers values", async () => {
    const { list } = await ask(QUERY.replace("p.n", "event.type == "), typed(" "));
    expect(list.items[0]?.label).toBe("start");
  });
});

describe("in the TOML", () => {
  test("a technique writes its id, name and reference at once", async () => {
    const marked = `[rule]
type = "eql"

[[rule.threat]]
framework = "MITRE ATT&CK"

[[rule.threat.technique]]
id = "T1059"
name = "Command and Scripting Interpreter"
reference = "https://attack.mitre.org/techniques/T1059/"

[[rule.threat.technique.subtechnique]]
id = "T1059.0<|>"
name = "AppleScript"
`;
    const { document, list } = await ask(marked);
    const item = itemNamed(list, "T1059.001 PowerShell");
    const text = TextDocument.applyEdits(document, [editOf(item), ...(item.additionalTextEdits ?? [])]);
    expect(text).toContain(`id = "T1059.001"
name = "PowerShell"
reference = "https://attack.mitre.org/techniques/T1059/001/"
`);
    const resolved: lsp.CompletionItem = await client.connection.sendRequest("completionItem/resolve", item);
    expect(JSON.stringify(resolved.documentation)).toContain("T1059");
  });

  test("keys come with a place for their value", async () => {
    const { list } = await ask('[rule]\ntype = "eql"\nsev<|>\n');
    expect(editOf(itemNamed(list, "severity")).newText).toBe('severity = "${1|low,medium,high,critical|}"');
  });

  test("a quote that closes a text opens nothing", async () => {
    const { list } = await ask('[rule]\ntype = "eql"\nseverity = "low"<|>\n', typed('"'));
    expect(list.items).toEqual([]);
  });

  test("TOML that is no rule gets nothing", async () => {
    const { list } = await ask("[tool.black]\nline<|>\n");
    expect(list.items).toEqual([]);
  });
});

test("a client without snippets gets plain text", async () => {
  const plain = await startWire();
  const { list } = await ask(QUERY.replace("p.n", "startsw"), undefined, plain);
  const item = itemNamed(list, "startsWith~");
  expect(item.insertTextFormat).toBeUndefined();
  expect(editOf(item).newText).toBe('startsWith~(source, "prefix")');
  expect(item.detail).toContain("startsWith[~](source: string");
  await plain.stop();
});

test("nothing was logged as an error", () => {
  expect(client.logged).toEqual([]);
});

test.each([
  ["detection-rule", "", ["[metadata]", "[rule]", "New rule: EQL, one event"]],
  ["detection-rule", "[", ["[metadata]", "[rule]", "New rule: EQL, one event"]],
  ["detection-rule", "met", ["[metadata]", "New rule: EQL, one event", "New rule: EQL sequence"]],
  ["toml", "", ["[metadata]", "[rule]", "New rule: EQL, one event"]],
  ["toml", "[", []],
  ["toml", "met", []],
])("in an empty file of %s, %j begins a rule", async (language, text, first) => {
  const uri = `untitled:empty-${++count}`;
  await client.open(uri, text, language);
  const list: lsp.CompletionList = await client.connection.sendRequest("textDocument/completion", {
    textDocument: { uri },
    position: { line: 0, character: text.length },
  });
  expect(list.items.slice(0, 3).map(({ label }) => label)).toEqual(first);
  for (const { filterText = text } of list.items) expect(filterText.startsWith(text)).toBe(true);
  const rule = list.items.find(({ label }) => label === "New rule: Threshold");
  // The same name is written at once wherever it stands.
  if (rule !== undefined) expect(rule.textEdit?.newText.match(/\$\{1:Name of the Rule\}/g)).toHaveLength(2);
});
