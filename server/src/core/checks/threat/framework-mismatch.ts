import { threatMappings } from "../../rule/threats.ts";
import { replaceText } from "../../toml/edits.ts";
import { type RuleCheck } from "../check.ts";
import { mappingExample } from "../threatExample.ts";

export const frameworkMismatch: RuleCheck = {
  id: "threat/framework-mismatch",
  on: "rule",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["threat-mappings-framework"],
  summary: "An entry of another framework than the block of threat mappings around it.",
  why: "All entries of a [[rule.threat_mappings]] are of the block's framework; Elastic's loader refuses the rule otherwise.",
  bad: mappingExample("19").replace(/(?<=threat\]\]\nframework = )"MITRE ATT&CK"/, '"MITRE ATLAS"'),
  good: mappingExample("19"),
  *run(rule) {
    for (const { framework, entries } of threatMappings(rule)) {
      if (framework === undefined) continue;
      for (const { framework: own } of entries) {
        if (own === undefined || own.value === framework.value) continue;
        const edit = replaceText(own.host, framework.value);
        const title = `Set the framework to ${framework.value}`;
        yield {
          span: own.span,
          message: `This block is for ${framework.value}, and this entry is of \`${own.value}\``,
          fixes: edit === undefined ? [] : [{ title, safety: "unsafe", edits: [edit] }],
          related: [{ span: framework.span, message: "The framework of the block" }],
        };
      }
    }
  },
};
