/** Completion knows the sample events of the rule and the fields of the rules around it. */
import { afterAll, afterEach, expect, test } from "vitest";
import type * as lsp from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { withCursor } from "../support/fixture.ts";
import { removeFolders, RULE, shell, testingWorkspace, type TestingWorkspace } from "./testingWorkspace.ts";

let workspace: TestingWorkspace | undefined;

afterEach(async () => {
  await workspace?.stop();
  workspace = undefined;
});
afterAll(removeFolders);

function ruleWith(query: string): string {
  return RULE.replace(/query = '''[^]*?'''/, () => `query = '''\n${query}\n'''`);
}

async function completionsOf(
  { open, request, uri }: TestingWorkspace,
  name: string,
  marked: string,
): Promise<readonly lsp.CompletionItem[]> {
  const { text, offset } = withCursor(marked);
  await open(name, text);
  const document = TextDocument.create(uri(name), "detection-rule", 1, text);
  const { items } = await request<lsp.CompletionList>("textDocument/completion", {
    textDocument: { uri: uri(name) },
    position: document.positionAt(offset),
  });
  return items;
}

test("values of the rule's sample events come first, the most frequent before the others", async () => {
  const events = [shell({ name: "zsh" }), shell({ name: "dash" }), shell({ name: "zsh" })].join("");
  workspace = await testingWorkspace({ "rules/a.toml": RULE, "rules/_tests/a.match.ndjson": events });
  const marked = ruleWith('process where process.name : "<|>"');
  const items = await completionsOf(workspace, "rules/a.toml", marked);
  expect(
    items.slice(0, 2).map(({ label, detail, labelDetails }) => [label, detail ?? labelDetails?.description]),
  ).toEqual([
    ["zsh", "seen in sample events"],
    ["dash", "seen in sample events"],
  ]);
});

test("a field that other rules read is offered, one that stands in this rule alone is not", async () => {
  const other = ruleWith('process where acme.gadget.serial == "a"')
    .replace("6a11", "6a12")
    .replace("a Web", "Our");
  const own = ruleWith("process where acme.gad<|>");
  workspace = await testingWorkspace({ "rules/a.toml": withCursor(own).text, "rules/b.toml": other });
  await workspace.problems("rules/a.toml");
  await expect
    .poll(async () => {
      const items = workspace && (await completionsOf(workspace, "rules/a.toml", own));
      return items?.map(({ label }) => label).filter((label) => label.startsWith("acme."));
    })
    .toEqual(["acme.gadget.serial"]);
});

test("tags of other rules are offered, and other rules by their name", async () => {
  const other = RULE.replace("6a11", "6a12")
    .replace("a Web", "Our")
    .replace("[rule]", '[rule]\ntags = ["Team: Blue"]');
  const tags = RULE.replace("[rule]", '[rule]\ntags = ["Team<|>"]');
  const related = RULE.replace("[metadata]", '[metadata]\nrelated_endpoint_rules = ["<|>"]');
  workspace = await testingWorkspace({ "rules/a.toml": withCursor(tags).text, "rules/b.toml": other });
  await expect
    .poll(async () => {
      const items = workspace && (await completionsOf(workspace, "rules/a.toml", tags));
      return items?.map(({ label }) => label);
    })
    .toContain("Team: Blue");
  const rules = await completionsOf(workspace, "rules/c.toml", related);
  expect(rules.map(({ label }) => label).join()).toContain("Shell Started by Our Server");
});
