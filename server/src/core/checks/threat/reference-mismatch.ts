import { type AttackCatalog, attackUrl } from "../../knowledge/attack.ts";
import { type NamedThreat } from "../../rule/threats.ts";
import { replaceText } from "../../toml/edits.ts";
import { type ThreatCheck } from "../check.ts";
import { threatExample } from "../threatExample.ts";
import { idInReference, threatMeantInstead, threatOfId } from "../threatIdentity.ts";
import { judgedThreats } from "../threatScopes.ts";

export const referenceMismatch: ThreatCheck = {
  id: "threat/reference-mismatch",
  on: "threat",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: [
    "threat-tactic-reference",
    "threat-technique-reference",
    "threat-subtechnique-reference",
    "threat-mappings-correlation",
  ],
  summary: "A reference that is the page of another tactic or technique.",
  why: "Elastic's CI compares the end of the link with the id, and readers land on the wrong page.",
  bad: threatExample({
    technique: { id: "T1059", name: "Command and Scripting Interpreter", page: "T1053" },
    tactic: { id: "TA0002", name: "Execution" },
  }),
  good: threatExample({
    technique: { id: "T1059", name: "Command and Scripting Interpreter" },
    tactic: { id: "TA0002", name: "Execution" },
  }),
  *run(rule, baseline) {
    for (const { threat, attack } of judgedThreats(rule, baseline)) {
      const { id, reference } = threat.ref;
      if (id === undefined || reference === undefined || !isJudged(threat, attack)) continue;
      if ([undefined, id.value].includes(idInReference(reference.value))) continue;
      const url = attackUrl(id.value);
      const edit = replaceText(reference.host, url);
      const fixes =
        edit === undefined ? [] : [{ title: `Link to ${url}`, safety: "safe" as const, edits: [edit] }];
      yield { span: reference.span, message: `This is not the page of ${id.value}`, fixes };
    }
  },
};

/** Ids that are unknown, replaced or themselves the mistake have findings whose fixes set the reference too. */
function isJudged(threat: NamedThreat, attack: AttackCatalog): boolean {
  const known = threatOfId(threat, attack);
  if (known === undefined || (known.kind === "technique" && known.replacedBy !== undefined)) return false;
  return threatMeantInstead(threat, attack) === undefined;
}
