import { type AttackCatalog, type Tactic } from "../../knowledge/attack.ts";
import { closestWord } from "../../base/closest.ts";
import { type ThreatRef } from "../../rule/model.ts";
import { renameThreat } from "../threatEdits.ts";
import { type Fix } from "../../text/edit.ts";
import { type ThreatCheck } from "../check.ts";
import { threatExample } from "../threatExample.ts";
import { judgedThreats } from "../threatScopes.ts";

export const unknownTactic: ThreatCheck = {
  id: "threat/unknown-tactic",
  on: "threat",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["threat-tactic-name", "threat-tactic-id"],
  summary: "A tactic id that ATT&CK does not have.",
  why: "Elastic's CI refuses the rule, and Kibana shows the alert without its tactic.",
  bad: threatExample({
    technique: { id: "T1059", name: "Command and Scripting Interpreter" },
    tactic: { id: "TA0020", name: "Execution" },
  }),
  good: threatExample({
    technique: { id: "T1059", name: "Command and Scripting Interpreter" },
    tactic: { id: "TA0002", name: "Execution" },
  }),
  *run(rule, baseline) {
    for (const { threat, attack } of judgedThreats(rule, baseline)) {
      const { role, ref } = threat;
      if (role !== "tactic" || ref.id === undefined || attack.tactic(ref.id.value) !== undefined) continue;
      const message = `ATT&CK ${attack.version} has no tactic \`${ref.id.value}\``;
      yield { span: ref.id.span, message, fixes: fixesFor(ref, meantTactic(ref, attack)) };
    }
  },
};

function meantTactic(ref: ThreatRef, attack: AttackCatalog): Tactic | undefined {
  const named = ref.name && attack.tacticNamed(ref.name.value);
  if (named !== undefined) return named;
  const id = closestWord(
    ref.id?.value ?? "",
    attack.tactics.map((tactic) => tactic.id),
  );
  return id === undefined ? undefined : attack.tactic(id);
}

function fixesFor(ref: ThreatRef, tactic: Tactic | undefined): readonly Fix[] {
  const edits = tactic && renameThreat(ref, tactic);
  if (tactic === undefined || edits === undefined) return [];
  return [{ title: `Change to ${tactic.id} ${tactic.name}`, safety: "unsafe", edits }];
}
