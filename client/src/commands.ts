import { type Disposable, type ExtensionContext, Uri, commands, env, l10n, window } from "vscode";
import { type CheckSummary } from "../../server/src/lsp/protocol.ts";
import { type Rulewright } from "./client.ts";
import { diagnosticsInfo } from "./diagnosticsInfo.ts";
import { showKnowledge } from "./knowledgeView.ts";

const MESSAGE_MILLISECONDS = 4000;

export type CommandAction = (argument: unknown) => Promise<void>;

export function registerCommands(
  context: ExtensionContext,
  rulewright: Rulewright,
  more: Readonly<Record<string, CommandAction>>,
): readonly Disposable[] {
  const actions: Readonly<Record<string, CommandAction>> = {
    ...more,
    "rulewright.restartServer": () => rulewright.restart(),
    "rulewright.showLog": async () => rulewright.log.show(),
    "rulewright.explainCheck": (argument) => explainCheck(rulewright, argument),
    "rulewright.updateSchemas": () => rulewright.updateSchemas(),
    "rulewright.showKnowledge": () => showKnowledge(rulewright),
    "rulewright.copyDiagnosticsInfo": () => copyDiagnosticsInfo(context, rulewright),
  };
  return Object.entries(actions).map(([name, action]) =>
    commands.registerCommand(name, (argument: unknown) =>
      action(argument).catch((error: unknown) => showFailure(rulewright, name, error)),
    ),
  );
}

async function explainCheck(rulewright: Rulewright, argument: unknown): Promise<void> {
  const checks = await rulewright.request("checks/list");
  const check =
    typeof argument === "string" ? checks.find(({ id }) => id === argument) : await pickCheck(checks);
  if (check !== undefined) await openPage(Uri.parse(check.page));
  else if (typeof argument === "string")
    void window.showErrorMessage(l10n.t("There is no check `{0}`", argument));
}

async function pickCheck(checks: readonly CheckSummary[]): Promise<CheckSummary | undefined> {
  const items = checks.map((check) => ({
    label: check.id,
    description: check.severity,
    detail: check.summary,
    check,
  }));
  const picked = await window.showQuickPick(items, {
    placeHolder: l10n.t("Which check?"),
    matchOnDetail: true,
  });
  return picked?.check;
}

/** As a preview. The command fails where the Markdown extension is switched off: then as text. */
async function openPage(page: Uri): Promise<void> {
  await commands
    .executeCommand("markdown.showPreview", page)
    .then(undefined, () => window.showTextDocument(page, { preview: true }));
}

async function copyDiagnosticsInfo(context: ExtensionContext, rulewright: Rulewright): Promise<void> {
  const server = await rulewright.request("server/info").catch((error: unknown) => String(error));
  await env.clipboard.writeText(diagnosticsInfo(context, server));
  window.setStatusBarMessage(l10n.t("Rulewright: diagnostics info copied"), MESSAGE_MILLISECONDS);
}

async function showFailure(rulewright: Rulewright, command: string, error: unknown): Promise<void> {
  rulewright.log.error(`${command} failed`, error);
  const showLog = l10n.t("Show Log");
  const answer = await window.showErrorMessage(
    l10n.t("Rulewright's server could not answer: {0}", String(error)),
    showLog,
  );
  if (answer === showLog) rulewright.log.show();
}
