/** What the two checks on replaced ids share: they differ in what they look at and in severity only. */
import { type AttackCatalog, type Technique, currentTechnique } from "../knowledge/attack.ts";
import { type RuleDocument } from "../rule/model.ts";
import { type Edit } from "../text/edit.ts";
import { movedBelowParent } from "./movedTechnique.ts";
import { renameThreat } from "./threatEdits.ts";
import { type NamedThreat } from "../rule/threats.ts";
import { type Finding } from "./check.ts";
import { judgedThreats } from "./threatScopes.ts";

export function* replacementFindings(
  rule: RuleDocument,
  baseline: AttackCatalog,
  isLookedAt: (threat: NamedThreat) => boolean,
): Generator<Finding> {
  for (const { threat, attack } of judgedThreats(rule, baseline)) {
    const { ref, role } = threat;
    const isTechnique = role !== "tactic" && isLookedAt(threat);
    const technique = isTechnique && ref.id !== undefined ? attack.technique(ref.id.value) : undefined;
    if (technique?.replacedBy === undefined || ref.id === undefined) continue;
    const current = currentTechnique(attack, technique);
    const message = `${technique.id} ${technique.name} was replaced by ${current.id} ${current.name}`;
    const edits = standsUnder(current, threat) ? editsFor(rule, threat, current, attack) : undefined;
    const title = `Change to ${current.id} ${current.name}`;
    yield {
      span: ref.id.span,
      message,
      fixes: edits === undefined ? [] : [{ title, safety: "unsafe", edits }],
    };
  }
}

/** A sub-technique goes below its parent; a technique cannot stand where a sub-technique does. */
function editsFor(
  rule: RuleDocument,
  threat: NamedThreat,
  current: Technique,
  attack: AttackCatalog,
): readonly Edit[] | undefined {
  if ((current.parent === undefined) === (threat.role === "technique"))
    return renameThreat(threat.ref, current);
  return threat.role === "technique" ? movedBelowParent(rule, threat, current, attack) : undefined;
}

/** The id that comes after may belong to other tactics than the old one. Only of techniques Elastic's CI asks for theirs. */
function standsUnder(current: Technique, { role, entry }: NamedThreat): boolean {
  const tactic = entry.tactic?.id?.value;
  return role !== "technique" || tactic === undefined || current.tactics.includes(tactic);
}
