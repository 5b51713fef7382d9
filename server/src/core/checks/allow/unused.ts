import { type BuiltInCheck } from "../check.ts";

export const unusedAllow: BuiltInCheck = {
  id: "allow/unused",
  on: "run",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  seesDeprecated: true,
  tag: "unnecessary",
  summary: "A comment that allows something which is not there.",
  why: "What the comment allowed has been mended or has moved. Left in place, it would hide the next problem of that kind.",
  bad: `[rule]
type = "eql"
# rulewright: allow rule/unknown-value -- agreed with the team
severity = "high"
`,
  good: `[rule]
type = "eql"
# rulewright: allow rule/unknown-value -- agreed with the team
severity = "urgent"
`,
};
