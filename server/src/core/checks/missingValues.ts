/** What a missing key most likely is: told by the rule's other keys, by what Elastic's rules usually have, or by ATT&CK. */
import { lazy } from "../base/lazy.ts";
import { attackUrl, type AttackCatalog } from "../knowledge/attack.ts";
import { loadedCatalog } from "../knowledge/attackVersions.ts";
import { type RuleKey, type RuleType } from "../rule/keyTypes.ts";
import { tableIn, textIn } from "../rule/read.ts";
import { type RuleDocument } from "../rule/model.ts";
import { bandOfScore, bandOfSeverity } from "../rule/severities.ts";
import { type NamedThreat, namedThreats } from "../rule/threats.ts";
import { type SectionVisit } from "../rule/visit.ts";
import { type TomlTable } from "../toml/model.ts";
import { type RulePlace } from "./check.ts";
import { derivedId } from "./derivedId.ts";
import { numberOf } from "./readValue.ts";
import { idInReference, threatOfId } from "./threatIdentity.ts";

/** What is asked for values: a rule in its place. */
export interface Asking {
  readonly rule: RuleDocument;
  readonly place: RulePlace;
  threatOf(table: TomlTable): NamedThreat | undefined;
}

export function askingFor(rule: RuleDocument, place: RulePlace): Asking {
  const threats = lazy(() => new Map([...namedThreats(rule)].map((threat) => [threat.ref.table, threat])));
  return { rule, place, threatOf: (table) => threats().get(table) };
}

