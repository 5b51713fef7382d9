/** Rules that read the alerts of others, as a hierarchy of calls: who reads calls who is read. */
import * as lsp from "vscode-languageserver";
import { readersOf, sourcesOf } from "../../core/features/higherOrder.ts";
import { hasId } from "../../core/features/references.ts";
import { titleOf } from "../../core/features/ruleSearch.ts";
import { type RuleSummary } from "../../core/rule/summary.ts";
import { spanOf } from "../../core/text/span.ts";
import { toRange } from "../convert.ts";
import { type Guard } from "../guard.ts";
import { type Navigation } from "./navigation.ts";

/** By what an item is found again. */
interface ItemData {
  readonly root: string;
  readonly path: string;
}

export function answerHierarchy(connection: lsp.Connection, guard: Guard, navigation: Navigation): void {
  const { callHierarchy } = connection.languages;
  callHierarchy.onPrepare(
    guard.request("prepareCallHierarchy", null, (params: lsp.CallHierarchyPrepareParams) =>
      itemAt(navigation, params),
    ),
  );
  callHierarchy.onIncomingCalls(
    guard.request("incomingCalls", [], async ({ item }: lsp.CallHierarchyIncomingCallsParams) => {
      const items = await neighbours(navigation, item, readersOf);
      return items.map((from) => ({ from, fromRanges: [from.selectionRange] }));
    }),
  );
  callHierarchy.onOutgoingCalls(
    guard.request("outgoingCalls", [], async ({ item }: lsp.CallHierarchyOutgoingCallsParams) => {
      const items = await neighbours(navigation, item, sourcesOf);
      return items.map((to) => ({ to, fromRanges: [item.selectionRange] }));
    }),
  );
}

/** The rule that the cursor names, else the rule of the file. */
async function itemAt(
  navigation: Navigation,
  params: lsp.CallHierarchyPrepareParams,
): Promise<lsp.CallHierarchyItem[] | null> {
  const asked = await navigation.at(params);
  if (asked === undefined) return null;
  const subject = asked.found?.subject;
  const named =
    subject?.kind === "rule" ? [...asked.index.rules()].find((rule) => hasId(rule, subject.id)) : undefined;
  const { path } = asked.document.snapshot;
  const rule = named ?? (path === undefined ? undefined : asked.index.rule(path));
  const item = rule && (await itemOf(navigation, asked.root, rule));
  return item === undefined ? null : [item];
}

async function neighbours(
  navigation: Navigation,
  { data }: lsp.CallHierarchyItem,
  neighboursOf: typeof readersOf,
): Promise<lsp.CallHierarchyItem[]> {
  if (!isItemData(data)) return [];
  const index = await navigation.rules.around(data.root);
  const rule = index.rule(data.path);
  const found = rule === undefined ? [] : neighboursOf(rule, index);
  const items = await Promise.all(found.map((one) => itemOf(navigation, data.root, one)));
  return items.flatMap((item) => item ?? []).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Undefined if the file cannot be read any more. */
async function itemOf(
  { rules }: Navigation,
  root: string,
  rule: RuleSummary,
): Promise<lsp.CallHierarchyItem | undefined> {
  const file = await rules.fileAt(root, rule.path);
  if (file === undefined) return undefined;
  const selectionRange = toRange(file.lines, (rule.name ?? rule.id)?.span ?? spanOf(0, 0));
  const data: ItemData = { root, path: rule.path };
  return {
    name: titleOf(rule),
    kind: lsp.SymbolKind.Class,
    detail: rule.isBuildingBlock ? `Building block · ${rule.path}` : rule.path,
    uri: rules.uriOf(root, rule.path),
    range: toRange(file.lines, spanOf(0, file.text.length)),
    selectionRange,
    data,
  };
}

function isItemData(data: unknown): data is ItemData {
  if (typeof data !== "object" || data === null) return false;
  return "root" in data && typeof data.root === "string" && "path" in data && typeof data.path === "string";
}
