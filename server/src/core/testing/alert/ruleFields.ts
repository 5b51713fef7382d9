/** The fields of an alert that come from its rule, and those that the rule lets the event decide. */
import { type JsonObject, type JsonValue } from "../../engine/event.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { tablesIn, textIn } from "../../rule/read.ts";
import { type TomlTable } from "../../toml/model.ts";
import { plainToml } from "../plainToml.ts";

/** Keys of a rule that stand in its alerts under the same name. */
const COPIED: readonly string[] = [
  "author",
  "description",
  "false_positives",
  "from",
  "interval",
  "license",
  "max_signals",
  "note",
  "references",
  "rule_id",
  "severity",
  "risk_score",
  "tags",
  "threat",
  "timestamp_override",
  "to",
  "type",
  "version",
];

const CATEGORIES: ReadonlyMap<string, string> = new Map([
  ["eql", "Event Correlation Rule"],
  ["esql", "ES|QL Rule"],
  ["machine_learning", "Machine Learning Rule"],
  ["new_terms", "New Terms Rule"],
  ["query", "Custom Query Rule"],
  ["threat_match", "Indicator Match Rule"],
  ["threshold", "Threshold Rule"],
]);

export function ruleFields({ rule, type }: RuleDocument, name: string): JsonObject {
  if (rule === undefined) return {};
  const copied = COPIED.flatMap((key): [string, JsonValue][] => {
    const value = rule.byName.get(key)?.value;
    return value === undefined ? [] : [[`kibana.alert.rule.${key}`, plainToml(value)]];
  });
  return {
    ...Object.fromEntries(copied),
    "kibana.alert.rule.name": name,
    "kibana.alert.rule.category": CATEGORIES.get(type ?? "") ?? "Rule",
    "kibana.alert.rule.consumer": "siem",
    "kibana.alert.rule.producer": "siem",
  };
}

export interface Overrides {
  readonly name: string;
  readonly severity: string;
  readonly riskScore: number;
}

/** `rule_name_override`, `severity_mapping` and `risk_score_mapping`, by the fields of the event. */
export function overrides({ rule, name }: RuleDocument, source: JsonObject): Overrides {
  const text = (key: string): string | undefined =>
    rule === undefined ? undefined : textIn(rule, key)?.value;
  const score = rule?.byName.get("risk_score")?.value;
  const nameField = text("rule_name_override");
  const overridden = nameField === undefined ? undefined : firstOf(source[nameField]);
  return {
    name: typeof overridden === "string" && overridden !== "" ? overridden : (name?.value ?? ""),
    severity: mappedSeverity(rule, source) ?? text("severity") ?? "low",
    riskScore: mappedScore(rule, source) ?? (score?.kind === "integer" ? score.value : 0),
  };
}

const SEVERITIES = ["low", "medium", "high", "critical"];

/** Of several that fit the highest counts. */
function mappedSeverity(rule: TomlTable | undefined, source: JsonObject): string | undefined {
  const fitting = mappingsIn(rule, "severity_mapping").flatMap((mapping) => {
    const { field, value, severity } = textsOf(mapping);
    return field !== undefined && String(firstOf(source[field]) ?? "") === value ? [severity ?? ""] : [];
  });
  return SEVERITIES.findLast((one) => fitting.includes(one));
}

function mappedScore(rule: TomlTable | undefined, source: JsonObject): number | undefined {
  for (const mapping of mappingsIn(rule, "risk_score_mapping")) {
    const { field } = textsOf(mapping);
    const value = field === undefined ? undefined : Number(firstOf(source[field]) ?? NaN);
    if (value !== undefined && 0 <= value && value <= 100) return value;
  }
  return undefined;
}

function mappingsIn(rule: TomlTable | undefined, key: string): readonly TomlTable[] {
  return rule === undefined ? [] : tablesIn(rule, key);
}

function textsOf(table: TomlTable): Readonly<Record<"field" | "value" | "severity", string | undefined>> {
  const text = (name: string): string | undefined => textIn(table, name)?.value;
  return { field: text("field"), value: text("value"), severity: text("severity") };
}

function firstOf(value: JsonValue | undefined): JsonValue | undefined {
  return Array.isArray(value) ? (value as readonly JsonValue[])[0] : value; // Just checked.
}
