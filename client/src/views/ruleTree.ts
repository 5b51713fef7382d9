/** The view of rules: by tactic and technique of ATT&CK, by status, integration or data source. */
import {
  type Disposable,
  EventEmitter,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
} from "vscode";
import {
  type CoverageView,
  type ViewedGrouping,
  type ViewedTechnique,
} from "../../../server/src/lsp/protocolViews.ts";

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
      const detail = `${counted(rules.length)}, ${covered.length} of ${techniques.length} techniques`;
      const named = new Set(techniques.flatMap((one) => one.rules));
      return folder(name, detail, id, () => [
        ...techniqueRows(view, covered),
        ...ruleRows(
          view,
          rules.filter((index) => !named.has(index)),
        ),
      ]);
    });
  }
  const groups = view.groupings.find(({ kind }) => kind === order)?.groups ?? [];
  return groups.map(({ name, rules }) =>
    folder(name, counted(rules.length), undefined, () => ruleRows(view, rules)),
  );
}

function techniqueRows(view: CoverageView, techniques: readonly ViewedTechnique[]): readonly Row[] {
  return techniques.map(({ id, name, rules, subtechniques }) => {
    const covered = subtechniques.filter((one) => 0 < one.rules.length);
    const below = new Set(covered.flatMap((one) => one.rules));
    return folder(name, counted(rules.length), id, () => [
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
    item.command = { command: "vscode.open", title: "Open", arguments: [Uri.parse(rule.uri)] };
    return [{ item, children: () => [] }];
  });
}

function folder(name: string, detail: string, id: string | undefined, children: () => readonly Row[]): Row {
  const hasAny = !detail.startsWith("no ");
  const state = hasAny ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
  const named = id === undefined ? name : `${name} (${id})`;
  const item = new TreeItem(named, state);
  item.description = detail;
  item.iconPath = new ThemeIcon(hasAny ? "pass" : "circle-large-outline");
  item.tooltip = `${named}: ${detail}`;
  item.accessibilityInformation = { label: `${named}, ${detail}` };
  return { item, children };
}

function counted(count: number): string {
  return count === 0 ? "no rules" : `${count} ${count === 1 ? "rule" : "rules"}`;
}
