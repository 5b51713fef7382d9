import { type RuleCheck } from "../check.ts";
import { type MappingEntry, mappingGroups } from "../threatMapping.ts";

export const contradictoryEntries: RuleCheck = {
  id: "threat-match/contradictory-entries",
  on: "rule",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["threat-match"],
  summary: "A pair of fields that must match and must not, in one group of `threat_mapping`.",
  why: "All entries of a group must hold for one indicator, which these cannot: Kibana and Elastic's loader refuse the rule.",
  bad: `[rule]
type = "threat_match"
[[rule.threat_mapping]]
[[rule.threat_mapping.entries]]
field = "source.ip"
type = "mapping"
value = "threat.indicator.ip"
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
      for (const negated of group) {
        const { negation, field, value } = negated;
        if (negation === undefined || field === undefined || value === undefined) continue;
        const plain = group.find((other) => other.negation === undefined && isSamePair(other, negated));
        if (plain?.field === undefined) continue;
        yield {
          span: negation.span,
          message: `\`${field.value}\` must match \`${value.value}\` in this group already`,
          fixes: [],
          related: [{ span: plain.field.span, message: "The entry that must match" }],
        };
      }
    }
  },
};

function isSamePair(first: MappingEntry, second: MappingEntry): boolean {
  return first.field?.value === second.field?.value && first.value?.value === second.value?.value;
}
