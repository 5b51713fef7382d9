/** Commands that show or hide what stands in the window beside the text of rules: they change the setting that decides it. */
import { ConfigurationTarget, type WorkspaceConfiguration, workspace } from "vscode";
import { type CommandAction } from "../commands.ts";
import { LANGUAGE_ID, SECTION } from "../settings.ts";

export function toggleCommands(): Readonly<Record<string, CommandAction>> {
  return {
    "rulewright.toggleInlineResults": () => toggled("inlineResults.enable"),
    "rulewright.toggleLenses": () => toggled("lens.enable"),
    "rulewright.toggleInlayHints": () => toggleInlayHints(),
  };
}

async function toggled(name: string): Promise<void> {
  const settings = workspace.getConfiguration(SECTION);
  await settings.update(name, settings.get(name) === false, targetOf(settings, name));
}

/** Each kind of hint has a setting of its own; what shows or hides them all is the editor's, for rules alone. */
async function toggleInlayHints(): Promise<void> {
  const name = "inlayHints.enabled";
  const settings = workspace.getConfiguration("editor", { languageId: LANGUAGE_ID });
  const isHidden = settings.get(name) === "off" || settings.get(name) === false;
  await settings.update(name, isHidden ? "on" : "off", targetOf(settings, name), true);
}

/** Where it is set already: a value elsewhere might not count. */
function targetOf(settings: WorkspaceConfiguration, name: string): ConfigurationTarget {
  const found = settings.inspect(name);
  const isInWorkspace = found?.workspaceValue !== undefined || found?.workspaceLanguageValue !== undefined;
  return isInWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
}
