import { type KeyType } from "../../rule/keyTypes.ts";
import { type TomlValue } from "../../toml/model.ts";
import { type RuleCheck } from "../check.ts";
import { truthOf } from "../readValue.ts";

export const coercedValue: RuleCheck = {
  id: "rule/coerced-value",
  on: "rule",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["metadata-types", "rule-risk-score"],
  summary: "A value is silently turned into another type.",
  why: 'Elastic\'s loader takes "47" and 47.9 for 47, and "yes" for true, without a word. Other tools refuse such values or read them otherwise.',
  bad: `[rule]
type = "eql"
risk_score = "47"
`,
  good: `[rule]
type = "eql"
risk_score = 47
`,
  *run(rule) {
    for (const { key, value, type } of rule.values()) {
      const plain = coerced(value, type);
      if (plain === undefined) continue;
      const message = `\`${key.name}\` is read as ${plain}; write it so`;
      const edits = [{ span: value.span, text: plain }];
      yield { span: value.span, message, fixes: [{ title: `Write ${plain}`, safety: "safe", edits }] };
    }
  },
};

/** What the loader makes of the value; undefined if it takes it as it is, or refuses it. */
function coerced(value: TomlValue, type: KeyType): string | undefined {
  if (type.kind === "integer") {
    if (value.kind === "float" && Number.isFinite(value.value)) return String(Math.trunc(value.value));
    if (value.kind === "string" && /^\s*[+-]?\d+\s*$/.test(value.value)) return String(Number(value.value));
  }
  if (type.kind === "boolean") {
    const truth = value.kind === "boolean" ? undefined : truthOf(value);
    return truth === undefined ? undefined : String(truth);
  }
  return undefined;
}
