import { type AttackCatalog, type Tactic, type Technique } from "../../knowledge/attack.ts";
import { type SourcedText } from "../../rule/model.ts";
import { renameThreat } from "../threatEdits.ts";
import { threatMeantInstead, threatOfId } from "../threatIdentity.ts";
import { judgedThreats } from "../threatScopes.ts";
import { type NamedThreat } from "../../rule/threats.ts";
import { type Fix } from "../../text/edit.ts";
import { replaceText } from "../../toml/edits.ts";
import { type ThreatCheck } from "../check.ts";
import { threatExample } from "../threatExample.ts";

export const nameMismatch: ThreatCheck = {
  id: "threat/name-mismatch",
  on: "threat",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: [
    "threat-tactic-name",
    "threat-technique-name",
    "threat-subtechnique-name",
    "threat-mappings-correlation",
  ],
  summary: "A name that is not the one of its tactic or technique id.",
  why: "Elastic's CI compares names letter by letter with ATT&CK. Either the name is misspelt or out of date, or the id is the wrong one.",
  bad: threatExample({
    technique: { id: "T1059", name: "Command-Line Interface" },
    tactic: { id: "TA0002", name: "Execution" },
  }),
  good: threatExample({
    technique: { id: "T1059", name: "Command and Scripting Interpreter" },
    tactic: { id: "TA0002", name: "Execution" },
  }),
  *run(rule, baseline) {
    for (const { threat, attack } of judgedThreats(rule, baseline)) {
      const { name } = threat.ref;
      const known = knownAs(threat, attack);
      if (known === undefined || name === undefined || name.value === known.name) continue;
      const message = `${known.id} is named \`${known.name}\` in ATT&CK ${attack.version}`;
      yield { span: name.span, message, fixes: fixesFor(threat, name, known.name, attack) };
    }
  },
};

/** Undefined for ids that are unknown, replaced or themselves the mistake: other checks speak of those. */
function knownAs(threat: NamedThreat, attack: AttackCatalog): Tactic | Technique | undefined {
  const known = threatOfId(threat, attack);
  if (known?.kind === "technique" && known.replacedBy !== undefined) return undefined;
  return threatMeantInstead(threat, attack) === undefined ? known : undefined;
}

function fixesFor(
  { role, ref }: NamedThreat,
  name: SourcedText,
  right: string,
  attack: AttackCatalog,
): readonly Fix[] {
  const edit = replaceText(name.host, right);
  const fixes: Fix[] =
    edit === undefined ? [] : [{ title: `Set the name to ${right}`, safety: "safe", edits: [edit] }];
  // The name may be the right half: then the id is what must change.
  const other =
    role === "tactic"
      ? attack.tacticNamed(name.value)
      : attack
          .techniquesNamed(name.value)
          .find(
            (one) =>
              (one.parent !== undefined) === (role === "sub-technique") && one.replacedBy === undefined,
          );
  const edits = other && renameThreat(ref, other);
  if (other !== undefined && edits !== undefined) {
    fixes.push({ title: `Change to ${other.id} ${other.name}`, safety: "unsafe", edits });
  }
  return fixes;
}
