/** The page of the matrix, which follows the rules of the workspace, and the rules that a cell of it opens. */
import { type Disposable, Uri, ViewColumn, type WebviewPanel, l10n, window } from "vscode";
import { type CoverageView, type ViewedRule } from "../../../server/src/lsp/protocolViews.ts";
import { matrixHtml, matrixParts } from "./matrixHtml.ts";

export interface MatrixPage extends Disposable {
  show(): Promise<void>;
  /** Draws it again if it is there: at once, or once it is seen. */
  refresh(): Promise<void>;
}

/** The page that is open. */
interface Shown {
  readonly panel: WebviewPanel;
  /** What the editor would show again, had it been away, is not what the page shows. */
  isStale: boolean;
}

export function matrixPage(coverage: () => Promise<CoverageView>): MatrixPage {
  let shown: Shown | undefined;
  const write = async (): Promise<void> => {
    const html = matrixHtml(await coverage(), freshNonce());
    if (shown === undefined) return;
    shown.isStale = false;
    shown.panel.webview.html = html;
  };
  /** The editor gives the keys to the page, and the page to one of its cells. */
  const focus = async (): Promise<void> => {
    await shown?.panel.webview.postMessage({ kind: "focus" });
  };
  const open = (): Shown => {
    const panel = createPanel();
    let wasVisible = true;
    panel.onDidDispose(() => (shown = undefined));
    panel.onDidChangeViewState(async () => {
      // The state also changes where the page is seen all along: it is not loaded again then.
      const isBack = panel.visible && !wasVisible;
      wasVisible = panel.visible;
      if (isBack && shown?.isStale === true) await write();
      if (panel.active) await focus();
    });
    panel.webview.onDidReceiveMessage(async (message: unknown) => {
      // Who opens nothing goes on in the matrix.
      if ((await openCell(await coverage(), message)) === "opened") return;
      shown?.panel.reveal();
      await focus();
    });
    return { panel, isStale: false };
  };
  return {
    async show() {
      if (shown === undefined) {
        shown = open();
        await write();
      }
      shown?.panel.reveal();
    },
    async refresh() {
      if (shown === undefined) return;
      shown.isStale = true;
      if (!shown.panel.visible) return;
      const parts = matrixParts(await coverage());
      await shown?.panel.webview.postMessage({ kind: "draw", ...parts });
    },
    dispose() {
      shown?.panel.dispose();
    },
  };
}

function createPanel(): WebviewPanel {
  return window.createWebviewPanel("rulewright.matrix", l10n.t("ATT&CK Coverage"), ViewColumn.Active, {
    enableScripts: true,
    enableFindWidget: true,
    localResourceRoots: [],
  });
}

function freshNonce(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Told by ids: rules may have changed since the page was drawn. */
async function openCell(view: CoverageView, message: unknown): Promise<Opened> {
  if (typeof message !== "object" || message === null) return "dismissed";
  if (!("tactic" in message) || !("technique" in message)) return "dismissed";
  const tactic = view.tactics.find(({ id }) => id === message.tactic);
  const technique = tactic?.techniques.find(({ id }) => id === message.technique);
  if (technique === undefined) return "dismissed";
  const rules = technique.rules.flatMap((index) => view.rules[index] ?? []);
  return openOneOf(rules, `${technique.id} ${technique.name}`);
}

type Opened = "opened" | "dismissed";

async function openOneOf(rules: readonly ViewedRule[], title: string): Promise<Opened> {
  if (rules.length === 0) {
    window.setStatusBarMessage(l10n.t("Rulewright: no rule for {0}", title), MESSAGE_MILLISECONDS);
    return "dismissed";
  }
  const items = rules.map(({ name, detail, uri }) => ({ label: name, description: detail, uri }));
  const placeHolder = l10n.t("Which rule?");
  const picked =
    items.length === 1
      ? items[0]
      : await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  if (picked === undefined) return "dismissed";
  await window.showTextDocument(Uri.parse(picked.uri), { viewColumn: ViewColumn.Beside });
  return "opened";
}

const MESSAGE_MILLISECONDS = 4000;
