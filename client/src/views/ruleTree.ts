/** The view of rules: by tactic and technique of ATT&CK, by status, integration or data source. */
import {
  type Disposable,
  EventEmitter,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  l10n,
  window,
} from "vscode";
import {
  type CoverageView,
  type ViewedGrouping,
  type ViewedTechnique,
} from "../../../server/src/lsp/protocolViews.ts";
import { coveredText, ruleCount } from "../ruleCount.ts";

export type TreeOrder = "tactic" | ViewedGrouping["kind"];

export interface RuleTree extends Disposable {
  /** Shows them by something else. */
  order(order: TreeOrder): void;
  /** At once, or once the view is seen. */
  refresh(): void;
}

/** What a row stands for. */
interface Row {
  readonly item: TreeItem;
  readonly children: () => readonly Row[];
}

export const VIEW_ID = "rulewright.rules";

export function ruleTree(coverage: () => Promise<CoverageView>): RuleTree {
  const changed = new EventEmitter<undefined>();
  let order: TreeOrder = "tactic";
  const provider: TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: ({ item }) => item,
    async getChildren(row) {
      if (row !== undefined) return [...row.children()];
      const view = await coverage();
      // Without rules the view says how to begin.
      return view.rules.length === 0 ? [] : [...topRows(view, order)];
    },
  };
  const tree = window.createTreeView(VIEW_ID, { treeDataProvider: provider, showCollapseAll: true });
  let isStale = false;
  const refresh = (): void => {
    isStale = !tree.visible;
    if (tree.visible) changed.fire(undefined);
  };
  const following = tree.onDidChangeVisibility(() => {
    if (isStale) refresh();
  });
  return {
    order(next) {
      order = next;
      changed.fire(undefined);
    },
    refresh,
    dispose() {
      following.dispose();
      tree.dispose();
      changed.dispose();
    },
  };
}

function topRows(view: CoverageView, order: TreeOrder): readonly Row[] {
  if (order === "tactic") {
    return view.tactics.map(({ id, name, rules, techniques }) => {
      const covered = techniques.filter((one) => 0 < one.rules.length);
      const detail = `${ruleCount(rules.length)}, ${coveredText(techniques)}`;
      const named = new Set(techniques.flatMap((one) => one.rules));
      return folder({ name, detail, id, isCovered: rules.length !== 0 }, () => [
        ...techniqueRows(view, covered),
        ...ruleRows(
          view,
          rules.filter((index) => !named.has(index)),
        ),
      ]);
    });
  }
  const groups = view.groupings.find(({ kind }) => kind === order)?.groups ?? [];
  return groups.map(({ name, rules }) => {
    const detail = ruleCount(rules.length);
    return folder({ name, detail, id: undefined, isCovered: rules.length !== 0 }, () =>
      ruleRows(view, rules),
    );
  });
}

function techniqueRows(view: CoverageView, techniques: readonly ViewedTechnique[]): readonly Row[] {
  return techniques.map(({ id, name, rules, subtechniques }) => {
    const covered = subtechniques.filter((one) => 0 < one.rules.length);
    const below = new Set(covered.flatMap((one) => one.rules));
    const detail = ruleCount(rules.length);
    return folder({ name, detail, id, isCovered: rules.length !== 0 }, () => [
      ...techniqueRows(view, covered),
      ...ruleRows(
        view,
        rules.filter((index) => !below.has(index)),
      ),
    ]);
  });
}

function ruleRows({ rules }: CoverageView, indexes: readonly number[]): readonly Row[] {
  return indexes.flatMap((index) => {
    const rule = rules[index];
    if (rule === undefined) return [];
    const item = new TreeItem(rule.name, TreeItemCollapsibleState.None);
    item.description = rule.detail;
    item.iconPath = new ThemeIcon("file");
    item.tooltip = rule.name;
    item.command = { command: "vscode.open", title: l10n.t("Open"), arguments: [Uri.parse(rule.uri)] };
    return [{ item, children: () => [] }];
  });
}

interface Folder {
  readonly name: string;
  readonly detail: string;
  readonly id: string | undefined;
  readonly isCovered: boolean;
}

function folder({ name, detail, id, isCovered }: Folder, children: () => readonly Row[]): Row {
  const state = isCovered ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
  const named = id === undefined ? name : `${name} (${id})`;
  // Techniques are looked for by their ids; those of tactics would push the counts out of a narrow view.
  const item = new TreeItem(id?.startsWith("TA") === true ? name : named, state);
  item.description = detail;
  item.iconPath = new ThemeIcon(isCovered ? "pass" : "circle-large-outline");
  item.tooltip = `${named}: ${detail}`;
  item.accessibilityInformation = { label: `${named}, ${detail}` };
  return { item, children };
}
