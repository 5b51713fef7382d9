import { listed } from "../../base/listed.ts";
import { closestWord } from "../../base/closest.ts";
import { type Fix } from "../../text/edit.ts";
import { replaceText } from "../../toml/edits.ts";
import { type TomlString } from "../../toml/model.ts";
import { type RuleCheck } from "../check.ts";

export const unknownValue: RuleCheck = {
  id: "rule/unknown-value",
  on: "rule",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A value is none of those that its key takes.",
  why: "Elastic's loader or Kibana refuses the rule. The spelling counts, capitals included.",
  bad: `[rule]
type = "eql"
severity = "hihg"
`,
  good: `[rule]
type = "eql"
severity = "high"
`,
  *run(rule) {
    for (const { key, value, type } of rule.values()) {
      if (type.kind !== "text" || type.oneOf === undefined || value.kind !== "string") continue;
      if (type.oneOf.includes(value.value)) continue;
      const subject =
        key.name === "language" && rule.type !== undefined
          ? `\`language\` of a rule of type ${rule.type}`
          : `\`${key.name}\``;
      const message = `${subject} must be ${listed(type.oneOf)}, not \`${value.value}\``;
      yield { span: value.span, message, fixes: fixesFor(value, type.oneOf) };
    }
  },
};

function fixesFor(value: TomlString, known: readonly string[]): readonly Fix[] {
  const meant = known.length === 1 ? known[0] : closestWord(value.value, known);
  const edit = meant === undefined ? undefined : replaceText(value, meant);
  return edit === undefined ? [] : [{ title: `Replace by ${meant ?? ""}`, safety: "unsafe", edits: [edit] }];
}
