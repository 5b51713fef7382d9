import { type AttackCatalog, type Tactic, type Technique, isOutdated } from "../../knowledge/attack.ts";
import { type TechniqueRef, type ThreatEntry } from "../../rule/model.ts";
import { renameThreat } from "../threatEdits.ts";
import { judgedScopes } from "../threatScopes.ts";
import { threatMeantInstead, threatOfId } from "../threatIdentity.ts";
import { type Fix } from "../../text/edit.ts";
import { type Finding, type ThreatCheck } from "../check.ts";
import { threatExample } from "../threatExample.ts";

export const tacticMismatch: ThreatCheck = {
  id: "threat/tactic-mismatch",
  on: "threat",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["threat-technique-tactic", "threat-mappings-correlation"],
  summary: "A technique that does not belong to the tactic it stands under.",
  why: "ATT&CK's matrix lists each technique under its tactics, and Elastic's CI refuses a pair that is not in it. Either the technique stands in the wrong entry, or the entry has the wrong tactic.",
  bad: threatExample({
    technique: { id: "T1110", name: "Brute Force" },
    tactic: { id: "TA0002", name: "Execution" },
  }),
  good: threatExample({
    technique: { id: "T1110", name: "Brute Force" },
    tactic: { id: "TA0006", name: "Credential Access" },
  }),
  *run(rule, baseline) {
    for (const { scope, attack } of judgedScopes(rule, baseline)) {
      for (const entry of scope.entries) yield* strayTechniques(entry, attack);
    }
  },
};

function* strayTechniques(entry: ThreatEntry, attack: AttackCatalog): Generator<Finding> {
  const tactic = tacticOf(entry, attack);
  if (tactic === undefined) return;
  for (const ref of entry.techniques) {
    const { id } = ref;
    const technique = techniqueOf(ref, attack);
    if (id === undefined || technique === undefined || isOutdated(technique)) continue;
    if (technique.tactics.length === 0 || technique.tactics.includes(tactic.id)) continue;
    const message = `${technique.id} ${technique.name} belongs to ${tacticNames(technique, attack)}, not to ${tactic.name}`;
    yield { span: id.span, message, fixes: fixesFor(entry, attack) };
  }
}

/** What the entry means: an id that is itself the mistake must not make a second one here. */
function tacticOf(entry: ThreatEntry, attack: AttackCatalog): Tactic | undefined {
  if (entry.tactic === undefined) return undefined;
  const threat = { role: "tactic", ref: entry.tactic } as const;
  const meant = threatMeantInstead(threat, attack) ?? threatOfId(threat, attack);
  return meant?.kind === "tactic" ? meant : undefined;
}

function techniqueOf(ref: TechniqueRef, attack: AttackCatalog): Technique | undefined {
  const threat = { role: "technique", ref } as const;
  const meant = threatMeantInstead(threat, attack) ?? threatOfId(threat, attack);
  return meant?.kind === "technique" ? meant : undefined;
}

function tacticNames(technique: Technique, attack: AttackCatalog): string {
  return technique.tactics.map((id) => attack.tactic(id)?.name ?? id).join(", ");
}

/** The tactics that all techniques of the entry share, if there are any, would set it right. */
function fixesFor(entry: ThreatEntry, attack: AttackCatalog): readonly Fix[] {
  const { tactic } = entry;
  if (tactic === undefined) return [];
  const techniques = entry.techniques.flatMap((ref) => techniqueOf(ref, attack) ?? []);
  return attack.tactics
    .filter((candidate) => techniques.every((technique) => technique.tactics.includes(candidate.id)))
    .flatMap((candidate) => {
      const edits = renameThreat(tactic, candidate);
      if (edits === undefined) return [];
      return [
        { title: `Change the tactic to ${candidate.id} ${candidate.name}`, safety: "unsafe" as const, edits },
      ];
    });
}
