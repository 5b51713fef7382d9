/** `New Rule…`: kind, data source, technique and name, one after another, with a way back. */
import { type Memento, type QuickPickItem, l10n, workspace } from "vscode";
import { type RuleChoices } from "../../../server/src/lsp/protocolAuthor.ts";
import { SECTION } from "../settings.ts";
import { type AskAuthor } from "./ask.ts";
import { folderForRules, putFiles } from "./putFiles.ts";
import { goOn } from "./tabStops.ts";
import { BACK, type Step, inputStep, pickStep, runSteps } from "./steps.ts";

interface Draft {
  kind: string;
  source: string;
  tactic: string | null;
  technique: string | null;
  name: string;
  author: string;
}

interface IdItem extends QuickPickItem {
  readonly id: string;
  /** Of a technique. */
  readonly tactic?: string;
}

const AUTHOR_KEY = "newRule.author";
const AUTHOR_SETTING = `${SECTION}.newRule.author`;

export async function newRule(ask: AskAuthor, memory: Memento): Promise<void> {
  const choices = await ask("rules/choices", undefined);
  const setting = workspace.getConfiguration().get<string>(AUTHOR_SETTING, "");
  const known = setting === "" ? memory.get<string>(AUTHOR_KEY, "") : setting;
  const draft: Draft = { kind: "", source: "", tactic: null, technique: null, name: "", author: known };
  const steps = [
    kindStep(choices, draft),
    sourceStep(choices, draft),
    threatStep(choices, draft),
    nameStep(draft),
    ...(known === "" ? [authorStep(draft)] : []),
  ];
  if (!(await runSteps(l10n.t("New Detection Rule"), steps))) return;
  if (setting === "") await memory.update(AUTHOR_KEY, draft.author);
  const created = await ask("rules/create", draft);
  const editor = created && (await putFiles([created], folderForRules()));
  if (editor) await goOn(editor, created.tabStops);
}

function kindStep({ kinds }: RuleChoices, draft: Draft): Step {
  const items = kinds.map(({ id, label, detail }): IdItem => ({ id, label, detail }));
  return async (frame) => {
    const placeholder = l10n.t("What kind of rule?");
    const picked = await pickStep(frame, { placeholder, items, active: draft.kind });
    if (picked === BACK || picked === undefined) return picked;
    draft.kind = picked.id;
    return "next";
  };
}

function sourceStep({ sources }: RuleChoices, draft: Draft): Step {
  const items = sources.map(({ id, label, detail }): IdItem => ({ id, label, description: detail }));
  return async (frame) => {
    const placeholder = l10n.t("On which data?");
    const picked = await pickStep(frame, { placeholder, items, active: draft.source });
    if (picked === BACK || picked === undefined) return picked;
    draft.source = picked.id;
    return "next";
  };
}

function threatStep({ tactics, techniques }: RuleChoices, draft: Draft): Step {
  const names = new Map(tactics.map(({ id, label }) => [id, label]));
  const none: IdItem = {
    id: "",
    label: `$(circle-slash) ${l10n.t("No technique")}`,
    description: l10n.t("can be added later"),
  };
  const items = [
    none,
    ...techniques.flatMap(({ id, label, tactics: of }) =>
      of.map((tactic): IdItem => ({
        id,
        tactic,
        label,
        description: id,
        detail: names.get(tactic) ?? tactic,
      })),
    ),
  ];
  return async (frame) => {
    const placeholder = l10n.t("Which technique of ATT&CK? Type an id, a name or a tactic");
    const picked = await pickStep(frame, { placeholder, items, active: draft.technique ?? "" });
    if (picked === BACK || picked === undefined) return picked;
    draft.technique = picked.tactic === undefined ? null : picked.id;
    draft.tactic = picked.tactic ?? null;
    return "next";
  };
}

function nameStep(draft: Draft): Step {
  return async (frame) => {
    const name = await inputStep(frame, {
      prompt: l10n.t("What does the rule find? The file is named after it"),
      placeholder: l10n.t("Shell Started by a Web Server"),
      value: draft.name,
    });
    if (name === BACK || name === undefined) return name;
    draft.name = name;
    return "next";
  };
}

function authorStep(draft: Draft): Step {
  return async (frame) => {
    const prompt = l10n.t("Who writes the rule? Asked once: the setting {0} changes it", AUTHOR_SETTING);
    const placeholder = l10n.t("Your name or team");
    const name = await inputStep(frame, { prompt, placeholder, value: draft.author });
    if (name === BACK || name === undefined) return name;
    draft.author = name;
    return "next";
  };
}
