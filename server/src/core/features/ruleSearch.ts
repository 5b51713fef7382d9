/** All rules for a technique, or that read a field, from the index alone. */
import { type WorkspaceIndex } from "../analysis/workspace.ts";
import { type RuleSummary } from "../rule/summary.ts";
import { type Subject } from "./definitionSubject.ts";

export interface FoundRule {
  readonly rule: RuleSummary;
  /** What there is to tell of the match. */
  readonly detail: string;
}

/** A sub-technique is found under its technique as well, and a field under an object that holds it. */
export function searchRules(subject: Subject, index: WorkspaceIndex): readonly FoundRule[] {
  const found = [...index.rules()].flatMap((rule) => {
    const detail = detailOf(subject, rule);
    return detail === undefined ? [] : [{ rule, detail }];
  });
  return found.sort((a, b) => compare(titleOf(a.rule), titleOf(b.rule)) || compare(a.rule.path, b.rule.path));
}

function detailOf(subject: Subject, rule: RuleSummary): string | undefined {
  if (subject.kind === "technique") {
    const ids = rule.techniques.filter((id) => id === subject.id || id.startsWith(`${subject.id}.`));
    return ids.length === 0 ? undefined : ids.join(", ");
  }
  if (subject.kind !== "field") return undefined;
  const { name } = subject;
  const fields = Object.keys(rule.fields).filter((one) => one === name || one.startsWith(`${name}.`));
  return fields.length === 0 ? undefined : fields.sort().join(", ");
}

export function titleOf({ name, path }: RuleSummary): string {
  return name?.value ?? path.slice(path.lastIndexOf("/") + 1);
}

export interface SearchChoice {
  /** A field, or the id of a technique. */
  readonly name: string;
  readonly ruleCount: number;
}

/** What the rules offer to search for, the most frequent first. */
export function searchChoices(
  kind: "technique" | "field",
  indexes: Iterable<WorkspaceIndex>,
): readonly SearchChoice[] {
  const counts = new Map<string, number>();
  for (const index of indexes) {
    const uses = index.uses();
    for (const [name, count] of kind === "technique" ? uses.techniques : uses.fields)
      counts.set(name, (counts.get(name) ?? 0) + count);
  }
  const choices = [...counts].map(([name, ruleCount]) => ({ name, ruleCount }));
  return choices.sort((a, b) => b.ruleCount - a.ruleCount || compare(a.name, b.name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a === b ? 0 : 1;
}
