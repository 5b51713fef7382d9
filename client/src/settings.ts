/** Reads the settings that the client itself heeds; the server asks for the others. */
import { type ConfigurationScope, workspace } from "vscode";

/** Also the client's id: the trace setting is looked for under it. */
export const SECTION = "rulewright";

export const LANGUAGE_ID = "detection-rule";

export type LintRun = "onType" | "onSave";

export function lintRun(scope: ConfigurationScope): LintRun {
  return workspace.getConfiguration(SECTION, scope).get("lint.run") === "onSave" ? "onSave" : "onType";
}

export function isLanguageDetectionOn(scope: ConfigurationScope): boolean {
  return workspace.getConfiguration(SECTION, scope).get("languageDetection.enable") !== false;
}

export function isTraceOn(): boolean {
  return workspace.getConfiguration(SECTION).get("trace.server", "off") !== "off";
}

/** Patterns that the user maps to a language by hand. */
export function fileAssociations(scope: ConfigurationScope): Readonly<Record<string, string>> {
  return workspace.getConfiguration("files", scope).get<Record<string, string>>("associations", {});
}
