/** The code action that lays out a query, over the wire. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type * as lsp from "vscode-languageserver";
import { applyEdits } from "../../server/src/core/text/edit.ts";
import { lineIndexOf } from "../../server/src/core/text/lineIndex.ts";
import { BROKEN_RULE, CLEAN_RULE } from "../support/sampleRule.ts";
import { type WireClient, startWire } from "../support/wire.ts";

const UNTIDY = CLEAN_RULE.replace(" and ", "\n    and ");

let client: WireClient;
let count = 0;

beforeAll(async () => {
  client = await startWire();
});

afterAll(() => client.stop());

interface Asked {
  readonly uri: string;
  readonly actions: readonly lsp.CodeAction[];
}

/** What is offered at the first line of the query, or at another one. */
async function actionsFor(text: string, only?: readonly string[], line = 11): Promise<Asked> {
  const uri = `untitled:format-${++count}`;
  await client.open(uri, text);
  const position = { line, character: 2 };
  const actions: lsp.CodeAction[] = await client.connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: position, end: position },
    context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
  });
  return { uri, actions: actions.filter(({ title }) => title === "Format the query") };
}

test("an untidy query can be formatted, and nothing but its layout changes", async () => {
  const { uri, actions } = await actionsFor(UNTIDY);
  expect(actions.map(({ title, kind }) => ({ title, kind }))).toEqual([
    { title: "Format the query", kind: "refactor.rewrite" },
  ]);
  const [change] = actions[0]?.edit?.documentChanges ?? [];
  expect(change).toMatchObject({ textDocument: { uri, version: 1 } });
  const lines = lineIndexOf(UNTIDY);
  const edits = change !== undefined && "edits" in change ? change.edits : [];
  const changed = applyEdits(
    UNTIDY,
    edits.map((edit) => ({
      span: { start: lines.offsetAt(edit.range.start), end: lines.offsetAt(edit.range.end) },
      text: "newText" in edit ? edit.newText : "",
    })),
  );
  expect(changed).toBe(CLEAN_RULE.replace(" and ", " and\n  "));
});

test("it is offered when refactorings are asked for, and not when fixes are", async () => {
  expect((await actionsFor(UNTIDY, ["refactor"])).actions).toHaveLength(1);
  expect((await actionsFor(UNTIDY, ["refactor.rewrite"])).actions).toHaveLength(1);
  expect((await actionsFor(UNTIDY, ["refactor.extract"])).actions).toEqual([]);
  expect((await actionsFor(UNTIDY, ["quickfix"])).actions).toEqual([]);
});

test("it is not offered elsewhere, for tidy queries, or for queries with errors", async () => {
  expect((await actionsFor(UNTIDY, undefined, 1)).actions).toEqual([]);
  expect((await actionsFor(CLEAN_RULE)).actions).toEqual([]);
  const broken = await actionsFor(BROKEN_RULE.replace("==", "="), ["refactor"]);
  expect(broken.actions).toEqual([]);
});

test("nothing was logged as an error", () => {
  expect(client.logged).toEqual([]);
});
