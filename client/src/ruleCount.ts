/** Counts in words, each a phrase of its own. */
import { l10n } from "vscode";
import { type ViewedTechnique } from "../../server/src/lsp/protocolViews.ts";

export function ruleCount(count: number): string {
  if (count === 0) return l10n.t("no rules");
  return count === 1 ? l10n.t("1 rule") : l10n.t("{0} rules", count);
}

/** How many of them a rule names. */
export function coveredText(techniques: readonly ViewedTechnique[]): string {
  const covered = techniques.filter(({ rules }) => 0 < rules.length).length;
  return l10n.t("{0} of {1} techniques", covered, techniques.length);
}
