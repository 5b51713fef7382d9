/** Views of rules: what Kibana receives, guides, what changed, and coverage. */
import { type Disposable, Uri, env, l10n, window, workspace } from "vscode";
import { type BaseLanguageClient } from "vscode-languageclient";
import {
  type CoverageFormat,
  type CoverageView,
  type ViewNotifications,
} from "../../../server/src/lsp/protocolViews.ts";
import { type CommandAction } from "../commands.ts";
import { LANGUAGE_ID } from "../settings.ts";
import { type LivePages, type PageKind, livePages } from "./livePages.ts";
import { matrixPage } from "./matrix.ts";
import { type RuleTree, type TreeOrder, ruleTree } from "./ruleTree.ts";
import { type ViewServer, viewServer } from "./viewServer.ts";

export interface Views extends Disposable {
  readonly commands: Readonly<Record<string, CommandAction>>;
}

const MESSAGE_MILLISECONDS = 4000;

export function startViews(client: BaseLanguageClient): Views {
  const server = viewServer(client);
  const coverage = (): Promise<CoverageView> => server.ask("views/coverage", undefined);
  const pages = livePages(server);
  const tree = ruleTree(coverage);
  const matrix = matrixPage(coverage);
  // The server tells of rules as they are typed and as they are written, and of schemas that have been read.
  const following = client.onNotification("views/changed" satisfies keyof ViewNotifications, async () => {
    tree.refresh();
    pages.refresh();
    await matrix.refresh();
  });
  return {
    commands: {
      ...pageCommands(pages),
      "rulewright.copyForKibana": () => copyForKibana(server),
      "rulewright.exportForKibana": () => exportForKibana(server),
      "rulewright.showCoverageMatrix": () => matrix.show(),
      "rulewright.exportCoverage": () => exportCoverage(server),
      "rulewright.groupRules": () => groupRules(tree),
      "rulewright.refreshRules": async () => tree.refresh(),
    },
    dispose() {
      for (const part of [pages, tree, matrix, following]) part.dispose();
    },
  };
}

function pageCommands(pages: LivePages): Readonly<Record<string, CommandAction>> {
  const show = (kind: PageKind) => async (): Promise<void> => {
    const rule = activeRule();
    if (rule !== undefined) await pages.show(kind, rule);
  };
  return {
    "rulewright.showForKibana": show("kibana"),
    "rulewright.showGuide": show("guide"),
    "rulewright.compareWithHead": show("compare"),
  };
}

/** Says what to do where there is none. */
function activeRule(): Uri | undefined {
  const document = window.activeTextEditor?.document;
  if (document?.languageId === LANGUAGE_ID) return document.uri;
  void window.showWarningMessage(l10n.t("Open a detection rule first"));
  return undefined;
}

async function ndjsonOfActive(server: ViewServer): Promise<string | undefined> {
  const rule = activeRule();
  if (rule === undefined) return undefined;
  return (await server.ask("views/kibana", { uri: rule.toString() }))?.ndjson;
}

async function copyForKibana(server: ViewServer): Promise<void> {
  const text = await ndjsonOfActive(server);
  if (text === undefined) return;
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(l10n.t("Rulewright: rule copied as NDJSON"), MESSAGE_MILLISECONDS);
}

async function exportForKibana(server: ViewServer): Promise<void> {
  const text = await ndjsonOfActive(server);
  if (text !== undefined) await saved(text, "rule.ndjson", { NDJSON: ["ndjson"] });
}

async function exportCoverage(server: ViewServer): Promise<void> {
  const forms: readonly { readonly label: string; readonly format: CoverageFormat; readonly file: string }[] =
    [
      { label: l10n.t("Navigator layer (JSON)"), format: "navigator", file: "coverage.json" },
      { label: l10n.t("Picture (SVG)"), format: "svg", file: "coverage.svg" },
    ];
  const picked = await window.showQuickPick(forms, { placeHolder: l10n.t("Which format?") });
  if (picked === undefined) return;
  const text = await server.ask("views/export", { format: picked.format });
  if (text === "") {
    void window.showWarningMessage(l10n.t("Nothing was exported: the data of ATT&CK cannot be read"));
    return;
  }
  await saved(text, picked.file, { [picked.label]: [picked.file.split(".").at(-1) ?? ""] });
}

async function saved(text: string, name: string, filters: Record<string, string[]>): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    filters,
    ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const written = target.path.split("/").at(-1) ?? target.path;
  window.setStatusBarMessage(l10n.t("Rulewright: {0} written", written), MESSAGE_MILLISECONDS);
}

async function groupRules(tree: RuleTree): Promise<void> {
  const orders: readonly { readonly label: string; readonly order: TreeOrder }[] = [
    { label: l10n.t("By tactic of ATT&CK"), order: "tactic" },
    { label: l10n.t("By status"), order: "status" },
    { label: l10n.t("By integration"), order: "integration" },
    { label: l10n.t("By data source"), order: "source" },
  ];
  const picked = await window.showQuickPick(orders, { placeHolder: l10n.t("How are the rules grouped?") });
  if (picked !== undefined) tree.order(picked.order);
}
