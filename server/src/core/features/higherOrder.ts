/** Rules that read the alerts of other rules, in both directions. */
import { type WorkspaceIndex } from "../analysis/workspace.ts";
import { type RuleSummary } from "../rule/summary.ts";

/** Rules that read the alerts of this one, by its id, its name, or as it is a building block. */
export function readersOf(rule: RuleSummary, index: WorkspaceIndex): readonly RuleSummary[] {
  return [...index.rules()].filter((other) => other.path !== rule.path && readsAlertsOf(other, rule));
}

/** Rules whose alerts this one reads. */
export function sourcesOf(rule: RuleSummary, index: WorkspaceIndex): readonly RuleSummary[] {
  return [...index.rules()].filter((other) => other.path !== rule.path && readsAlertsOf(rule, other));
}

function readsAlertsOf({ alerts }: RuleSummary, { id, name, isBuildingBlock }: RuleSummary): boolean {
  return (
    (id !== undefined && alerts.ids.includes(id.value.toLowerCase())) ||
    (name !== undefined && alerts.names.some((pattern) => isNamed(name.value, pattern))) ||
    (isBuildingBlock && alerts.isOfBuildingBlocks)
  );
}

/** `*` stands for any text. Languages differ in whether case counts: here it does not. */
function isNamed(name: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  const text = name.toLowerCase();
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
