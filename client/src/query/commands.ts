/** Commands about the query of the rule in the active editor. */
import { env, l10n, window } from "vscode";
import { type BaseLanguageClient } from "vscode-languageclient";
import { type QueryRequests } from "../../../server/src/lsp/protocolQuery.ts";
import { type CommandAction } from "../commands.ts";
import { LANGUAGE_ID } from "../settings.ts";

const MESSAGE_MILLISECONDS = 4000;

type Asked = QueryRequests["query/dsl"];

export function queryCommands(client: BaseLanguageClient): Readonly<Record<string, CommandAction>> {
  return { "rulewright.copyAsQueryDsl": () => copyAsQueryDsl(client) };
}

async function copyAsQueryDsl(client: BaseLanguageClient): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor?.document.languageId !== LANGUAGE_ID) {
    void window.showWarningMessage(l10n.t("Open a detection rule first"));
    return;
  }
  const { line, character } = editor.selection.active;
  const params: Asked["params"] = { uri: editor.document.uri.toString(), position: { line, character } };
  await client.start();
  const dsl: Asked["result"] = await client.sendRequest("query/dsl", params);
  if (!dsl.ok) {
    void window.showWarningMessage(l10n.t("Nothing was copied: {0}", dsl.message));
    return;
  }
  await env.clipboard.writeText(dsl.text);
  window.setStatusBarMessage(l10n.t("Rulewright: query copied as Query DSL"), MESSAGE_MILLISECONDS);
}
