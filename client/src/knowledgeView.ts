/** `Rulewright: Show Knowledge`: which fields and techniques are known, from where, and what is missing. */
import { type QuickPickItem, QuickPickItemKind, commands, l10n, window } from "vscode";
import { type KnowledgeLayer, type KnowledgePart } from "../../server/src/lsp/protocol.ts";
import { type Rulewright } from "./client.ts";

const ICONS: Readonly<Record<KnowledgePart["state"], string>> = {
  complete: "$(check)",
  partial: "$(circle-large-outline)",
  missing: "$(dash)",
  broken: "$(error)",
};

interface Item extends QuickPickItem {
  readonly command?: string;
}

export async function showKnowledge(rulewright: Rulewright): Promise<void> {
  const layers = await rulewright.request("knowledge/list");
  const items: Item[] = [
    ...layers.flatMap(itemsOf),
    { label: "", kind: QuickPickItemKind.Separator },
    { label: `$(cloud-download) ${l10n.t("Update Schemas…")}`, command: "rulewright.updateSchemas" },
  ];
  const picked = await window.showQuickPick(items, {
    placeHolder: l10n.t("What is known of fields and techniques"),
    matchOnDescription: true,
  });
  if (picked?.command !== undefined) await commands.executeCommand(picked.command);
}

function itemsOf({ name, source, parts }: KnowledgeLayer): readonly Item[] {
  const title: Item = { label: titleOf(name, source), kind: QuickPickItemKind.Separator };
  return [
    title,
    ...parts.map((part) => ({
      label: `${ICONS[part.state]} ${part.name}`,
      description: descriptionOf(part),
      ...(part.problem === null ? {} : { detail: part.problem }),
    })),
  ];
}

function titleOf(name: KnowledgeLayer["name"], source: string): string {
  switch (name) {
    case "embedded":
      return l10n.t("Packaged with Rulewright: {0}", source);
    case "checkout":
      return l10n.t("Checkout of the rules: {0}", source);
    case "downloaded":
      return l10n.t("Downloaded: {0}", source);
  }
}

function descriptionOf({ state, detail }: KnowledgePart): string {
  switch (state) {
    case "complete":
      return detail;
    case "partial":
      return l10n.t("{0} (partial)", detail);
    case "missing":
      return l10n.t("{0} (missing)", detail);
    case "broken":
      return l10n.t("{0} (broken)", detail);
  }
}
