import { compareVersions } from "../../knowledge/version.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { textIn } from "../../rule/read.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { headerSpan } from "../headerSpan.ts";
import { isExemptFromTests } from "../unitTests.ts";

export const revivedRule: PlaceCheck = {
  id: "deprecated/revived",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["ws-deprecated-log"],
  summary: "A rule that is logged as deprecated, and is not.",
  why: "Packages that were built have told that the rule is deprecated, as `deprecated_rules.json` says. Elastic's CI wants each rule of that log to stay a deprecated file; a rule that comes back needs a new id.",
  bad: `[metadata]
maturity = "production"
[rule]
type = "eql"
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"
`,
  good: `[metadata]
maturity = "production"
[rule]
type = "eql"
rule_id = "b0a4f2c7-6d1e-4c58-8a37-2f9be06d1c54"
`,
  run(rule, place) {
    return rule.isDeprecated || isExemptFromTests(rule, place) ? [] : findings(rule, place);
  },
};

function* findings({ metadata, rule }: RuleDocument, { repository }: RulePlace): Generator<Finding> {
  const id = rule && textIn(rule, "rule_id");
  const logged = id && repository.records.deprecated()?.get(id.value);
  if (metadata === undefined || id === undefined || logged === undefined) return;
  const { newestStack } = repository;
  const { stack } = logged;
  // What only later packages tell is not the matter of this one.
  if (stack !== undefined && newestStack !== undefined && 0 < compareVersions(stack, newestStack)) return;
  const since = stack === undefined ? "" : ` since ${stack}`;
  yield {
    span: textIn(metadata, "maturity")?.span ?? headerSpan(metadata),
    message: `The log of deprecations has this rule as deprecated${since}`,
    fixes: [],
    related: [{ span: id.span, message: "The id that is in the log" }],
  };
}
