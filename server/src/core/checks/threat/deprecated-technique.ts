import { type ThreatCheck } from "../check.ts";
import { threatExample } from "../threatExample.ts";
import { judgedThreats } from "../threatScopes.ts";

export const deprecatedTechnique: ThreatCheck = {
  id: "threat/deprecated-technique",
  on: "threat",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  tag: "deprecated",
  upstream: ["threat-technique-deprecated", "threat-mappings-deprecated"],
  summary: "A technique that ATT&CK no longer keeps, without a successor.",
  why: "Elastic's CI refuses deprecated techniques. There is no id that takes its place: choose the technique that fits the behaviour.",
  bad: threatExample({
    technique: { id: "T1034", name: "Path Interception" },
    tactic: { id: "TA0003", name: "Persistence" },
  }),
  good: threatExample({
    technique: { id: "T1574", name: "Hijack Execution Flow" },
    tactic: { id: "TA0003", name: "Persistence" },
  }),
  *run(rule, baseline) {
    for (const { threat, attack } of judgedThreats(rule, baseline)) {
      const { role, ref } = threat;
      const technique =
        role === "tactic" || ref.id === undefined ? undefined : attack.technique(ref.id.value);
      if (technique?.isDeprecated !== true || ref.id === undefined) continue;
      const message = `${technique.id} ${technique.name} is deprecated in ATT&CK ${attack.version}`;
      yield { span: ref.id.span, message, fixes: [] };
    }
  },
};
