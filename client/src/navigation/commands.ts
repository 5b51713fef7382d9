/** Commands that find all rules for a technique, or that read a field. */
import { type QuickPickItem, type TextEditor, Uri, l10n, window } from "vscode";
import { type BaseLanguageClient } from "vscode-languageclient";
import {
  type FoundRule,
  type NavigationRequests,
  type SearchChoice,
  type SearchSubject,
} from "../../../server/src/lsp/protocolNavigation.ts";
import { type CommandAction } from "../commands.ts";
import { ruleCount } from "../ruleCount.ts";
import { LANGUAGE_ID } from "../settings.ts";
import { showRange } from "./showRange.ts";

type Ask = <M extends keyof NavigationRequests>(
  method: M,
  params: NavigationRequests[M]["params"],
) => Promise<NavigationRequests[M]["result"]>;

type Kind = SearchSubject["kind"];

export function navigationCommands(client: BaseLanguageClient): Readonly<Record<string, CommandAction>> {
  const ask: Ask = async (method, params) => {
    await client.start();
    return client.sendRequest(method, params);
  };
  return {
    "rulewright.findRulesForTechnique": (argument) => findRules(ask, "technique", argument),
    "rulewright.findRulesReadingField": (argument) => findRules(ask, "field", argument),
  };
}

/** By what the command was given, else by what the cursor stands on, else by choice. */
async function findRules(ask: Ask, kind: Kind, argument: unknown): Promise<void> {
  const given = typeof argument === "string" ? argument : await nameAtCursor(ask, kind);
  const name = given ?? (await chosenName(ask, kind));
  if (name === undefined) return;
  const subject: SearchSubject = { kind, name };
  const rules = await ask("rules/search", subject);
  const picked = await pickRule(subject, rules);
  if (picked === undefined) return;
  const range = await ask("rules/place", { uri: picked.uri, subject });
  await showRange(Uri.parse(picked.uri), range);
}

async function nameAtCursor(ask: Ask, kind: Kind): Promise<string | undefined> {
  const editor: TextEditor | undefined = window.activeTextEditor;
  if (editor?.document.languageId !== LANGUAGE_ID) return undefined;
  const { line, character } = editor.selection.active;
  const position = { line, character };
  const found = await ask("rules/subjectAt", { uri: editor.document.uri.toString(), position });
  return found?.kind === kind ? found.name : undefined;
}

interface ChoiceItem extends QuickPickItem {
  readonly choice: SearchChoice;
}

async function chosenName(ask: Ask, kind: Kind): Promise<string | undefined> {
  const choices = await ask("rules/searchChoices", { kind });
  if (choices.length === 0) {
    void window.showInformationMessage(
      kind === "technique"
        ? l10n.t("No rule in the workspace names a technique")
        : l10n.t("No rule in the workspace reads a field"),
    );
    return undefined;
  }
  const items = choices.map((choice): ChoiceItem => ({
    label: choice.name,
    description: [choice.title, ruleCount(choice.ruleCount)].filter((text) => text !== "").join(" · "),
    choice,
  }));
  const placeHolder = kind === "technique" ? l10n.t("Which technique?") : l10n.t("Which field?");
  const picked = await window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  return picked?.choice.name;
}

interface RuleItem extends QuickPickItem {
  readonly rule: FoundRule;
}

async function pickRule(
  { kind, name }: SearchSubject,
  rules: readonly FoundRule[],
): Promise<FoundRule | undefined> {
  if (rules.length === 0) {
    void window.showInformationMessage(
      kind === "technique"
        ? l10n.t("No rule in the workspace names {0}", name)
        : l10n.t("No rule in the workspace reads {0}", name),
    );
    return undefined;
  }
  const items = rules.map((rule): RuleItem => ({
    label: rule.name,
    description: rule.detail === name ? "" : rule.detail,
    detail: rule.path,
    rule,
  }));
  const picked = await window.showQuickPick(items, {
    title: foundTitle(kind, rules.length, name),
    placeHolder: l10n.t("Which rule?"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.rule;
}

function foundTitle(kind: Kind, count: number, name: string): string {
  if (kind === "technique")
    return count === 1 ? l10n.t("1 rule for {0}", name) : l10n.t("{0} rules for {1}", count, name);
  return count === 1 ? l10n.t("1 rule reading {0}", name) : l10n.t("{0} rules reading {1}", count, name);
}
