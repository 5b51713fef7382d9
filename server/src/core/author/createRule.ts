/** A new rule from the ids that its author chose; what is unknown among them is refused. */
import { type Result } from "../base/result.ts";
import { type AttackCatalog, isOutdated } from "../knowledge/attack.ts";
import { DATA_SOURCES } from "./dataSources.ts";
import { ruleFileName } from "./fileName.ts";
import { type ImportWorld } from "./importedRule.ts";
import { NEW_RULE_KINDS, newRuleText, type NewRuleChoice, type TabStop, tabStops } from "./newRule.ts";

export interface RuleOrder {
  readonly kind: string;
  readonly source: string;
  readonly name: string;
  readonly author: string;
  readonly tactic: string | undefined;
  readonly technique: string | undefined;
}

export interface NewRuleFile {
  readonly fileName: string;
  readonly text: string;
}

export interface BegunRule extends NewRuleFile {
  readonly tabStops: readonly TabStop[];
}

export function createRule(
  order: RuleOrder,
  attack: AttackCatalog | undefined,
  { today, freshId }: ImportWorld,
): Result<BegunRule, string> {
  const kind = NEW_RULE_KINDS.find((one) => one.kind === order.kind)?.kind;
  if (kind === undefined)
    return unknown(
      "kind of rule",
      order.kind,
      NEW_RULE_KINDS.map((one) => one.kind),
    );
  const source = DATA_SOURCES.find(({ id }) => id === order.source);
  if (source === undefined)
    return unknown(
      "data source",
      order.source,
      DATA_SOURCES.map(({ id }) => id),
    );
  const threat = threatOf(order, attack);
  if (!threat.ok) return threat;
  const name = order.name.trim() === "" ? "New Rule" : order.name.trim();
  const author = order.author.trim() === "" ? "Unknown" : order.author.trim();
  const text = newRuleText({
    ...{ kind, source, name, author, today, attack },
    id: freshId(),
    threat: threat.value,
  });
  const fileName = ruleFileName(name, threat.value?.tactic.name);
  return { ok: true, value: { fileName, text, tabStops: tabStops(text, source) } };
}

function unknown(what: string, given: string, known: readonly string[]): Result<never, string> {
  return { ok: false, error: `There is no ${what} \`${given}\`: take one of ${known.join(", ")}` };
}

/** A technique alone stands under the first of its tactics. */
function threatOf(
  { tactic: tacticId, technique: techniqueId }: RuleOrder,
  attack: AttackCatalog | undefined,
): Result<NewRuleChoice["threat"], string> {
  if (tacticId === undefined && techniqueId === undefined) return { ok: true, value: undefined };
  if (attack === undefined) return { ok: false, error: "ATT&CK is not loaded" };
  const technique = techniqueId === undefined ? undefined : attack.technique(techniqueId);
  if (techniqueId !== undefined && (technique === undefined || isOutdated(technique)))
    return { ok: false, error: `ATT&CK ${attack.version} has no technique \`${techniqueId}\`` };
  const tactic = attack.tactic(tacticId ?? technique?.tactics[0] ?? "");
  if (tactic === undefined)
    return { ok: false, error: `ATT&CK ${attack.version} has no tactic \`${tacticId ?? ""}\`` };
  if (technique !== undefined && !technique.tactics.includes(tactic.id))
    return { ok: false, error: `${technique.id} ${technique.name} does not belong to ${tactic.name}` };
  return { ok: true, value: { tactic, technique } };
}
