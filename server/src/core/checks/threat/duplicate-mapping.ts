import { threatMappings } from "../../rule/threats.ts";
import { type SourcedText } from "../../rule/model.ts";
import { type RuleCheck } from "../check.ts";
import { mappingExample } from "../threatExample.ts";

export const duplicateMapping: RuleCheck = {
  id: "threat/duplicate-mapping",
  on: "rule",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["threat-mappings-duplicate"],
  summary: "Two blocks of threat mappings for the same version of a framework.",
  why: "Elastic's loader wants one [[rule.threat_mappings]] for each framework and version, and refuses the rule: it could not tell which of the two to ship.",
  bad: mappingExample("19", "19"),
  good: mappingExample("19"),
  *run(rule) {
    const first = new Map<string, SourcedText>();
    for (const { framework, version } of threatMappings(rule)) {
      if (framework === undefined || version === undefined) continue;
      const key = `${framework.value} ${version.value}`;
      const earlier = first.get(key);
      if (earlier === undefined) {
        first.set(key, version);
        continue;
      }
      const message = `${framework.value} ${version.value} has a block of mappings already`;
      const related = [{ span: earlier.span, message: "The first block for this version" }];
      yield { span: version.span, message, fixes: [], related };
    }
  },
};
