/** What only the unit tests of Elastic's repository refuse: they look at rules in production, apart from those that are exempt. */
import { textIn } from "../rule/read.ts";
import { type RuleDocument } from "../rule/model.ts";
import { type Finding, type RulePlace } from "./check.ts";
import { isInDeprecatedFolder } from "./deprecatedFolder.ts";

/** Nothing for exempt rules. A rule that is not in production yet gets warnings: the tests look at it once it is. */
export function* unitTested(
  rule: RuleDocument,
  place: RulePlace,
  findings: Iterable<Finding>,
): Generator<Finding> {
  if (isExemptFromTests(rule, place) || isAmongDeprecated(rule, place)) return;
  const isTested = isInProduction(rule);
  for (const finding of findings) yield isTested ? finding : { ...finding, isGuess: true };
}

/** A rule in production that stands among the deprecated ones is told so; the rest is the matter of the place that it goes to. */
function isAmongDeprecated(rule: RuleDocument, { path, repository }: RulePlace): boolean {
  if (path === undefined || repository.kind === "loose") return false;
  return isInProduction(rule) && isInDeprecatedFolder(path);
}

export function isExemptFromTests({ rule }: RuleDocument, { repository }: RulePlace): boolean {
  const id = rule && textIn(rule, "rule_id")?.value;
  return id !== undefined && repository.isExempt(id, "unit_tests");
}

/** A rule whose maturity is missing counts as one that is meant to ship. */
export function isInProduction({ metadata }: RuleDocument): boolean {
  const maturity = metadata && textIn(metadata, "maturity")?.value;
  return maturity === undefined || maturity === "production";
}

/** True where Elastic's loader skips the checks of a whole rule: of its query, its note and its timing. */
export function isExemptFromValidation({ rule }: RuleDocument, { repository }: RulePlace): boolean {
  const id = rule && textIn(rule, "rule_id")?.value;
  return id !== undefined && repository.isExempt(id, "rule_validation");
}
