import assert from "node:assert/strict";
import { type TextDocument, languages, workspace } from "vscode";
import { SAMPLE_RULE, closeAll, configure, eventually, fileUri, open, replace } from "./support.ts";

const eventuallyLanguage = (path: string, language: string): Promise<TextDocument> =>
  eventually(`${path} to be ${language}`, () => {
    const uri = fileUri(path).toString();
    return workspace.textDocuments.find(
      (document) => document.uri.toString() === uri && document.languageId === language,
    );
  });

suite("The language of a file", () => {
  teardown(async () => {
    await configure("languageDetection.enable", undefined);
    await closeAll();
  });

  test("A TOML file in a rules folder is a detection rule", async () => {
    assert.equal((await open(SAMPLE_RULE)).languageId, "detection-rule");
  });

  test("A TOML file elsewhere becomes one if it holds [metadata] and [rule]", async () => {
    await open("drafts/found.toml");
    await eventuallyLanguage("drafts/found.toml", "detection-rule");
  });

  test("So does text that is not saved yet", async () => {
    const document = await workspace.openTextDocument({
      language: "toml",
      content: "[metadata]\n\n[rule]\n",
    });
    await eventually("the language", () => (document.languageId === "detection-rule" ? true : undefined));
  });

  test("Other TOML stays TOML", async () => {
    const other = await open("drafts/other.toml");
    await open("drafts/found.toml");
    await eventuallyLanguage("drafts/found.toml", "detection-rule");
    assert.equal(other.languageId, "toml");
  });

  test("With detection switched off, a rule elsewhere stays TOML", async () => {
    await configure("languageDetection.enable", false);
    const document = await open("drafts/not-looked-for.toml");
    await replace(document, "[rule]", "[rule] # changed");
    assert.equal(document.languageId, "toml");
  });

  test("A user who sets the language back is left alone", async () => {
    await open("drafts/set-back.toml");
    const promoted = await eventuallyLanguage("drafts/set-back.toml", "detection-rule");
    await languages.setTextDocumentLanguage(promoted, "toml");
    const kept = await eventuallyLanguage("drafts/set-back.toml", "toml");
    await replace(kept, "[rule]", "[rule] # changed");
    await open("drafts/found.toml");
    await eventuallyLanguage("drafts/found.toml", "detection-rule");
    assert.equal(kept.languageId, "toml");
  });
});
