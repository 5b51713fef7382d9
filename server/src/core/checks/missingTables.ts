/** Tables that a rule lacks as a whole, as far as the rest of it tells what stands in them. */
import { type AttackCatalog, attackUrl, type Tactic } from "../knowledge/attack.ts";
import { type RuleKey } from "../rule/keyTypes.ts";
import { type RuleDocument, type ThreatEntry } from "../rule/model.ts";
import { threatEntry } from "../rule/read.ts";
import { ATTACK_FRAMEWORK } from "../rule/threats.ts";
import { type SectionVisit } from "../rule/visit.ts";
import { type Fix } from "../text/edit.ts";
import { spanOf } from "../text/span.ts";
import { insertTable, type NewKey, withNewlinesOf } from "../toml/insertion.ts";
import { type RulePlace } from "./check.ts";
import { unsafeFix } from "./unsafeFix.ts";

/** None for keys that are no tables, and for tables that only the author can fill. */
export function missingTable(
  { name }: RuleKey,
  { section, table }: SectionVisit,
  rule: RuleDocument,
  { attack }: RulePlace,
): readonly Fix[] {
  const inserted = (title: string, isList: boolean, keys: readonly NewKey[]): readonly Fix[] =>
    unsafeFix(title, insertTable(rule.toml, table, { name, isList, keys }));
  switch (`${section}.${name}`) {
    case ".metadata":
      return unsafeFix("Insert [metadata]", {
        span: spanOf(0, 0),
        text: withNewlinesOf(rule.toml, '[metadata]\nmaturity = "production"\n\n'),
      });
    case "rule.threshold":
      return inserted("Insert [rule.threshold]", false, THRESHOLD);
    case "rule.new_terms.history_window_start":
      return inserted("Insert a history of 14 days", true, HISTORY);
    case "rule.threat.tactic":
      return tacticsOf(threatEntry(table), attack).flatMap((tactic) =>
        inserted(`Insert the tactic ${tactic.name}`, false, tacticKeys(tactic)),
      );
    default:
      return [];
  }
}

const THRESHOLD: readonly NewKey[] = [
  { name: "field", value: "[]" },
  { name: "value", value: "1" },
];

const HISTORY: readonly NewKey[] = [
  { name: "field", value: '"history_window_start"' },
  { name: "value", value: '"now-14d"' },
];

/** Those under which all techniques of the entry stand. */
function tacticsOf(
  { framework, techniques: refs }: ThreatEntry,
  attack: AttackCatalog | undefined,
): readonly Tactic[] {
  const isAttack = framework === undefined || framework.value === ATTACK_FRAMEWORK;
  if (attack === undefined || !isAttack) return [];
  const techniques = refs.flatMap(({ id }) => (id && attack.technique(id.value)) ?? []);
  if (techniques.length === 0) return [];
  return attack.tactics.filter(({ id }) => techniques.every(({ tactics }) => tactics.includes(id)));
}

function tacticKeys({ id, name }: Tactic): readonly NewKey[] {
  return [
    { name: "id", value: JSON.stringify(id) },
    { name: "name", value: JSON.stringify(name) },
    { name: "reference", value: JSON.stringify(attackUrl(id)) },
  ];
}
