/** `Rulewright: Update Schemas…`: asks where from, shows how far it is, and says what went wrong. */
import { type QuickPickItem, type Uri, l10n, window, workspace } from "vscode";
import { type BaseLanguageClient } from "vscode-languageclient";
import { type KnowledgeUpdate, type KnowledgeUpdateResult } from "../../server/src/lsp/protocol.ts";
import { withServerProgress } from "./progress.ts";
import { proxyFor } from "./proxy.ts";
import { SECTION } from "./settings.ts";

type Source = KnowledgeUpdate["source"];

interface SourceItem extends QuickPickItem {
  readonly choose: () => Promise<Source | undefined>;
}

const MESSAGE_MILLISECONDS = 6000;

export async function updateSchemas(client: BaseLanguageClient, showLog: () => void): Promise<void> {
  if (!workspace.isTrusted) {
    void window.showWarningMessage(l10n.t("Schemas are updated in trusted workspaces only"));
    return;
  }
  const placeHolder = l10n.t("Where do the schemas come from?");
  const picked = await window.showQuickPick(sourceItems(), { placeHolder });
  const source = await picked?.choose();
  if (source === undefined) return;
  const result = await withServerProgress(
    client,
    l10n.t("Updating schemas"),
    async (workDoneToken, token) => {
      const params: KnowledgeUpdate = { source, proxy: proxyFor(addressOf(source)), workDoneToken };
      await client.start();
      return client.sendRequest<KnowledgeUpdateResult>("knowledge/update", params, token);
    },
  );
  if (result.ok) {
    const revision = result.revision.slice(0, 12);
    const message =
      result.fileCount === 1
        ? l10n.t("Rulewright: schemas updated to {0} (1 file)", revision)
        : l10n.t("Rulewright: schemas updated to {0} ({1} files)", revision, result.fileCount);
    window.setStatusBarMessage(message, MESSAGE_MILLISECONDS);
  } else {
    const log = l10n.t("Show Log");
    const message = l10n.t("{0}. The schemas that were there before are untouched.", result.message);
    if ((await window.showErrorMessage(message, log)) === log) showLog();
  }
}

function sourceItems(): readonly SourceItem[] {
  const settings = workspace.getConfiguration(`${SECTION}.update`);
  const repository: Source = {
    kind: "repository",
    apiUrl: settings.get("apiUrl", ""),
    filesUrl: settings.get("filesUrl", ""),
    registryUrl: settings.get("registryUrl", ""),
    reference: settings.get("reference", "main"),
  };
  return [
    {
      label: `$(cloud-download) ${l10n.t("Repository")}`,
      detail: `${repository.apiUrl}, ${repository.reference}`,
      choose: async () => repository,
    },
    {
      label: `$(folder) ${l10n.t("Folder…")}`,
      detail: l10n.t("A checkout of the rules, or its folder detection_rules/etc"),
      choose: async () =>
        local(await window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false })),
    },
    {
      label: `$(file-zip) ${l10n.t("Archive…")}`,
      detail: l10n.t("A .zip, .tar.gz or .tar of such a folder"),
      choose: async () =>
        local(
          await window.showOpenDialog({ filters: { [l10n.t("Archives")]: ["zip", "tgz", "gz", "tar"] } }),
        ),
    },
  ];
}

function local(picked: readonly Uri[] | undefined): Source | undefined {
  const [uri] = picked ?? [];
  return uri && { kind: "local", path: uri.fsPath };
}

function addressOf(source: Source): string | undefined {
  return source.kind === "repository" ? source.apiUrl : undefined;
}
