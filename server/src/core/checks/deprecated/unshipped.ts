import { textIn } from "../../rule/read.ts";
import { type PlaceCheck } from "../check.ts";
import { isExemptFromTests } from "../unitTests.ts";

export const unshippedDeprecated: PlaceCheck = {
  id: "deprecated/unshipped",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  seesDeprecated: true,
  upstream: ["ws-deprecated-locked"],
  summary: "A deprecated rule that has never been shipped.",
  why: "A rule is deprecated so that it goes away where it is installed. One that `version.lock.json` does not know is installed nowhere: its file can be deleted. Elastic's CI refuses it.",
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
deprecation_date = "2024/01/31"
maturity = "deprecated"
updated_date = "2024/01/31"
[rule]
name = "Shell Started by a Database"
rule_id = "b0a4f2c7-6d1e-4c58-8a37-2f9be06d1c54"
`,
  *run(rule, place) {
    const { repository } = place;
    const id = rule.rule && textIn(rule.rule, "rule_id");
    if (!rule.isDeprecated || id === undefined || isExemptFromTests(rule, place)) return;
    const shipped = repository.bypassesVersionLock ? undefined : repository.records.shipped();
    if (shipped === undefined || shipped.has(id.value)) return;
    const message =
      "The version lock knows no rule with this id: one that was never shipped cannot be deprecated";
    yield { span: id.span, message, fixes: [] };
  },
};
