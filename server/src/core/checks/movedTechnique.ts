/** Edits for a technique whose successor stands in another place: a sub-technique below its parent. */
import { attackUrl, type AttackCatalog, type Technique } from "../knowledge/attack.ts";
import { type RuleDocument, type TechniqueRef } from "../rule/model.ts";
import { type NamedThreat } from "../rule/threats.ts";
import { type Edit } from "../text/edit.ts";
import { spanOf, textAt } from "../text/span.ts";
import { sectionOf } from "../toml/edits.ts";
import { renameThreat } from "./threatEdits.ts";

/** The technique gives way to the parent, and the sub-technique is added below it. Undefined where that fits nowhere. */
export function movedBelowParent(
  { toml }: RuleDocument,
  { ref, entry }: NamedThreat & { readonly role: "technique"; readonly ref: TechniqueRef },
  current: Technique,
  attack: AttackCatalog,
): readonly Edit[] | undefined {
  const parent = current.parent === undefined ? undefined : attack.technique(current.parent);
  const header = toml.headerOf.get(ref.table);
  if (parent === undefined || header === undefined) return undefined;
  // Another table of the parent would stand twice; others' sub-techniques would stand below the wrong one.
  if (entry.techniques.some((other) => other !== ref && other.id?.value === parent.id)) return undefined;
  const below = ref.subtechniques.map(({ id }) => id?.value);
  if (below.some((id) => id === undefined || attack.technique(id)?.parent !== parent.id)) return undefined;
  const renamed = renameThreat(ref, parent);
  if (renamed === undefined || below.includes(current.id)) return renamed;
  const section = sectionOf(toml, ref.table);
  const end = section.start + textAt(toml.text, section).trimEnd().length;
  const path = header.parts.map(({ name }) => name).join(".");
  const text = [
    `\n\n[[${path}.subtechnique]]`,
    `id = ${JSON.stringify(current.id)}`,
    `name = ${JSON.stringify(current.name)}`,
    `reference = ${JSON.stringify(attackUrl(current.id))}`,
  ].join("\n");
  return [...renamed, { span: spanOf(end, end), text }];
}
