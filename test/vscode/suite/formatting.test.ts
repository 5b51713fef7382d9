import assert from "node:assert/strict";
import { type TextDocument, type TextEdit, WorkspaceEdit, commands, workspace } from "vscode";
import { SAMPLE_RULE, closeAll, eventually, open, replace } from "./support.ts";

const TIGHT = "\nname = ";
const LOOSE = "\n  name=";

/** Undefined while no formatter has an answer. */
function formattingOf({ uri }: TextDocument): Thenable<readonly TextEdit[] | undefined> {
  return commands.executeCommand("vscode.executeFormatDocumentProvider", uri, {
    tabSize: 4,
    insertSpaces: true,
  });
}

suite("Formatting", () => {
  teardown(async () => {
    await workspace.getConfiguration("editor").update("formatOnSave", undefined);
    await closeAll();
  });

  test("A rule is laid out", async () => {
    const document = await open(SAMPLE_RULE);
    const before = document.getText();
    await replace(document, TIGHT, LOOSE);
    const edits = await eventually("edits", async () => {
      const found = await formattingOf(document);
      return found === undefined || found.length === 0 ? undefined : found;
    });
    const edit = new WorkspaceEdit();
    edit.set(document.uri, [...edits]);
    assert.equal(await workspace.applyEdit(edit), true);
    assert.equal(document.getText(), before);
  });

  test("Other TOML is left to others", async () => {
    const document = await open("drafts/other.toml");
    assert.deepEqual((await formattingOf(document)) ?? [], []);
  });

  test("A rule is laid out when it is saved", async () => {
    const document = await open(SAMPLE_RULE);
    const before = document.getText();
    await workspace.getConfiguration("editor").update("formatOnSave", true);
    await replace(document, TIGHT, LOOSE);
    await document.save();
    assert.equal(document.getText(), before);
  });
});
