import assert from "node:assert/strict";
import { type CodeLens, type TextDocument, WorkspaceEdit, commands, workspace } from "vscode";
import { SAMPLE_RULE, closeAll, configure, eventually, fileUri, open, replace } from "./support.ts";

const TESTED = "rules/linux/discovery_tested_rule.toml";
const MOVED = "rules/network/discovery_moved_rule.toml";
const SHELL = "rules/windows/_tests/credential_access_registry_searched_for_stored_passwords.match.ndjson";

/** The titles above the query of a rule, once they are as expected. */
function lenses(document: TextDocument, expected: RegExp): Promise<readonly string[]> {
  return eventually(`a lens with ${String(expected)}`, async () => {
    const titles = await titlesOf(document);
    return titles.some((title) => expected.test(title)) ? titles : undefined;
  });
}

async function titlesOf({ uri }: TextDocument): Promise<readonly string[]> {
  const found = await commands.executeCommand<readonly CodeLens[]>("vscode.executeCodeLensProvider", uri, 20);
  return found.map(({ command }) => command?.title ?? "");
}

function textOf(path: string): Promise<string> {
  return Promise.resolve(workspace.fs.readFile(fileUri(path))).then((bytes) =>
    new TextDecoder().decode(bytes),
  );
}

function isThere(path: string): Promise<boolean> {
  return Promise.resolve(workspace.fs.stat(fileUri(path))).then(
    () => true,
    () => false,
  );
}

async function write(path: string, text: string): Promise<void> {
  await workspace.fs.writeFile(fileUri(path), new TextEncoder().encode(text));
}

/** The sample rule under another name, with a case of its own and a manifest that names a file. */
async function writeTestedRule(): Promise<void> {
  const rule = (await textOf(SAMPLE_RULE))
    .replace(/^name = "/m, "$&Tested: ")
    .replace(/^(rule_id = ").{4}/m, "$1abcd");
  await write(TESTED, rule);
  await write(testOf(TESTED, "match.ndjson"), await textOf(SHELL));
  await write(testOf(TESTED, "seen.ndjson"), await textOf(SHELL));
  const manifest = "cases:\n  - name: seen before\n    events: discovery_tested_rule.seen.ndjson\n";
  await write(testOf(TESTED, "test.yml"), manifest);
}

function testOf(rule: string, ending: string): string {
  return rule.replace(/([^/]+)\.toml$/, `_tests/$1.${ending}`);
}

suite("Sample events", () => {
  teardown(async () => {
    await configure("lens.enable", undefined);
    await closeAll();
    for (const rule of [TESTED, MOVED]) {
      for (const path of [
        rule,
        ...["match.ndjson", "seen.ndjson", "test.yml"].map((one) => testOf(rule, one)),
      ]) {
        if (await isThere(path)) await workspace.fs.delete(fileUri(path));
      }
    }
  });

  test("A lens counts the cases, and what can be done stands beside it", async () => {
    const titles = await lenses(await open(SAMPLE_RULE), /^✓ \d+ cases/);
    assert.deepEqual(titles.slice(1), ["Explain event", "Add case"]);
  });

  test("It tells of a failure as soon as the query is changed, and of none once it is changed back", async () => {
    const document = await open(SAMPLE_RULE);
    await replace(document, "process where", "network where");
    await lenses(document, /^✗ .* failing/);
    await replace(document, "network where", "process where");
    await lenses(document, /^✓ \d+ cases/);
  });

  test("It is gone while the setting is off", async () => {
    const document = await open(SAMPLE_RULE);
    await lenses(document, /cases/);
    await configure("lens.enable", false);
    await eventually("no lens", async () => ((await titlesOf(document)).length === 0 ? true : undefined));
    await configure("lens.enable", true);
    await lenses(document, /cases/);
  });

  test("A rule that is renamed takes its tests along, and its manifest goes on naming them", async () => {
    await writeTestedRule();
    await lenses(await open(TESTED), /^✓ 2 cases/);
    const edit = new WorkspaceEdit();
    edit.renameFile(fileUri(TESTED), fileUri(MOVED));
    assert.ok(await workspace.applyEdit(edit));
    assert.equal(await isThere(testOf(MOVED, "match.ndjson")), true);
    assert.equal(await isThere(testOf(TESTED, "match.ndjson")), false);
    // The manifest is a document that was changed: somebody saves it.
    await eventually("the manifest that names the moved events", async () => {
      await workspace.saveAll();
      const text = await textOf(testOf(MOVED, "test.yml"));
      return text.includes("events: discovery_moved_rule.seen.ndjson") ? text : undefined;
    });
    await lenses(await open(MOVED), /^✓ 2 cases/);
  });
});
