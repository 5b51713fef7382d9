/** What a rule shares with other rules of its workspace, for checks that compare them. */
import { listed } from "../base/listed.ts";
import { type RuleDocument } from "../rule/model.ts";
import { type RuleSummary } from "../rule/summary.ts";
import { type Span } from "../text/span.ts";
import { type RelatedPlace, type RulePlace, type Standing } from "./check.ts";

export function standingOf({ maturity }: Pick<RuleSummary, "maturity">): Standing {
  return maturity === "deprecated" ? "deprecated" : "active";
}

export function standingOfRule({ isDeprecated }: RuleDocument): Standing {
  return isDeprecated ? "deprecated" : "active";
}

/** The rules in other files, in the order of their paths. */
export function otherRules(rules: readonly RuleSummary[], { path }: RulePlace): readonly RuleSummary[] {
  return rules.filter((rule) => rule.path !== path).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** For a rule that may not be among them itself, as a draft is not. */
export function hasOthers(rules: readonly RuleSummary[], { path }: Pick<RuleSummary, "path">): boolean {
  return rules.some((rule) => rule.path !== path);
}

const MOST_NAMED = 2;
const MOST_RELATED = 10;

/** "`rules/a.toml`, `rules/b.toml` and 3 others". */
export function pathsOf(rules: readonly RuleSummary[]): string {
  const named = rules.slice(0, MOST_NAMED).map(({ path }) => `\`${path}\``);
  const rest = rules.length - named.length;
  return listed(rest === 0 ? named : [...named, rest === 1 ? "another one" : `${rest} others`], "and");
}

/** Where each of the rules has what the finding is about. */
export function placesIn(
  rules: readonly RuleSummary[],
  message: string,
  spanIn: (rule: RuleSummary) => Span | undefined,
): readonly RelatedPlace[] {
  return rules.slice(0, MOST_RELATED).flatMap((rule) => {
    const span = spanIn(rule);
    return span === undefined ? [] : [{ span, message, path: rule.path }];
  });
}
