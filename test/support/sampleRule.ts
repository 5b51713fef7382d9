/** A whole rule with two mistakes: a misspelt field and a risk score out of range. */
export const BROKEN_RULE = `[metadata]
creation_date = "2024/01/31"
maturity = "production"
updated_date = "2024/01/31"

[rule]
author = ["Jo"]
description = "A shell is started by a web server."
language = "eql"
name = "Shell Started by a Web Server"
query = '''
process where procss.parent.name : "nginx" and event.type == "start"
'''
risk_score = 147
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"
severity = "medium"
type = "eql"
`;

/** The same rule with the misspelt field only. */
export const MISSPELT_RULE = BROKEN_RULE.replace("147", "47");

/** The same rule without a mistake. */
export const CLEAN_RULE = MISSPELT_RULE.replace("procss", "process");

/** The clean rule with what Elastic's CI asks for beside it. */
export const SHIPPED_RULE = CLEAN_RULE.replace("\nlanguage", '\nindex = ["logs-*"]\nlanguage')
  .replace("\nname", '\nlicense = "Elastic License v2"\nname')
  .replace("\ntype", '\ntags = ["Use Case: Threat Detection"]\ntimestamp_override = "event.ingested"\ntype');

/** The rule as another one: with this name and an id that belongs to it. */
export function renamed(rule: string, name: string): string {
  const id = [...name].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  return rule
    .replace("Shell Started by a Web Server", name)
    .replace("0d1a5c1c6a11", id.padEnd(12, "0").slice(0, 12));
}
