import { replacementFindings } from "../replacement.ts";
import { type ThreatCheck } from "../check.ts";

export const replacedTechnique: ThreatCheck = {
  id: "threat/replaced-technique",
  on: "threat",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  tag: "deprecated",
  summary: "A technique that another one has replaced.",
  why: "ATT&CK revoked the id in favour of another. Elastic's CI refuses the old one.",
  bad: `[rule]
type = "eql"

[[rule.threat]]
framework = "MITRE ATT&CK"

[[rule.threat.technique]]
id = "T1086"
name = "PowerShell"
reference = "https://attack.mitre.org/techniques/T1086/"

[rule.threat.tactic]
id = "TA0002"
name = "Execution"
reference = "https://attack.mitre.org/tactics/TA0002/"
`,
  good: `[rule]
type = "eql"

[[rule.threat]]
framework = "MITRE ATT&CK"

[[rule.threat.technique]]
id = "T1059"
name = "Command and Scripting Interpreter"
reference = "https://attack.mitre.org/techniques/T1059/"

[rule.threat.tactic]
id = "TA0002"
name = "Execution"
reference = "https://attack.mitre.org/tactics/TA0002/"
`,
  run: (rule, attack) => replacementFindings(rule, attack, "technique"),
};
