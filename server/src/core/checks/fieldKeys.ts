/** Keys of a rule that name fields of its events. */
import { type RuleDocument } from "../rule/model.ts";
import { tableIn, tablesIn } from "../rule/read.ts";
import { type TomlString, type TomlTable, type TomlValue } from "../toml/model.ts";

export interface FieldKey {
  /** For messages: `new_terms.value`. */
  readonly key: string;
  readonly host: TomlString;
  /** Elastic's CI looks the field up in the schemas. Elsewhere a field that no alert has does no harm there. */
  readonly isLookedUp: boolean;
}

export function fieldKeys({ rule }: RuleDocument): readonly FieldKey[] {
  if (rule === undefined) return [];
  const newTerms = tableIn(rule, "new_terms");
  const suppression = tableIn(rule, "alert_suppression");
  const threshold = tableIn(rule, "threshold");
  const investigation = tableIn(rule, "investigation_fields");
  return [
    ...textsOf(newTerms, "value", "new_terms.value", LOOKED_UP),
    ...textsOf(rule, "new_terms_fields", "new_terms_fields", LOOKED_UP),
    ...textsOf(suppression, "group_by", "alert_suppression.group_by", LOOKED_UP),
    ...CONFIGURED.flatMap((name) => textsOf(rule, name, name, LOOKED_UP)),
    ...textsOf(threshold, "field", "threshold.field", NOT_LOOKED_UP),
    ...inTables(threshold, "cardinality", "field", "threshold.cardinality.field"),
    ...textsOf(investigation, "field_names", "investigation_fields.field_names", NOT_LOOKED_UP),
    ...inTables(rule, "required_fields", "name", "required_fields.name"),
    ...inTables(rule, "risk_score_mapping", "field", "risk_score_mapping.field"),
    ...inTables(rule, "severity_mapping", "field", "severity_mapping.field"),
    ...OVERRIDES.flatMap((name) => textsOf(rule, name, name, NOT_LOOKED_UP)),
    ...tablesIn(rule, "threat_mapping").flatMap((mapping) => [
      ...inTables(mapping, "entries", "field", "threat_mapping.entries.field"),
      ...inTables(mapping, "entries", "value", "threat_mapping.entries.value"),
    ]),
  ];
}

const LOOKED_UP = { isLookedUp: true };
const NOT_LOOKED_UP = { isLookedUp: false };

/** Fields by which EQL finds the category, the order and the time of events. */
const CONFIGURED: readonly string[] = ["event_category_override", "tiebreaker_field", "timestamp_field"];
const OVERRIDES: readonly string[] = ["timestamp_override", "rule_name_override"];

function inTables(
  table: TomlTable | undefined,
  list: string,
  name: string,
  key: string,
): readonly FieldKey[] {
  return table === undefined
    ? []
    : tablesIn(table, list).flatMap((inner) => textsOf(inner, name, key, NOT_LOOKED_UP));
}

/** One text, or a list of them. */
function textsOf(
  table: TomlTable | undefined,
  name: string,
  key: string,
  { isLookedUp }: { readonly isLookedUp: boolean },
): readonly FieldKey[] {
  return table === undefined ? [] : textsIn(table, name).map((host) => ({ key, host, isLookedUp }));
}

/** The text of a key, or the texts of its list. */
export function textsIn(table: TomlTable, name: string): readonly TomlString[] {
  const value = table.byName.get(name)?.value;
  const items = value?.kind === "array" ? value.items : value === undefined ? [] : [value];
  return items.filter(isText);
}

function isText(value: TomlValue): value is TomlString {
  return value.kind === "string" && value.isClosed && value.value.trim() !== "";
}
