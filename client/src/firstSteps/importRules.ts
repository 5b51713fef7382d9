/** Rules that were written elsewhere: from the clipboard, or from files. */
import { env, l10n, window, workspace } from "vscode";
import { type ImportedRules } from "../../../server/src/lsp/protocolAuthor.ts";
import { type AskAuthor } from "./ask.ts";
import { folderForRules, putFiles } from "./putFiles.ts";
import { goOn } from "./tabStops.ts";

const MESSAGE_MILLISECONDS = 5000;

export async function pasteRules(ask: AskAuthor): Promise<void> {
  const imported = await ask("rules/import", { text: await env.clipboard.readText() });
  await put(imported, (reason) => l10n.t("Nothing was imported from the clipboard: {0}", reason));
}

export async function importRuleFiles(ask: AskAuthor): Promise<void> {
  const files = await window.showOpenDialog({
    canSelectMany: true,
    openLabel: l10n.t("Import"),
    title: l10n.t("Rules exported from Kibana, or Sigma rules"),
    filters: { [l10n.t("Rules")]: ["ndjson", "json", "yml", "yaml"] },
  });
  for (const file of files ?? []) {
    const text = new TextDecoder().decode(await workspace.fs.readFile(file));
    const name = workspace.asRelativePath(file);
    const imported = await ask("rules/import", { text });
    await put(imported, (reason) => l10n.t("Nothing was imported from {0}: {1}", name, reason));
  }
}

async function put({ rules, problems }: ImportedRules, refusal: (reason: string) => string): Promise<void> {
  if (rules.length === 0) {
    void window.showErrorMessage(refusal(problems[0] ?? l10n.t("there is no rule in it")));
    return;
  }
  const editor = await putFiles(rules, folderForRules());
  if (editor === undefined) return;
  await goOn(editor, []);
  const left = [
    ...problems,
    ...rules.flatMap(({ name, leftOut }) => leftOut.map((one) => l10n.t("{0}: left out {1}", name, one))),
  ];
  if (left.length === 0) window.setStatusBarMessage(writtenText(rules.length), MESSAGE_MILLISECONDS);
  else void window.showWarningMessage(writtenWithLossText(rules.length, left.join("; ")));
}

function writtenText(count: number): string {
  return count === 1 ? l10n.t("Rulewright: 1 rule written") : l10n.t("Rulewright: {0} rules written", count);
}

function writtenWithLossText(count: number, left: string): string {
  return count === 1 ? l10n.t("1 rule written; {0}", left) : l10n.t("{0} rules written; {1}", count, left);
}
