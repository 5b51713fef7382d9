import { listed } from "../../base/listed.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { meantKey } from "../../rule/spelling.ts";
import { type StrayKeys, strayKeys } from "../../rule/strays.ts";
import { typesOf } from "../../rule/keys.ts";
import { type SectionVisit } from "../../rule/visit.ts";
import { type Fix } from "../../text/edit.ts";
import { spanOf } from "../../text/span.ts";
import { type TomlKey } from "../../toml/model.ts";
import { removeEntry } from "../../toml/removal.ts";
import { type Finding, type RuleCheck } from "../check.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const unknownKey: RuleCheck = {
  id: "rule/unknown-key",
  on: "rule",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["toml-unknown-section", "metadata-unknown-key", "rule-unknown-field"],
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
    const strays = strayKeys(rule);
    for (const stray of strays) yield strayFinding(stray, rule);
    for (const visit of rule.sections()) {
      const away: readonly TomlKey[] = strays.find(({ table }) => table === visit.table)?.keys ?? [];
      for (const { key, value } of visit.table.entries) {
        // A word without its `=` has an error of its own.
        if (value.kind === "hole" && value.lacksEquals) continue;
        if (away.includes(key) || visit.keys.some((known) => known.name === key.name)) continue;
        yield unknownFinding(key, visit, rule);
      }
    }
  },
};

function unknownFinding(key: TomlKey, visit: SectionVisit, { toml, metadata }: RuleDocument): Finding {
  const isMetadata =
    visit.section === "" && metadata !== undefined && visit.table.byName.get(key.name)?.value === metadata;
  const meant = isMetadata ? "metadata" : meantKey(key.name, visit.table, visit.keys);
  const message = sentence(key, visit, meant);
  if (meant !== undefined) {
    return {
      span: key.span,
      message,
      fixes: unsafeFix(`Rename to ${meant}`, { span: key.span, text: meant }),
    };
  }
  const entry = visit.table.byName.get(key.name);
  const edit = visit.section === "" ? undefined : entry && removeEntry(toml, visit.table, entry);
  return { span: key.span, message, fixes: unsafeFix(`Remove ${key.name}`, edit) };
}

function sentence({ name }: TomlKey, { section, context }: SectionVisit, meant: string | undefined): string {
  if (section === "") {
    const hint =
      meant === undefined ? "a rule file has [metadata], [rule] and [transform]" : `did you mean [${meant}]?`;
    return `Unknown table \`${name}\`: ${hint}`;
  }
  if (section === "metadata" && name === "deprecated_reason") {
    return '`deprecated_reason` is only allowed once `maturity` is "deprecated"';
  }
  const types = section === "rule" ? typesOf(name) : undefined;
  if (types !== undefined && context.ruleType !== undefined) {
    return `\`${name}\` belongs to rules of type ${listed(types)}, not ${context.ruleType}`;
  }
  const hint = meant === undefined ? "" : `, did you mean \`${meant}\`?`;
  return `Unknown key \`${name}\` in ${section.replace(/ \(.*/, "")}${hint}`;
}

/** Keys of one table under the header of another one are one mistake. */
function strayFinding({ table, home, keys }: StrayKeys, rule: RuleDocument): Finding {
  const [first, ...others] = keys;
  const subject =
    others.length === 0
      ? `\`${first.name}\` belongs`
      : `\`${first.name}\` and ${others.length} more ${others.length === 1 ? "key belong" : "keys belong"}`;
  const homeTable = rule.toml.root.byName.get(home)?.value;
  const hasHeader = homeTable?.kind === "table" && homeTable.form === "header";
  if (!hasHeader) {
    const edits = [{ span: spanOf(first.span.start, first.span.start), text: `[${home}]\n` }];
    const fix: Fix = { title: `Insert [${home}] above`, safety: "unsafe", edits };
    return { span: first.span, message: `${subject} to [${home}]: its header is missing`, fixes: [fix] };
  }
  const header = rule.toml.headerOf.get(table);
  const where =
    header === undefined
      ? ""
      : `: they must stand above ${rule.toml.text.slice(header.span.start, header.span.end)}`;
  const isBelow = header !== undefined && header.parts[0]?.name === home;
  return { span: first.span, message: `${subject} to [${home}]${isBelow ? where : ""}`, fixes: [] };
}
