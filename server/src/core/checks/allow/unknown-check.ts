import { type BuiltInCheck } from "../check.ts";

export const unknownCheck: BuiltInCheck = {
  id: "allow/unknown-check",
  on: "run",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  seesDeprecated: true,
  summary: "A comment that allows a check which does not exist.",
  why: "The id is misspelt, so the comment has no effect.",
  bad: `[rule]
type = "eql"
# rulewright: allow rule/unknown-valeu
severity = "high"
`,
  good: `[rule]
type = "eql"
# rulewright: allow rule/unknown-value -- agreed with the team
severity = "urgent"
`,
};
