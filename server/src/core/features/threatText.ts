/** What a hover says of a tactic or technique: what it is, where it stands, what becomes of it, how well it is covered. */
import {
  type AttackCatalog,
  type AttackConversion,
  type DropReason,
  type Tactic,
  type TacticFate,
  type Technique,
  type TechniqueFate,
  attackUrl,
  currentTechnique,
} from "../knowledge/attack.ts";
import { listed } from "../base/listed.ts";
import { escaped, inlineCode, paragraphs } from "./markdown.ts";

/** Where the rule names it, and what the caller knows beyond the catalog. */
export interface ThreatContext {
  /** The id of the entry's tactic. */
  readonly tactic: string | undefined;
  /** The id of the technique above a sub-technique, as the rule has it. */
  readonly parent: string | undefined;
  /** How many rules of the workspace name it; undefined while that is not counted. */
  readonly ruleCount: number | undefined;
}

/** Lists longer than this are cut, and say how much is left out. */
const LIST_LIMIT = 6;

export function threatMarkdown(
  threat: Tactic | Technique,
  attack: AttackCatalog,
  context: ThreatContext,
): string {
  const framework = attack.framework === "MITRE ATLAS" ? "ATLAS" : "ATT&CK";
  const facts =
    threat.kind === "tactic" ? tacticFacts(threat, attack) : techniqueFacts(threat, attack, context);
  return paragraphs(
    `**${escaped(threat.id)} ${escaped(threat.name)}** · ${framework} ${attack.version}`,
    threat.kind === "technique" ? statusOf(threat, attack) : undefined,
    prose(threat.description),
    list([...facts, coverage(context.ruleCount)]),
    `[${attackUrl(threat.id)}](${attackUrl(threat.id)})`,
  );
}

/** Descriptions have code between backticks; the rest is plain. */
function prose(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? inlineCode(part.slice(1, -1)) : escaped(part)))
    .join("");
}

function list(facts: readonly (string | undefined)[]): string {
  return facts
    .filter((fact) => fact !== undefined)
    .map((fact) => `- ${fact}`)
    .join("\n");
}

function coverage(ruleCount: number | undefined): string | undefined {
  if (ruleCount === undefined) return undefined;
  if (ruleCount === 0) return "Covered by no rule of the workspace";
  return `Covered by ${ruleCount} ${ruleCount === 1 ? "rule" : "rules"} of the workspace`;
}

function statusOf(technique: Technique, attack: AttackCatalog): string | undefined {
  if (technique.replacedBy !== undefined) {
    const current = currentTechnique(attack, technique);
    // A successor that is in no catalog is still worth its id.
    const name = current === technique ? technique.replacedBy : named(current);
    return `**Replaced by ${escaped(name)}**`;
  }
  return technique.isDeprecated ? "**Deprecated**, without a successor" : undefined;
}

function tacticFacts(tactic: Tactic, attack: AttackCatalog): readonly (string | undefined)[] {
  const count = attack.techniques.filter(
    (one) => one.tactics.includes(tactic.id) && one.parent === undefined,
  ).length;
  const { conversion } = attack;
  return [`Tactic with ${count} techniques`, conversion && tacticFateText(tactic, conversion)];
}

function techniqueFacts(
  technique: Technique,
  attack: AttackCatalog,
  context: ThreatContext,
): readonly (string | undefined)[] {
  const { parent, tactics, platforms, mitigations } = technique;
  const above = parent === undefined ? undefined : attack.technique(parent);
  return [
    above && `Sub-technique of: ${escaped(named(above))}`,
    tactics.length === 0 ? undefined : `Tactics: ${escaped(tacticNames(tactics, attack))}`,
    platforms.length === 0 ? undefined : `Platforms: ${escaped(platforms.join(", "))}`,
    shortList("Sub-techniques", attack.subtechniquesOf(technique.id).map(named)),
    shortList("Mitigations", (mitigations ?? []).map(named)),
    attack.conversion && techniqueFateText(technique, attack.conversion, context),
  ];
}

function named({ id, name }: { readonly id: string; readonly name: string }): string {
  return `${id} ${name}`;
}

function tacticNames(ids: readonly string[], attack: AttackCatalog): string {
  return ids.map((id) => `${attack.tactic(id)?.name ?? ""} (${id})`).join(", ");
}

function shortList(title: string, items: readonly string[]): string | undefined {
  if (items.length === 0) return undefined;
  const shown = items.slice(0, LIST_LIMIT).join(", ");
  const left = items.length - LIST_LIMIT;
  return `${title}: ${escaped(shown)}${0 < left ? ` and ${left} more` : ""}`;
}

function tacticFateText(tactic: Tactic, conversion: AttackConversion): string {
  return `${later(conversion)}: ${tacticFate(conversion.tacticFate(tactic))}`;
}

function tacticFate(fate: TacticFate): string {
  switch (fate.kind) {
    case "kept":
      return fate.isRenamed ? `renamed to ${escaped(fate.name)}` : "unchanged";
    case "replaced":
      return `becomes ${escaped(named(fate))}`;
    case "dropped":
      return "no longer there; its techniques go where the matrix lists them";
  }
}

function techniqueFateText(
  technique: Technique,
  conversion: AttackConversion,
  { tactic, parent }: ThreatContext,
): string {
  const above = technique.parent === undefined ? undefined : (parent ?? technique.parent);
  const fate = conversion.techniqueFate({ technique, parent: above, tactic });
  return `${later(conversion)}: ${techniqueFate(fate)}`;
}

function later({ target, fromStack }: AttackConversion): string {
  return `ATT&CK ${target.version}, on ${fromStack === undefined ? "every stack" : `stacks from ${fromStack}`}`;
}

function techniqueFate(fate: TechniqueFate): string {
  switch (fate.kind) {
    case "kept": {
      const changes = [
        fate.isRenamed ? `renamed to ${escaped(fate.name)}` : undefined,
        fate.isMoved ? `moved to ${place(fate.tactics)}` : undefined,
      ].filter((change) => change !== undefined);
      return changes.length === 0 ? "unchanged" : changes.join(", ");
    }
    case "replaced":
      return `becomes ${escaped(named(fate))}${fate.isMoved ? `, under ${place(fate.tactics)}` : ""}`;
    case "dropped": {
      const successor = fate.successor && `; its successor is ${escaped(named(fate.successor))}`;
      return `left out, as ${DROP_REASONS[fate.reason]}${successor ?? ""}`;
    }
  }
}

function place(tactics: readonly Tactic[]): string {
  return escaped(
    listed(
      tactics.map(({ id, name }) => `${name} (${id})`),
      "and",
    ),
  );
}

const DROP_REASONS: Readonly<Record<DropReason, string>> = {
  "by-map": "the version map says",
  revoked: "it is revoked there",
  deprecated: "it is deprecated there",
  absent: "it is not there",
  "not-mapped": "the version map does not list it",
  "with-parent": "the technique above it is left out",
};
