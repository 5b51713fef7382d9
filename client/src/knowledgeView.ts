/** `Rulewright: Show Knowledge`: which fields and techniques are known, from where, and what is missing. */
import { type QuickPickItem, QuickPickItemKind, commands, window } from "vscode";
import { type KnowledgeLayer, type KnowledgePart } from "../../server/src/lsp/protocol.ts";
import { type Rulewright } from "./client.ts";

const TITLES: Readonly<Record<KnowledgeLayer["name"], string>> = {
  embedded: "Packaged with Rulewright",
  checkout: "Checkout of the rules",
  downloaded: "Downloaded",
};

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
    { label: "$(cloud-download) Update Schemas…", command: "rulewright.updateSchemas" },
  ];
  const picked = await window.showQuickPick(items, {
    placeHolder: "What is known of fields and techniques",
    matchOnDescription: true,
  });
  if (picked?.command !== undefined) await commands.executeCommand(picked.command);
}

function itemsOf({ name, source, parts }: KnowledgeLayer): readonly Item[] {
  const title: Item = { label: `${TITLES[name]}: ${source}`, kind: QuickPickItemKind.Separator };
  return [
    title,
    ...parts.map((part) => ({
      label: `${ICONS[part.state]} ${part.name}`,
      description: part.state === "complete" ? part.detail : `${part.detail} (${part.state})`,
      ...(part.problem === null ? {} : { detail: part.problem }),
    })),
  ];
}
