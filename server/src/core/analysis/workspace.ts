/** The rules of a workspace, by everything that two of them may not share. Values do not change: an update gives a new index. */
import { lazy } from "../base/lazy.ts";
import { type Standing, type Workspace } from "../checks/check.ts";
import { type RuleSummary } from "../rule/summary.ts";

export interface WorkspaceIndex extends Workspace {
  readonly ruleCount: number;
  rule(path: string): RuleSummary | undefined;
  uses(): WorkspaceUses;
  /** With a file as it is now; without a summary, it is no rule any more. */
  with(path: string, summary: RuleSummary | undefined): WorkspaceChange;
}

/** In how many rules something stands. */
export interface WorkspaceUses {
  readonly fields: ReadonlyMap<string, number>;
  /** By id, sub-techniques apart. */
  readonly techniques: ReadonlyMap<string, number>;
}

export interface WorkspaceChange {
  readonly index: WorkspaceIndex;
  /** Other rules may get other findings than before. */
  readonly isNews: boolean;
}

export function workspaceIndex(summaries: Iterable<RuleSummary>): WorkspaceIndex {
  const byPath = new Map<string, RuleSummary>();
  for (const summary of summaries) byPath.set(summary.path, summary);
  return indexOver(byPath, tableOf(byPath));
}

/** Paths of rules by what they have in common. */
type Table = () => ReadonlyMap<string, readonly string[]>;

function tableOf(byPath: ReadonlyMap<string, RuleSummary>): Table {
  return lazy(() => {
    const table = new Map<string, string[]>();
    for (const summary of byPath.values()) {
      for (const key of keysOf(summary)) {
        const paths = table.get(key);
        if (paths === undefined) table.set(key, [summary.path]);
        else paths.push(summary.path);
      }
    }
    return table;
  });
}

function indexOver(byPath: ReadonlyMap<string, RuleSummary>, table: Table): WorkspaceIndex {
  const found = (key: string): readonly RuleSummary[] =>
    (table().get(key) ?? []).flatMap((path) => byPath.get(path) ?? []);

  const index: WorkspaceIndex = {
    ruleCount: byPath.size,
    rules: () => byPath.values(),
    rule: (path) => byPath.get(path),
    uses: lazy(() => usesIn(byPath.values())),
    withId: (id, standing) => found(idKey(id, standing)),
    withName: (name, standing) => found(nameKey(name, standing)),
    describedAs: (key) => found(descriptionKey(key)),
    inFilesNamed: (name) => found(fileKey(name)),
    excluding: (key) => found(exclusionKey(key)),
    with(path, summary) {
      const before = byPath.get(path);
      if (sameSummary(before, summary)) return { index, isNews: false };
      const next = new Map(byPath);
      if (summary === undefined) next.delete(path);
      else next.set(path, summary);
      const [oldKeys, newKeys] = [keysIn(before), keysIn(summary)];
      const isSameKeys = oldKeys.join("\n") === newKeys.join("\n");
      const changed = indexOver(next, isSameKeys ? table : tableOf(next));
      // Findings of other rules point at places in this one only if both share something.
      const isNews = !isSameKeys || newKeys.some((key) => 1 < (table().get(key)?.length ?? 0));
      return { index: changed, isNews };
    },
  };
  return index;
}

function usesIn(rules: Iterable<RuleSummary>): WorkspaceUses {
  const fields = new Map<string, number>();
  const techniques = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string): void =>
    void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const rule of rules) {
    for (const field of Object.keys(rule.fields)) count(fields, field);
    for (const id of rule.techniques) count(techniques, id);
  }
  return { fields, techniques };
}

function sameSummary(before: RuleSummary | undefined, after: RuleSummary | undefined): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function keysIn(summary: RuleSummary | undefined): readonly string[] {
  return summary === undefined ? [] : keysOf(summary);
}

function keysOf({ path, id, name, description, maturity, exclusions }: RuleSummary): readonly string[] {
  const standing: Standing = maturity === "deprecated" ? "deprecated" : "active";
  return [
    ...(id === undefined ? [] : [idKey(id.value, standing)]),
    ...(name === undefined ? [] : [nameKey(name.value, standing)]),
    ...(maturity === "production" ? [fileKey(path.slice(path.lastIndexOf("/") + 1))] : []),
    ...(description === undefined || standing === "deprecated" ? [] : [descriptionKey(description.value)]),
    ...new Set(exclusions.map(({ key }) => exclusionKey(key))),
  ];
}

function idKey(id: string, standing: Standing): string {
  return `id ${standing} ${id}`;
}

function nameKey(name: string, standing: Standing): string {
  return `name ${standing} ${name}`;
}

function descriptionKey(key: string): string {
  return `description ${key}`;
}

function fileKey(name: string): string {
  return `file ${name}`;
}

function exclusionKey(key: string): string {
  return `excludes ${key}`;
}
