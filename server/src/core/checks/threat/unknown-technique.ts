import { type AttackCatalog, type Technique } from "../../knowledge/attack.ts";
import { renameThreat } from "../threatEdits.ts";
import { type NamedThreat } from "../../rule/threats.ts";
import { type Fix } from "../../text/edit.ts";
import { type ThreatCheck } from "../check.ts";
import { threatExample } from "../threatExample.ts";
import { judgedThreats } from "../threatScopes.ts";

export const unknownTechnique: ThreatCheck = {
  id: "threat/unknown-technique",
  on: "threat",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["threat-technique-tactic", "threat-subtechnique-unknown", "threat-mappings-correlation"],
  summary: "A technique or sub-technique id that ATT&CK does not have.",
  why: "Elastic's CI refuses the rule, and coverage reports count it for nothing.",
  bad: threatExample({
    technique: { id: "T1959", name: "Command and Scripting Interpreter" },
    tactic: { id: "TA0002", name: "Execution" },
  }),
  good: threatExample({
    technique: { id: "T1059", name: "Command and Scripting Interpreter" },
    tactic: { id: "TA0002", name: "Execution" },
  }),
  *run(rule, baseline) {
    for (const { threat, attack } of judgedThreats(rule, baseline)) {
      const { role, ref } = threat;
      if (role === "tactic" || ref.id === undefined || attack.technique(ref.id.value) !== undefined) continue;
      const message = `ATT&CK ${attack.version} has no ${role} \`${ref.id.value}\``;
      yield { span: ref.id.span, message, fixes: fixesFor(threat, meantTechnique(threat, attack)) };
    }
  },
};

/** The technique of the written name. Ids that look alike have nothing to do with each other. */
function meantTechnique(threat: NamedThreat, attack: AttackCatalog): Technique | undefined {
  const isSub = threat.role === "sub-technique";
  const named = attack
    .techniquesNamed(threat.ref.name?.value ?? "")
    .filter((technique) => (technique.parent !== undefined) === isSub);
  const siblings = isSub ? named.filter((technique) => technique.parent === threat.parent.id?.value) : [];
  return siblings[0] ?? named[0];
}

function fixesFor({ ref }: NamedThreat, technique: Technique | undefined): readonly Fix[] {
  const edits = technique && renameThreat(ref, technique);
  if (technique === undefined || edits === undefined) return [];
  return [{ title: `Change to ${technique.id} ${technique.name}`, safety: "unsafe", edits }];
}
