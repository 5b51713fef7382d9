/** Gives TOML files that are detection rules their language, wherever they stand. */
import { type Disposable, type LogOutputChannel, type TextDocument, languages, workspace } from "vscode";
import { holdsRuleTables } from "./ruleTables.ts";
import { LANGUAGE_ID, fileAssociations, isLanguageDetectionOn } from "./settings.ts";

/** Is it a rule, under our language id or as plain TOML? */
export function holdsRule(document: TextDocument): boolean {
  if (document.languageId === LANGUAGE_ID) return true;
  return document.languageId === "toml" && holdsRuleTables(document.getText());
}

export function promoteRules(log: LogOutputChannel): readonly Disposable[] {
  // A changed language closes a document and opens the same object again: one of ours that comes back as TOML was set
  // back by the user, who is not asked twice, not even after closing the file.
  const promoted = new WeakSet<TextDocument>();
  const setBack = new Set<string>();

  function consider(document: TextDocument): void {
    if (document.languageId !== "toml" || setBack.has(document.uri.toString())) return;
    if (promoted.has(document)) {
      setBack.add(document.uri.toString());
      return;
    }
    if (!isLanguageDetectionOn(document) || isClaimed(document) || !holdsRule(document)) return;
    promoted.add(document);
    languages.setTextDocumentLanguage(document, LANGUAGE_ID).then(undefined, (error: unknown) => {
      log.warn(`${document.uri.toString()} could not be opened as a detection rule`, error);
    });
  }

  workspace.textDocuments.forEach(consider);
  return [
    workspace.onDidOpenTextDocument(consider),
    workspace.onDidChangeTextDocument(({ document }) => {
      // Between our wish and VS Code's answer the document is still TOML.
      if (!promoted.has(document)) consider(document);
    }),
  ];
}

/** Does `files.associations` name a language for it? Patterns without a slash are about the file's name. */
function isClaimed(document: TextDocument): boolean {
  return Object.entries(fileAssociations(document)).some(([pattern, language]) => {
    const glob = pattern.includes("/") ? pattern : `**/${pattern}`;
    return language === document.languageId && languages.match({ pattern: glob }, document) > 0;
  });
}
