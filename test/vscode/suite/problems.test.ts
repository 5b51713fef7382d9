import assert from "node:assert/strict";
import { type CodeAction, type TextDocument, CodeActionKind, type Range, commands, workspace } from "vscode";
import {
  SAMPLE_RULE,
  checkOf,
  closeAll,
  configure,
  eventually,
  eventuallyProblems,
  open,
  problemsOf,
  replace,
} from "./support.ts";

/** Asks for the quick fixes as the editor's light bulb does. */
async function quickFixes(document: TextDocument, range: Range): Promise<readonly CodeAction[]> {
  const command = "vscode.executeCodeActionProvider";
  const kind = CodeActionKind.QuickFix.value;
  return commands.executeCommand<readonly CodeAction[]>(command, document.uri, range, kind);
}

suite("Problems", () => {
  teardown(async () => {
    await configure("lint.run", undefined);
    await configure("checks", undefined);
    await closeAll();
  });

  test("A misspelt field is the only problem of a sample rule, at its exact characters", async () => {
    const document = await open(SAMPLE_RULE);
    const range = await replace(document, "process.name", "proces.name");
    const [problem] = await eventuallyProblems(document, 1);
    assert.ok(problem);
    assert.equal(checkOf(problem), "query/unknown-field");
    assert.equal(problem.source, "rulewright");
    assert.match(problem.message, /`proces\.name`/);
    assert.deepEqual(problem.range, range);
  });

  test("Its fix puts the field right and the problem is gone", async () => {
    const document = await open(SAMPLE_RULE);
    const original = document.getText();
    const range = await replace(document, "process.name", "proces.name");
    await eventuallyProblems(document, 1);
    const [fix] = await quickFixes(document, range);
    assert.ok(fix?.edit);
    await workspace.applyEdit(fix.edit);
    await eventuallyProblems(document, 0);
    assert.equal(document.getText(), original);
  });

  test("A sub-technique of another technique is a problem with a fix", async () => {
    const document = await open(SAMPLE_RULE);
    const range = await replace(document, 'id = "T1552"', 'id = "T1553"');
    await eventually("a problem", () => (problemsOf(document).length === 0 ? undefined : true));
    const checks = problemsOf(document).map(checkOf);
    assert.ok(
      checks.every((check) => check.startsWith("threat/")),
      checks.join(", "),
    );
    assert.notEqual((await quickFixes(document, range)).length, 0);
  });

  test("With lint on save, what is typed is checked when it is saved", async () => {
    await configure("lint.run", "onSave");
    const document = await open("drafts/on-save.toml");
    await eventually("the language", () => (document.languageId === "detection-rule" ? true : undefined));
    await replace(document, "process.name", "proces.name");
    // Another file is checked at once when it is opened: after that, the first would have been, too.
    const opened = await open(SAMPLE_RULE);
    assert.deepEqual(problemsOf(opened), []);
    assert.deepEqual(problemsOf(document), []);
    await document.save();
    await eventuallyProblems(document, 1);
    await replace(document, "proces.name", "process.name");
    await document.save();
    await eventuallyProblems(document, 0);
  });

  test("Changing to lint on type takes effect without a reload", async () => {
    await configure("lint.run", "onSave");
    const document = await open(SAMPLE_RULE);
    await replace(document, "process.name", "proces.name");
    await configure("lint.run", "onType");
    await eventuallyProblems(document, 1);
    await replace(document, "proces.name", "process.name");
    await eventuallyProblems(document, 0);
  });

  test("A check's severity is set in the settings", async () => {
    const document = await open(SAMPLE_RULE);
    await replace(document, "process.name", "proces.name");
    await eventuallyProblems(document, 1);
    await configure("checks", { "query/unknown-field": "off" });
    await eventuallyProblems(document, 0);
  });

  test("TOML that is no rule has none, however wrong it is", async () => {
    const other = await open("drafts/other.toml");
    const document = await open(SAMPLE_RULE);
    await replace(document, "process.name", "proces.name");
    await eventuallyProblems(document, 1);
    assert.deepEqual(problemsOf(other), []);
  });
});
