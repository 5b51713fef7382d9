/** What a rule says beside its query about how it runs. */
import { type RuleDocument } from "../../rule/model.ts";
import { tableIn, textIn } from "../../rule/read.ts";
import { type TomlTable } from "../../toml/model.ts";

export interface RuleSettings {
  readonly categoryField: string;
  readonly timestampField: string;
  readonly tiebreakerField: string | undefined;
  /** How many alerts one run may write. */
  readonly maxSignals: number;
  /** Undefined: the rule reads a data view, or says nothing. */
  readonly indexPatterns: readonly string[] | undefined;
  readonly suppression: Suppression | undefined;
}

/** Alerts of one group become one. */
export interface Suppression {
  readonly fields: readonly string[];
  /** `separate`: an event without one of the fields alerts alone. `group`: nothing is a value like others. */
  readonly missing: "separate" | "group";
}

export function ruleSettings({ rule }: RuleDocument): RuleSettings {
  const text = (name: string): string | undefined =>
    rule === undefined ? undefined : textIn(rule, name)?.value;
  const maxSignals = rule?.byName.get("max_signals")?.value;
  return {
    categoryField: text("event_category_override") ?? "event.category",
    timestampField: text("timestamp_field") ?? "@timestamp",
    tiebreakerField: text("tiebreaker_field"),
    maxSignals: maxSignals?.kind === "integer" ? maxSignals.value : DEFAULT_MAX_SIGNALS,
    indexPatterns: rule === undefined ? undefined : textsIn(rule, "index"),
    suppression: suppressionOf(rule === undefined ? undefined : tableIn(rule, "alert_suppression")),
  };
}

/** What Kibana takes where a rule says nothing. */
const DEFAULT_MAX_SIGNALS = 100;

function suppressionOf(table: TomlTable | undefined): Suppression | undefined {
  const fields = table === undefined ? undefined : textsIn(table, "group_by");
  if (table === undefined || fields === undefined || fields.length === 0) return undefined;
  const strategy = textIn(table, "missing_fields_strategy")?.value;
  return { fields, missing: strategy === "doNotSuppress" ? "separate" : "group" };
}

/** One name, or a list of them; none if the key is missing. */
export function namesIn(table: TomlTable, name: string): readonly string[] {
  const one = textIn(table, name)?.value;
  return one === undefined ? (textsIn(table, name) ?? []) : [one].filter((text) => text !== "");
}

/** Undefined if the key is missing or no list. */
export function textsIn(table: TomlTable, name: string): readonly string[] | undefined {
  const value = table.byName.get(name)?.value;
  if (value?.kind !== "array") return undefined;
  return value.items.flatMap((item) => (item.kind === "string" ? [item.value] : []));
}
