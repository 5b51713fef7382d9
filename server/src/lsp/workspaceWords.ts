/** What the rules of a workspace hold that another rule may hold as well: tags, and the rules themselves by name. */
import { type NamedRule } from "../core/features/completion.ts";
import { type WorkspaceIndex } from "../core/analysis/workspace.ts";

export interface WorkspaceWords {
  /** Those of many rules first. */
  readonly tags: readonly string[];
  readonly rules: readonly NamedRule[];
}

const NONE: WorkspaceWords = { tags: [], rules: [] };
/** `path` is that of the rule that asks: it is not among the answers. */
export type WordsFor = (index: WorkspaceIndex | undefined, path: string | undefined) => WorkspaceWords;

/** Counts once for each state of the workspace. */
export function workspaceWords(): WordsFor {
  const known = new WeakMap<WorkspaceIndex, WorkspaceWords>();
  return (index, path) => {
    if (index === undefined) return NONE;
    const words = known.get(index) ?? wordsOf(index);
    known.set(index, words);
    const own = path === undefined ? undefined : index.rule(path)?.id?.value;
    return own === undefined ? words : { ...words, rules: words.rules.filter(({ id }) => id !== own) };
  };
}

function wordsOf(index: WorkspaceIndex): WorkspaceWords {
  const counts = new Map<string, number>();
  const rules: NamedRule[] = [];
  for (const { tags, id, name } of index.rules()) {
    for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    if (id !== undefined && name !== undefined) rules.push({ id: id.value, name: name.value });
  }
  const tags = [...counts].sort(([, a], [, b]) => b - a).map(([tag]) => tag);
  return { tags, rules };
}
