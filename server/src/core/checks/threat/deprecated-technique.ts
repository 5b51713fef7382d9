import { namedThreats } from "../../rule/threats.ts";
import { type ThreatCheck } from "../check.ts";

export const deprecatedTechnique: ThreatCheck = {
  id: "threat/deprecated-technique",
  on: "threat",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  tag: "deprecated",
  summary: "A technique that ATT&CK no longer keeps, without a successor.",
  why: "Elastic's CI refuses deprecated techniques. There is no id that takes its place: choose the technique that fits the behaviour.",
  bad: `[rule]
type = "eql"

[[rule.threat]]
framework = "MITRE ATT&CK"

[[rule.threat.technique]]
id = "T1034"
name = "Path Interception"
reference = "https://attack.mitre.org/techniques/T1034/"

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
id = "T1574"
name = "Hijack Execution Flow"
reference = "https://attack.mitre.org/techniques/T1574/"

[rule.threat.tactic]
id = "TA0003"
name = "Persistence"
reference = "https://attack.mitre.org/tactics/TA0003/"
`,
  *run(rule, attack) {
    for (const { role, ref } of namedThreats(rule)) {
      const technique =
        role === "tactic" || ref.id === undefined ? undefined : attack.technique(ref.id.value);
      if (technique?.isDeprecated !== true || ref.id === undefined) continue;
      const message = `${technique.id} ${technique.name} is deprecated in ATT&CK ${attack.version}`;
      yield { span: ref.id.span, message, fixes: [] };
    }
  },
};
