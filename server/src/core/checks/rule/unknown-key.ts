import { meantKey } from "../../rule/spelling.ts";
import { typesOf } from "../../rule/keys.ts";
import { type SectionVisit, visitSections } from "../../rule/visit.ts";
import { type Fix } from "../../text/edit.ts";
import { type TomlKey } from "../../toml/model.ts";
import { type RuleCheck } from "../check.ts";

export const unknownKey: RuleCheck = {
  id: "rule/unknown-key",
  on: "rule",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A key that no rule of this type has.",
  why: "Elastic's loader refuses a rule with a key that it does not know, at every level of the file. Some keys belong to one rule type only.",
  bad: `[rule]
type = "eql"
serverity = "low"
`,
  good: `[rule]
type = "eql"
severity = "low"
`,
  *run(rule) {
    for (const visit of visitSections(rule)) {
      for (const { key } of visit.table.entries) {
        if (visit.keys.some((known) => known.name === key.name)) continue;
        const meant = meantKey(key.name, visit.table, visit.keys);
        yield {
          span: key.span,
          message: sentence(key, visit, meant),
          fixes: meant === undefined ? [] : [rename(key, meant)],
        };
      }
    }
  },
};

function rename(key: TomlKey, meant: string): Fix {
  return { title: `Rename to ${meant}`, safety: "unsafe", edits: [{ span: key.span, text: meant }] };
}

function sentence({ name }: TomlKey, { section, context }: SectionVisit, meant: string | undefined): string {
  if (section === "") return `Unknown table \`${name}\`: a rule file has [metadata], [rule] and [transform]`;
  if (section === "metadata" && name === "deprecated_reason") {
    return '`deprecated_reason` is only allowed once `maturity` is "deprecated"';
  }
  const types = section === "rule" ? typesOf(name) : undefined;
  if (types !== undefined && context.ruleType !== undefined) {
    return `\`${name}\` belongs to rules of type ${listed(types)}, not ${context.ruleType}`;
  }
  const hint = meant === undefined ? "" : `, did you mean \`${meant}\`?`;
  return `Unknown key \`${name}\` in ${section}${hint}`;
}

function listed(words: readonly string[]): string {
  const last = words[words.length - 1] ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}
