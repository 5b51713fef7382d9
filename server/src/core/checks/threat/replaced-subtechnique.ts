import { replacementFindings } from "../replacement.ts";
import { type ThreatCheck } from "../check.ts";

export const replacedSubtechnique: ThreatCheck = {
  id: "threat/replaced-subtechnique",
  on: "threat",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  tag: "deprecated",
  summary: "A sub-technique that another technique has replaced.",
  why: "ATT&CK revoked the id in favour of another. Elastic's CI does not look at sub-techniques here, but coverage reports count the old id for nothing.",
  bad: `[rule]
type = "eql"

[[rule.threat]]
framework = "MITRE ATT&CK"

[[rule.threat.technique]]
id = "T1547"
name = "Boot or Logon Autostart Execution"
reference = "https://attack.mitre.org/techniques/T1547/"

[[rule.threat.technique.subtechnique]]
id = "T1547.011"
name = "Plist Modification"
reference = "https://attack.mitre.org/techniques/T1547/011/"

[rule.threat.tactic]
id = "TA0003"
name = "Persistence"
reference = "https://attack.mitre.org/tactics/TA0003/"
`,
  good: `[rule]
type = "eql"

[[rule.threat]]
framework = "MITRE ATT&CK"

[[rule.threat.technique]]
id = "T1547"
name = "Boot or Logon Autostart Execution"
reference = "https://attack.mitre.org/techniques/T1547/"

[[rule.threat.technique.subtechnique]]
id = "T1547.009"
name = "Shortcut Modification"
reference = "https://attack.mitre.org/techniques/T1547/009/"

[rule.threat.tactic]
id = "TA0003"
name = "Persistence"
reference = "https://attack.mitre.org/tactics/TA0003/"
`,
  run: (rule, attack) => replacementFindings(rule, attack, "sub-technique"),
};
