/** What the two checks on replaced ids share: they differ in role and severity only. */
import { type AttackCatalog, currentTechnique } from "../knowledge/attack.ts";
import { type RuleDocument } from "../rule/model.ts";
import { renameThreat } from "./threatEdits.ts";
import { namedThreats } from "../rule/threats.ts";
import { type Finding } from "./check.ts";

export function* replacementFindings(
  rule: RuleDocument,
  attack: AttackCatalog,
  role: "technique" | "sub-technique",
): Generator<Finding> {
  for (const threat of namedThreats(rule)) {
    const { ref } = threat;
    const technique =
      threat.role === role && ref.id !== undefined ? attack.technique(ref.id.value) : undefined;
    if (technique?.replacedBy === undefined || ref.id === undefined) continue;
    const current = currentTechnique(attack, technique);
    const message = `${technique.id} ${technique.name} was replaced by ${current.id} ${current.name}`;
    // A sub-technique cannot stand where a technique does, nor the other way round.
    const fits = (current.parent === undefined) === (role === "technique");
    const edits = fits ? renameThreat(ref, current) : undefined;
    const title = `Change to ${current.id} ${current.name}`;
    yield {
      span: ref.id.span,
      message,
      fixes: edits === undefined ? [] : [{ title, safety: "unsafe", edits }],
    };
  }
}
