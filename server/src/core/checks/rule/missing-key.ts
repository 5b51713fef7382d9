import { type RuleKey } from "../../rule/keyTypes.ts";
import { missingKeys } from "../../rule/spelling.ts";
import { type StrayKeys, strayKeys } from "../../rule/strays.ts";
import { type SectionVisit } from "../../rule/visit.ts";
import { type Fix } from "../../text/edit.ts";
import { type Span, spanOf } from "../../text/span.ts";
import { insertFirst } from "../../toml/edits.ts";
import { type RuleCheck } from "../check.ts";

const EXAMPLE = `[metadata]
creation_date = "2024/01/31"
maturity = "production"
updated_date = "2024/01/31"

[rule]
author = ["Jo"]
description = "A shell is started by a web server."
language = "eql"
name = "Shell Started by a Web Server"
query = 'process where process.parent.name : "nginx"'
risk_score = 47
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"
type = "eql"
`;

export const missingKey: RuleCheck = {
  id: "rule/missing-key",
  on: "rule",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A key that every rule of this type needs is missing.",
  why: "Elastic's loader refuses the rule. The place is the header of the table that lacks the key.",
  bad: EXAMPLE,
  good: EXAMPLE.replace("type =", 'severity = "medium"\ntype ='),
  *run(rule) {
    const strays = strayKeys(rule);
    for (const visit of rule.sections()) {
      // A table that only longer headers name is missing itself.
      if (visit.table.form === "implied") continue;
      for (const key of missingKeys(visit.table, visit.keys, visit.context)) {
        if (strays.some((stray) => isAmong(stray, visit.section, key.name))) continue;
        const span = placeOf(visit, rule.toml.text);
        yield { span, message: sentence(visit.section, key), fixes: fixesFor(visit, key) };
      }
    }
  },
};

/** What stands in the wrong table is not missing as well; nor is the table whose keys stand there. */
function isAmong({ home, keys }: StrayKeys, section: string, name: string): boolean {
  if (section === "") return name === home;
  return section === home && keys.some((key) => key.name === name);
}

/** A table is marked at its header or braces; the file at its first line. */
function placeOf({ section, table }: SectionVisit, text: string): Span {
  if (section !== "")
    return table.form === "inline" ? spanOf(table.span.start, table.span.start + 1) : table.span;
  const newline = text.search(/[\r\n]/);
  return spanOf(0, newline < 0 ? text.length : newline);
}

function sentence(section: string, key: RuleKey): string {
  if (section === "") return `The table [${key.name}] is missing`;
  return `\`${key.name}\` is missing from ${section.replace(/ \(.*/, "")}`;
}

/** Only a key that can have one value can be written for the author. */
function fixesFor({ table }: SectionVisit, key: RuleKey): readonly Fix[] {
  const only = key.type.kind === "text" && key.type.oneOf?.length === 1 ? key.type.oneOf[0] : undefined;
  if (only === undefined) return [];
  const line = `${key.name} = "${only}"`;
  const edit = insertFirst(table, line);
  return edit === undefined ? [] : [{ title: `Insert ${line}`, safety: "unsafe", edits: [edit] }];
}
