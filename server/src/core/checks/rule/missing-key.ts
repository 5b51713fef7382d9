import { type RuleKey } from "../../rule/keyTypes.ts";
import { typeSoFar } from "../../rule/meantType.ts";
import { missingKeys } from "../../rule/spelling.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type StrayKeys, strayKeys } from "../../rule/strays.ts";
import { type SectionVisit } from "../../rule/visit.ts";
import { type Fix } from "../../text/edit.ts";
import { type Span } from "../../text/span.ts";
import { insertKey } from "../../toml/insertion.ts";
import { type PlaceCheck } from "../check.ts";
import { isQueryOfFilters } from "../filters.ts";
import { firstLine, headerSpan } from "../headerSpan.ts";
import { type Asking, askingFor, likelyValues } from "../missingValues.ts";
import { missingTable } from "../missingTables.ts";
import { unsafeFix } from "../unsafeFix.ts";

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

export const missingKey: PlaceCheck = {
  id: "rule/missing-key",
  on: "place",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  seesDeprecated: true,
  upstream: [
    "toml-missing-metadata",
    "toml-missing-rule",
    "metadata-missing-date",
    "metadata-maturity-missing",
    "rule-missing-field",
    "threat-missing-reference",
    "threat-missing-id-name",
    "kql-empty",
    "ws-missing-id-name",
  ],
  summary: "A key that every rule of this type needs is missing.",
  why: "Elastic's loader refuses the rule; without a date or a maturity it stops with a raw Python error. A deprecated rule needs its name and its id only. The place is the header of the table that lacks the key.",
  bad: EXAMPLE,
  good: EXAMPLE.replace("type =", 'severity = "medium"\ntype ='),
  *run(rule, place) {
    const strays = strayKeys(rule);
    const asking = askingFor(rule, place);
    const isUnbegun =
      rule.rule !== undefined && rule.type !== undefined && typeSoFar(rule.rule, rule.type) !== undefined;
    for (const visit of rule.sections()) {
      // A table that only longer headers name is missing itself.
      if (visit.table.form === "implied") continue;
      for (const key of missingKeys(visit.table, visit.keys, visit.context)) {
        if (strays.some((stray) => isAmong(stray, visit.section, key.name))) continue;
        // What stands under another header has the finding that the header is wrong.
        if (visit.section === "" && key.name === "metadata" && rule.metadata !== undefined) continue;
        if (rule.isDeprecated && !isNeededByDeprecated(visit, key)) continue;
        if (isQueryOfFilters(key, rule, place)) continue;
        // A type of which nothing is there has a finding of its own.
        if (isUnbegun && visit.section === "rule" && key.ruleTypes?.length === 1) continue;
        const span = placeOf(visit, rule);
        yield { span, message: sentence(visit.section, key), fixes: fixesFor(visit, key, asking) };
      }
    }
  },
};

/** What stands in the wrong table is not missing as well; nor is the table whose keys stand there. */
function isAmong({ home, keys }: StrayKeys, section: string, name: string): boolean {
  if (section === "") return name === home;
  return section === home && keys.some((key) => key.name === name);
}

/** Elastic's loader knows deprecated rules by these. */
function isNeededByDeprecated({ section }: SectionVisit, { name }: RuleKey): boolean {
  return section === "" ? name === "rule" : section === "rule" && (name === "name" || name === "rule_id");
}

function placeOf({ section, table }: SectionVisit, { toml }: RuleDocument): Span {
  return section === "" ? firstLine(toml) : headerSpan(table);
}

function sentence(section: string, key: RuleKey): string {
  if (section === "") return `The table [${key.name}] is missing`;
  return `\`${key.name}\` is missing from ${section.replace(/ \(.*/, "")}`;
}

function fixesFor(visit: SectionVisit, key: RuleKey, asking: Asking): readonly Fix[] {
  const { rule, place } = asking;
  const inserted = likelyValues(key, visit, asking).flatMap((value) => {
    const edit = insertKey(rule.toml, visit.table, { name: key.name, value });
    return unsafeFix(`Insert ${key.name} = ${value}`, edit);
  });
  return [...inserted, ...missingTable(key, visit, rule, place)];
}