/** As they stand in the file, the likeliest first; none if only the author can tell. */
export function likelyValues(
  key: RuleKey,
  { section, table }: SectionVisit,
  asking: Asking,
): readonly string[] {
  const threat = asking.threatOf(table);
  if (threat !== undefined) return threatValue(key.name, threat, asking.place.attack);
  const special = LIKELY.get(section === "" ? key.name : `${section}.${key.name}`);
  if (special !== undefined) return special(asking);
  const choices = key.type.kind === "text" ? (key.type.oneOf ?? []) : [];
  return choices.length === 1 ? choices.map(quoted) : [];
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

const always =
  (...values: readonly string[]) =>
  (): readonly string[] =>
    values;

const LIKELY: ReadonlyMap<string, (asking: Asking) => readonly string[]> = new Map([
  ["metadata.creation_date", dateLike("updated_date")],
  ["metadata.updated_date", dateLike("creation_date")],
  ["metadata.maturity", always('"production"', '"development"')],
  ["rule.anomaly_threshold", always("50")],
  ["rule.author", authors],
  ["rule.language", languages],
  ["rule.name", nameInNote],
  [
    "rule.risk_score",
    ({ rule }) => [String(bandOfSeverity(written(rule, "severity") ?? "medium")?.usual ?? 47)],
  ],
  ["rule.rule_id", ({ rule, place }) => [quoted(derivedId(rule.toml.text, place.path ?? ""))]],
  ["rule.severity", severities],
  ["rule.threat_index", always('["logs-ti_*"]')],
  ["rule.threat_language", always('"kuery"')],
  ["rule.type", types],
  ["rule.threat.framework", always('"MITRE ATT&CK"')],
  ["rule.threat_mappings.framework", always('"MITRE ATT&CK"')],
  ["rule.alert_suppression.duration", always('{ value = 5, unit = "m" }')],
  ["rule.alert_suppression (threshold).duration", always('{ value = 5, unit = "m" }')],
  ["rule.alert_suppression.duration.unit", always('"m"')],
  ["rule.alert_suppression.duration.value", always("5")],
  ["rule.alert_suppression.missing_fields_strategy", always('"suppress"', '"doNotSuppress"')],
  ["rule.required_fields.ecs", always("true", "false")],
  ["rule.threshold.field", always("[]")],
  ["rule.threshold.value", always("1")],
  ["transform.investigate.providers.excluded", always("false")],
  ["transform.investigate.providers.queryType", always('"phrase"')],
  ["transform.investigate.providers.valueType", always('"string"')],
]);

function written({ rule }: RuleDocument, name: string): string | undefined {
  return rule && textIn(rule, name)?.value;
}

/** The other date of the rule is the best guess without a clock. */
function dateLike(other: string): (asking: Asking) => readonly string[] {
  return ({ rule: { metadata } }) => {
    const date = metadata && textIn(metadata, other)?.value;
    return date !== undefined && /^\d{4}\/\d{2}\/\d{2}$/.test(date) ? [quoted(date)] : [];
  };
}

function authors({ rule, place }: Asking): readonly string[] {
  const isElastic = place.repository.kind === "elastic" || written(rule, "license") === "Elastic License v2";
  return isElastic ? ['["Elastic"]'] : [];
}

function languages({ rule: { type } }: Asking): readonly string[] {
  if (type === undefined || type === "machine_learning") return [];
  return type === "eql" || type === "esql" ? [quoted(type)] : ['"kuery"', '"lucene"'];
}

/** The guide to a rule's investigation names it. */
function nameInNote({ rule }: Asking): readonly string[] {
  const [, name] = /^### Investigating[ \t]+(.*\S)[ \t]*$/m.exec(written(rule, "note") ?? "") ?? [];
  return name === undefined ? [] : [quoted(name)];
}

function severities({ rule: { rule } }: Asking): readonly string[] {
  const score = numberOf(rule?.byName.get("risk_score")?.value);
  const band = score === undefined ? bandOfSeverity("medium") : bandOfScore(score);
  return band === undefined ? [] : [quoted(band.severity)];
}

function types({ rule }: Asking): readonly string[] {
  const type = likelyType(rule);
  return type === undefined ? [] : [quoted(type)];
}

/** What a rule's type is by its other keys: those that one type only has tell it, else the language does. */
export function likelyType({ rule }: RuleDocument): RuleType | undefined {
  if (rule === undefined) return undefined;
  const language = textIn(rule, "language")?.value;
  if (language === "eql" || language === "esql") return language;
  if (tableIn(rule, "threshold") !== undefined) return "threshold";
  if (tableIn(rule, "new_terms") !== undefined) return "new_terms";
  if (rule.byName.has("threat_mapping")) return "threat_match";
  if (rule.byName.has("machine_learning_job_id")) return "machine_learning";
  return language === undefined ? undefined : "query";
}

/** Of id, name and reference, those that are there tell the others. */
function threatValue(
  name: string,
  threat: NamedThreat,
  baseline: AttackCatalog | undefined,
): readonly string[] {
  const { ref, scope } = threat;
  const attack = baseline && loadedCatalog(baseline, scope.framework, scope.version);
  const page = ref.reference === undefined ? undefined : idInReference(ref.reference.value);
  if (name === "reference") {
    const id = ref.id?.value ?? (attack && onlyNamed(threat, attack)?.id);
    return id !== undefined && /^(TA?\d+(\.\d+)?|AML\.TA?\d+(\.\d+)?)$/.test(id)
      ? [quoted(attackUrl(id))]
      : [];
  }
  if (name === "id") {
    const id = page ?? (attack && onlyNamed(threat, attack)?.id);
    return id === undefined ? [] : [quoted(id)];
  }
  if (name !== "name" || attack === undefined) return [];
  const known =
    threatOfId(threat, attack) ??
    (page === undefined ? undefined : (attack.technique(page) ?? attack.tactic(page)));
  return known === undefined ? [] : [quoted(known.name)];
}

function onlyNamed({ role, ref }: NamedThreat, attack: AttackCatalog): { readonly id: string } | undefined {
  const name = ref.name?.value ?? "";
  if (role === "tactic") return attack.tacticNamed(name);
  const found = attack
    .techniquesNamed(name)
    .filter(({ parent }) => (parent === undefined) === (role === "technique"));
  return found.length === 1 ? found[0] : undefined;
}
