import { replacementFindings } from "../replacement.ts";
import { type ThreatCheck } from "../check.ts";
import { threatExample } from "../threatExample.ts";

export const replacedSubtechnique: ThreatCheck = {
  id: "threat/replaced-subtechnique",
  on: "threat",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  tag: "deprecated",
  upstream: ["threat-mappings-deprecated"],
  summary: "A sub-technique that another technique has replaced.",
  why: "ATT&CK revoked the id in favour of another. Elastic's CI does not look at sub-techniques here, but coverage reports count the old id for nothing.",
  bad: threatExample({
    technique: { id: "T1547", name: "Boot or Logon Autostart Execution" },
    subtechnique: { id: "T1547.011", name: "Plist Modification" },
    tactic: { id: "TA0003", name: "Persistence" },
  }),
  good: threatExample({
    technique: { id: "T1547", name: "Boot or Logon Autostart Execution" },
    subtechnique: { id: "T1547.009", name: "Shortcut Modification" },
    tactic: { id: "TA0003", name: "Persistence" },
  }),
  run: (rule, attack) =>
    replacementFindings(
      rule,
      attack,
      ({ role, scope }) => role === "sub-technique" && scope.version === undefined,
    ),
};
