/** The tactic beside techniques: a technique that is picked fills an empty one, and its own tactics are offered first. */
import { type AttackCatalog, type Technique } from "../knowledge/attack.ts";
import { type ThreatSuggestion, threatInsert } from "../knowledge/attackSearch.ts";
import { type RuleDocument, type ThreatEntry } from "../rule/model.ts";
import { ATLAS_FRAMEWORK, type ThreatScope } from "../rule/threats.ts";
import { type Edit } from "../text/edit.ts";
import { replaceText } from "../toml/edits.ts";
import { tagEdit } from "./completionTags.ts";

export interface EntryPlace {
  readonly scope: ThreatScope;
  readonly entry: ThreatEntry;
}

/** None where the author has begun to write a tactic, or has a choice of several. */
export function tacticEdits(
  rule: RuleDocument,
  { scope, entry: { tactic: written } }: EntryPlace,
  technique: Technique,
  catalog: AttackCatalog,
): readonly Edit[] {
  const [only, ...others] = technique.tactics;
  const tactic = only === undefined || 0 < others.length ? undefined : catalog.tactic(only);
  if (tactic === undefined || written?.id?.value !== "") return [];
  const insert = threatInsert(tactic);
  const edits = (["id", "name", "reference"] as const).flatMap((part) => {
    const value = written.table.byName.get(part)?.value;
    return value?.kind === "string" && value.value === "" && value.isClosed
      ? (replaceText(value, insert[part]) ?? [])
      : [];
  });
  const hasTag = scope.version === undefined && scope.framework !== ATLAS_FRAMEWORK;
  const tag = hasTag ? tagEdit(rule, { kind: "tactic", name: tactic.name }) : undefined;
  return tag === undefined ? edits : [...edits, tag];
}

export function fittingFirst(
  found: readonly ThreatSuggestion[],
  { techniques }: ThreatEntry,
  catalog: AttackCatalog,
): readonly ThreatSuggestion[] {
  const own = new Set(techniques.flatMap(({ id }) => catalog.technique(id?.value ?? "")?.tactics ?? []));
  const fits = ({ insert }: ThreatSuggestion): boolean => own.has(insert.id);
  return [...found.filter(fits), ...found.filter((one) => !fits(one))];
}
