/** The page of the matrix, and the rules that a cell of it opens. */
import { type Disposable, Uri, ViewColumn, type WebviewPanel, l10n, window } from "vscode";
import { type CoverageView, type ViewedRule } from "../../../server/src/lsp/protocolViews.ts";
import { matrixHtml } from "./matrixHtml.ts";

export interface MatrixPage extends Disposable {
  show(): Promise<void>;
}

export function matrixPage(coverage: () => Promise<CoverageView>): MatrixPage {
  let panel: WebviewPanel | undefined;
  return {
    async show() {
      const view = await coverage();
      const shown = panel ?? createPanel(() => (panel = undefined));
      if (panel === undefined) {
        shown.webview.onDidReceiveMessage(async (message: unknown) => openCell(await coverage(), message));
      }
      panel = shown;
      shown.webview.html = matrixHtml(view, freshNonce());
      shown.reveal();
    },
    dispose() {
      panel?.dispose();
    },
  };
}

function createPanel(onClose: () => void): WebviewPanel {
  const panel = window.createWebviewPanel("rulewright.matrix", l10n.t("ATT&CK Coverage"), ViewColumn.Active, {
    enableScripts: true,
    enableFindWidget: true,
    localResourceRoots: [],
  });
  panel.onDidDispose(onClose);
  return panel;
}

function freshNonce(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function openCell(view: CoverageView, message: unknown): Promise<void> {
  if (typeof message !== "object" || message === null) return;
  if (!("row" in message) || !("column" in message)) return;
  const { row, column } = message;
  if (typeof row !== "number" || typeof column !== "number") return;
  const technique = view.tactics[column]?.techniques[row];
  if (technique === undefined) return;
  const rules = technique.rules.flatMap((index) => view.rules[index] ?? []);
  await openOneOf(rules, `${technique.id} ${technique.name}`);
}

async function openOneOf(rules: readonly ViewedRule[], title: string): Promise<void> {
  const [first] = rules;
  if (first === undefined) {
    window.setStatusBarMessage(l10n.t("Rulewright: no rule for {0}", title), MESSAGE_MILLISECONDS);
    return;
  }
  if (rules.length === 1) {
    await window.showTextDocument(Uri.parse(first.uri), { viewColumn: ViewColumn.Beside });
    return;
  }
  const items = rules.map(({ name, detail, uri }) => ({ label: name, description: detail, uri }));
  const picked = await window.showQuickPick(items, { title, placeHolder: l10n.t("Which rule?") });
  if (picked !== undefined)
    await window.showTextDocument(Uri.parse(picked.uri), { viewColumn: ViewColumn.Beside });
}

const MESSAGE_MILLISECONDS = 4000;
