/** Which rules must be read again once all rules of their workspace are known. */
import { type Check, type Workspace, type WorkspaceCheck } from "../checks/check.ts";
import { type RuleSummary } from "../rule/summary.ts";
import { type Diagnostic } from "./diagnostic.ts";
import { type Snapshot } from "./snapshot.ts";
import { allowances } from "./suppress.ts";

/** Checks that compare a rule with others. */
export function workspaceChecks(checks: readonly Check[]): readonly WorkspaceCheck[] {
  return checks.filter((check) => check.on === "workspace");
}

/** True if one of the checks may find something. */
export function isConcerned(
  summary: RuleSummary,
  workspace: Workspace,
  checks: readonly WorkspaceCheck[],
): boolean {
  return checks.some((check) => check.concerns(summary, workspace));
}

/** True if a comment allows what only a comparison can find: whether it is needed is not known before. */
export function allowsComparison(snapshot: Snapshot, checks: readonly WorkspaceCheck[]): boolean {
  return allowances(snapshot).some((allowance) => checks.some(({ id }) => id === allowance.check));
}

/** True if what was found in a rule rests on others, or may do so now. */
export function restsOnOthers(
  snapshot: Snapshot,
  summary: RuleSummary | undefined,
  found: readonly Diagnostic[],
  workspace: Workspace,
  checks: readonly WorkspaceCheck[],
): boolean {
  return (
    (summary !== undefined && isConcerned(summary, workspace, checks)) ||
    found.some(({ check }) => checks.some(({ id }) => id === check)) ||
    allowsComparison(snapshot, checks)
  );
}
