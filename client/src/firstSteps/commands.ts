/** Commands for the first steps: a rule, rules from elsewhere, samples. */
import { type ExtensionContext } from "vscode";
import { type BaseLanguageClient } from "vscode-languageclient";
import { type CommandAction } from "../commands.ts";
import { authorServer } from "./ask.ts";
import { importRuleFiles, pasteRules } from "./importRules.ts";
import { newRule } from "./newRule.ts";
import { openSamples } from "./samples.ts";

export function firstStepCommands(
  context: ExtensionContext,
  client: BaseLanguageClient,
): Readonly<Record<string, CommandAction>> {
  const ask = authorServer(client);
  return {
    "rulewright.newRule": () => newRule(ask, context.globalState),
    "rulewright.pasteRule": () => pasteRules(ask),
    "rulewright.importRules": () => importRuleFiles(ask),
    "rulewright.openSamples": () => openSamples(context),
  };
}
