/** Rules that were written elsewhere: from the clipboard, or from files. */
import { env, window, workspace } from "vscode";
import { type ImportedRules } from "../../../server/src/lsp/protocolAuthor.ts";
import { type AskAuthor } from "./ask.ts";
import { folderForRules, putFiles } from "./putFiles.ts";

const MESSAGE_MILLISECONDS = 5000;

export async function pasteRules(ask: AskAuthor): Promise<void> {
  await put(await ask("rules/import", { text: await env.clipboard.readText() }), "The clipboard");
}

export async function importRuleFiles(ask: AskAuthor): Promise<void> {
  const files = await window.showOpenDialog({
    canSelectMany: true,
    openLabel: "Import",
    title: "Rules exported from Kibana, or Sigma rules",
    filters: { Rules: ["ndjson", "json", "yml", "yaml"] },
  });
  for (const file of files ?? []) {
    const text = new TextDecoder().decode(await workspace.fs.readFile(file));
    await put(await ask("rules/import", { text }), workspace.asRelativePath(file));
  }
}

async function put({ rules, problems }: ImportedRules, origin: string): Promise<void> {
  if (rules.length === 0) {
    void window.showErrorMessage(`${origin}: ${problems[0] ?? "there is no rule in it"}`);
    return;
  }
  await putFiles(rules, await folderForRules());
  const left = [
    ...problems,
    ...rules.flatMap(({ name, leftOut }) => leftOut.map((one) => `${name}: left out ${one}`)),
  ];
  const count = rules.length === 1 ? "1 rule" : `${rules.length} rules`;
  if (left.length === 0) window.setStatusBarMessage(`Rulewright: ${count} written`, MESSAGE_MILLISECONDS);
  else void window.showWarningMessage(`${count} written; ${left.join("; ")}`);
}
