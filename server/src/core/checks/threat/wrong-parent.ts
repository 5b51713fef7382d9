import { type AttackCatalog } from "../../knowledge/attack.ts";
import { type TechniqueRef } from "../../rule/model.ts";
import { renameThreat } from "../threatEdits.ts";
import { type Fix } from "../../text/edit.ts";
import { type ThreatCheck } from "../check.ts";
import { threatMeantInstead, threatOfId } from "../threatIdentity.ts";
import { threatExample } from "../threatExample.ts";
import { judgedThreats } from "../threatScopes.ts";

export const wrongParent: ThreatCheck = {
  id: "threat/wrong-parent",
  on: "threat",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A sub-technique that stands under another technique than its own.",
  why: "A sub-technique's id begins with that of its technique. Elastic's CI does not compare the two, so the mistake stays until somebody reads the alert.",
  bad: threatExample({
    technique: { id: "T1078", name: "Valid Accounts" },
    subtechnique: { id: "T1110.001", name: "Password Guessing" },
    tactic: { id: "TA0003", name: "Persistence" },
  }),
  good: threatExample({
    technique: { id: "T1110", name: "Brute Force" },
    subtechnique: { id: "T1110.001", name: "Password Guessing" },
    tactic: { id: "TA0006", name: "Credential Access" },
  }),
  *run(rule, baseline) {
    for (const { threat, attack } of judgedThreats(rule, baseline)) {
      if (threat.role !== "sub-technique") continue;
      const { id } = threat.ref;
      const parentId = threat.parent.id?.value;
      const technique = id && attack.technique(id.value);
      if (id === undefined || technique?.parent === undefined || parentId === undefined) continue;
      if (technique.parent === parentId || technique.replacedBy !== undefined) continue;
      // A technique whose own id is the mistake has a finding for that.
      if (isIdWrong(threat.parent, attack)) continue;
      const message = `${technique.id} is a sub-technique of ${technique.parent}, not of ${parentId}`;
      yield { span: id.span, message, fixes: fixesFor(threat.parent, technique.parent, attack) };
    }
  },
};

function isIdWrong(ref: TechniqueRef, attack: AttackCatalog): boolean {
  const threat = { role: "technique", ref } as const;
  const named = threatOfId(threat, attack);
  if (named?.kind === "technique" && named.replacedBy !== undefined) return true;
  return named === undefined || threatMeantInstead(threat, attack) !== undefined;
}

/** The technique above can be changed if all that stands under it belongs to the other one. */
function fixesFor(parent: TechniqueRef, wanted: string, attack: AttackCatalog): readonly Fix[] {
  const technique = attack.technique(wanted);
  const fitsAll = parent.subtechniques.every((ref) => ref.id?.value.startsWith(`${wanted}.`) === true);
  const edits = technique && renameThreat(parent, technique);
  if (technique === undefined || !fitsAll || edits === undefined) return [];
  return [{ title: `Change the technique to ${technique.id} ${technique.name}`, safety: "unsafe", edits }];
}
