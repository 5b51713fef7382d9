import { replacementFindings } from "../replacement.ts";
import { type ThreatCheck } from "../check.ts";
import { threatExample } from "../threatExample.ts";

export const replacedTechnique: ThreatCheck = {
  id: "threat/replaced-technique",
  on: "threat",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  tag: "deprecated",
  upstream: ["threat-technique-deprecated", "threat-mappings-deprecated"],
  summary: "A technique that another one has replaced.",
  why: "ATT&CK revoked the id in favour of another. Elastic's CI refuses the old one.",
  bad: threatExample({
    technique: { id: "T1086", name: "PowerShell" },
    tactic: { id: "TA0002", name: "Execution" },
  }),
  good: threatExample({
    technique: { id: "T1059", name: "Command and Scripting Interpreter" },
    tactic: { id: "TA0002", name: "Execution" },
  }),
  // In `threat_mappings`, Elastic's CI looks at sub-techniques too.
  run: (rule, attack) =>
    replacementFindings(
      rule,
      attack,
      ({ role, scope }) => role === "technique" || scope.version !== undefined,
    ),
};
