/** The hover of the id, name or reference of a tactic or technique. */
import { type AttackCatalog, type Tactic, type Technique } from "../knowledge/attack.ts";
import { nearestCatalog } from "../knowledge/attackVersions.ts";
import { type NamedThreat, namedThreats } from "../rule/threats.ts";
import { type Span, touches } from "../text/span.ts";
import { type Snapshot } from "../analysis/snapshot.ts";
import { threatMarkdown } from "./threatText.ts";

/** How many rules of the workspace name a tactic or technique; undefined while that is not counted. */
export type RuleCount = (id: string) => number | undefined;

export function threatHover(
  snapshot: Snapshot,
  offset: number,
  ruleCount: RuleCount | undefined,
): { readonly span: Span; readonly markdown: string } | undefined {
  const { attack } = snapshot.knowledge;
  if (attack === undefined) return undefined;
  for (const threat of namedThreats(snapshot.rule())) {
    const { id, name, reference } = threat.ref;
    const at = [id, name, reference].find((text) => text && touches(text.span, offset));
    if (at === undefined) continue;
    const { framework, version } = threat.scope;
    const catalog = nearestCatalog(attack, framework, version);
    const known = catalog && knownThreat(threat, catalog);
    if (catalog === undefined || known === undefined) return undefined;
    return { span: at.span, markdown: markdownOf(threat, known, catalog, ruleCount) };
  }
  return undefined;
}

/** By id; while the id is not right, by name. */
function knownThreat({ role, ref }: NamedThreat, attack: AttackCatalog): Tactic | Technique | undefined {
  const id = ref.id?.value ?? "";
  const name = ref.name?.value ?? "";
  if (role === "tactic") return attack.tactic(id) ?? attack.tacticNamed(name);
  return attack.technique(id) ?? attack.techniquesNamed(name)[0];
}

function markdownOf(
  threat: NamedThreat,
  known: Tactic | Technique,
  catalog: AttackCatalog,
  ruleCount: RuleCount | undefined,
): string {
  return threatMarkdown(known, catalog, {
    tactic: threat.entry.tactic?.id?.value,
    parent: threat.role === "sub-technique" ? threat.parent.id?.value : undefined,
    ruleCount: ruleCount?.(known.id),
  });
}
