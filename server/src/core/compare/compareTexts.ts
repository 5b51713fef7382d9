/** Two texts of a rule's file, compared by what they mean. */
import { isRuleFile, readRule } from "../rule/read.ts";
import { readToml } from "../toml/read.ts";
import { type Difference, differences } from "./differences.ts";

export type Comparison =
  | { readonly kind: "compared"; readonly differences: readonly Difference[] }
  | { readonly kind: "no-rule" }
  /** What broken TOML means is a guess. */
  | { readonly kind: "broken"; readonly which: "before" | "after" };

export function compareTexts(before: string, after: string): Comparison {
  const [old, next] = [readToml(before), readToml(after)];
  if (!isRuleFile(next)) return { kind: "no-rule" };
  if (0 < next.errors.length) return { kind: "broken", which: "after" };
  if (0 < old.errors.length) return { kind: "broken", which: "before" };
  return { kind: "compared", differences: differences(readRule(old), readRule(next)) };
}
