import { type RuleDocument } from "../../rule/model.ts";
import { textIn } from "../../rule/read.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { headerSpan } from "../headerSpan.ts";
import { isExemptFromTests } from "../unitTests.ts";

export const missingReason: PlaceCheck = {
  id: "deprecated/missing-reason",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  seesDeprecated: true,
  upstream: ["ws-deprecated-reason"],
  summary: "A newly deprecated rule that does not say why.",
  why: "Whoever has the rule installed is told its `deprecated_reason`. Elastic's CI asks for it until the rule stands in `deprecated_rules.json`, the log of deprecations that a release writes.",
  bad: `[metadata]
creation_date = "2023/01/31"
deprecation_date = "2024/01/31"
maturity = "deprecated"
updated_date = "2024/01/31"
[rule]
name = "Shell Started by a Web Server"
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"
`,
  good: `[metadata]
creation_date = "2023/01/31"
deprecated_reason = "Newer rules find the same with fewer false alarms."
deprecation_date = "2024/01/31"
maturity = "deprecated"
updated_date = "2024/01/31"
[rule]
name = "Shell Started by a Web Server"
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"
`,
  *run(rule, place) {
    if (rule.isDeprecated && !isExemptFromTests(rule, place)) yield* findings(rule, place);
  },
};

const NAME = "deprecated_reason";

function* findings({ metadata, rule }: RuleDocument, { repository }: RulePlace): Generator<Finding> {
  const log = repository.records.deprecated();
  const id = rule && textIn(rule, "rule_id")?.value;
  if (metadata === undefined || log === undefined || id === undefined || log.has(id)) return;
  const reason = textIn(metadata, NAME);
  if (reason !== undefined ? reason.value.trim() !== "" : metadata.byName.has(NAME)) return;
  yield {
    span: reason?.span ?? textIn(metadata, "maturity")?.span ?? headerSpan(metadata),
    message: `\`${NAME}\` must say why the rule was deprecated`,
    fixes: [],
  };
}
