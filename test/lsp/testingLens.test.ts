/** The lens above a rule's query says how its sample events fare. */
import { afterAll, describe, expect, test } from "vitest";
import type * as lsp from "vscode-languageserver";
import { removeFolders, RULE, shell, testingWorkspace } from "./testingWorkspace.ts";

afterAll(removeFolders);

describe("the lens", () => {
  async function titles(
    files: Readonly<Record<string, string>>,
    settings?: object,
  ): Promise<readonly unknown[]> {
    const own = await testingWorkspace(files, settings === undefined ? {} : { settings });
    await own.open("rules/a.toml", files["rules/a.toml"] ?? "");
    const lenses: lsp.CodeLens[] = await own.request("textDocument/codeLens", {
      textDocument: { uri: own.uri("rules/a.toml") },
    });
    await own.stop();
    return lenses.map(({ range, command }) => `${range.start.line}: ${command?.title ?? ""}`);
  }

  const MORE = ["10: Explain event", "10: Add case"];

  test.each<readonly [name: string, files: Readonly<Record<string, string>>, titles: readonly string[]]>([
    ["no tests", {}, ["10: $(add) Add sample events", "10: $(sparkle) Generate sample events"]],
    ["a case that passes", { "a.match.ndjson": shell() }, ["10: ✓ 1 case", ...MORE]],
    [
      "everything at once",
      {
        "a.match.ndjson": shell({ name: "bash" }),
        "a.nomatch.ndjson": shell({ name: "bash" }),
        "a.match.todo.ndjson": shell({ name: "bash" }),
        "a.events.ndjson": shell() + shell() + shell({ name: "bash" }),
      },
      ["10: ✗ 3 cases · 1 failing · 1 known to miss · 2 of 3 scratch events alert", ...MORE],
    ],
    ["scratch events alone", { "a.events.ndjson": "" }, ["10: · 0 cases", ...MORE]],
    ["a file that is empty", { "a.nomatch.ndjson": "" }, ["10: ✗ 1 case · 1 failing", ...MORE]],
  ])("%s", async (_name, files, expected) => {
    const all = Object.entries(files).map(([name, text]) => [`rules/_tests/${name}`, text] as const);
    expect(await titles({ "rules/a.toml": RULE, ...Object.fromEntries(all) })).toEqual(expected);
  });

  test("a rule that cannot be run says why", async () => {
    const files = { "rules/a.toml": RULE.replace(' "-v"', ""), "rules/_tests/a.match.ndjson": shell() };
    expect((await titles(files))[0]).toMatch(/^10: \? /);
  });

  test("settings hide it", async () => {
    expect(await titles({ "rules/a.toml": RULE }, { lens: { enable: false } })).toEqual([]);
  });
});
