import { removeEntry } from "../../toml/removal.ts";
import { type RuleCheck } from "../check.ts";
import { mappingGroups } from "../threatMapping.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const onlyNegated: RuleCheck = {
  id: "threat-match/only-negated",
  on: "rule",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["threat-match"],
  summary: "A group of `threat_mapping` in which nothing must match.",
  why: "All entries of a group must hold for one indicator. With negated ones alone, nearly every event and indicator would be a pair: Kibana and Elastic's loader want an entry that must match beside them.",
  bad: `[rule]
type = "threat_match"
[[rule.threat_mapping]]
[[rule.threat_mapping.entries]]
field = "source.ip"
negate = true
type = "mapping"
value = "threat.indicator.ip"
`,
  good: `[rule]
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
  *run(rule) {
    for (const group of mappingGroups(rule)) {
      const [first] = group;
      if (first?.negation === undefined || group.some(({ negation }) => negation === undefined)) continue;
      yield {
        span: first.negation.span,
        message: "Every entry of this group is negated: one at least must match",
        fixes: unsafeFix("Let this entry match", removeEntry(rule.toml, first.table, first.negation)),
      };
    }
  },
};
