import { tableIn, tablesIn, textIn } from "../../rule/read.ts";
import { type RuleCheck } from "../check.ts";
import { textsIn } from "../fieldKeys.ts";
import { numberOf } from "../readValue.ts";

export const pointlessCardinality: RuleCheck = {
  id: "threshold/pointless-cardinality",
  on: "rule",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "Distinct values are counted of a field that the groups are formed by.",
  why: "All events of a group have the same value of the fields that it is formed by, so there is one distinct value of each, unless events hold lists of them: the rule never raises an alert.",
  bad: `[rule]
type = "threshold"
[rule.threshold]
field = ["host.id", "user.name"]
value = 1
[[rule.threshold.cardinality]]
field = "user.name"
value = 5
`,
  good: `[rule]
type = "threshold"
[rule.threshold]
field = ["host.id"]
value = 1
[[rule.threshold.cardinality]]
field = "user.name"
value = 5
`,
  *run({ rule }) {
    const threshold = rule && tableIn(rule, "threshold");
    if (threshold === undefined) return;
    const [cardinality] = tablesIn(threshold, "cardinality");
    const field = cardinality && textIn(cardinality, "field");
    const wanted = numberOf(cardinality?.byName.get("value")?.value);
    if (field === undefined || wanted === undefined || wanted < 2) return;
    const grouped = textsIn(threshold, "field").find(({ value }) => value === field.value);
    if (grouped === undefined) return;
    yield {
      span: field.span,
      message: `Each group has one \`${field.value}\`, and ${wanted} distinct ones are asked for`,
      fixes: [],
      related: [{ span: grouped.span, message: "The groups are formed by it" }],
    };
  },
};
