import { compareVersions } from "../../knowledge/version.ts";
import { type PlaceCheck } from "../check.ts";
import { oldestStackOf, raiseMinStack } from "../minStack.ts";

export const newerKey: PlaceCheck = {
  id: "rule/newer-key",
  on: "place",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-field-min-compat", "rule-field-min-stack"],
  summary: "A key that the oldest stack of the rule does not know.",
  why: "A rule ships to every stack from its `min_stack_version` on, or from the oldest supported one. Elastic's tests look for keys that are newer than that directly below `[rule]` only; a stack that does not know a key leaves it out, and the rule then means something else there.",
  bad: `[metadata]
maturity = "production"
min_stack_comments = "Needs a newer function"
min_stack_version = "8.19.0"
[rule]
type = "threat_match"
[[rule.threat_mapping]]
[[rule.threat_mapping.entries]]
field = "source.ip"
type = "mapping"
value = "threat.indicator.ip"
[[rule.threat_mapping.entries]]
field = "destination.ip"
negate = true
type = "mapping"
value = "threat.indicator.ip"
`,
  good: `[metadata]
maturity = "production"
min_stack_comments = "Needs a newer function"
min_stack_version = "9.2.0"
[rule]
type = "threat_match"
[[rule.threat_mapping]]
[[rule.threat_mapping.entries]]
field = "source.ip"
type = "mapping"
value = "threat.indicator.ip"
[[rule.threat_mapping.entries]]
field = "destination.ip"
negate = true
type = "mapping"
value = "threat.indicator.ip"
`,
  *run(rule, { repository }) {
    const oldest = oldestStackOf(rule, repository);
    if (oldest === undefined) return;
    for (const { table, keys } of rule.sections()) {
      for (const entry of table.entries) {
        const since = keys.find(({ name }) => name === entry.key.name)?.minStack;
        if (since === undefined || compareVersions(since, oldest) <= 0) continue;
        yield {
          span: entry.key.span,
          message: `\`${entry.key.name}\` is known from stack ${since} on, and the rule ships from ${oldest} on`,
          fixes: raiseMinStack(rule, `${since}.0`, `${entry.key.name} is known from ${since} on`),
        };
      }
    }
  },
};
