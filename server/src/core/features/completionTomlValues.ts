/** Values of a rule's keys: those that the table of keys lists, and what we know of the others. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type KeyType } from "../rule/keyTypes.ts";
import { textIn } from "../rule/read.ts";
import { type CompletionSources } from "./completion.ts";
import { type ValueSite } from "./completionSite.ts";
import { indexPatterns, packages } from "./completionSources.ts";

export interface TomlChoice {
  readonly value: string;
  /** Written without quotes. */
  readonly isBare: boolean;
  readonly detail: string;
}

/** The best first. */
export function choicesFor(
  site: ValueSite,
  snapshot: Snapshot,
  sources: CompletionSources,
): readonly TomlChoice[] {
  const special = SPECIAL.get(site.path.join("."));
  return special?.({ site, snapshot, sources }) ?? choicesOfType(site.type);
}

interface Asking {
  readonly site: ValueSite;
  readonly snapshot: Snapshot;
  readonly sources: CompletionSources;
}

function texts(values: readonly string[], detail = ""): readonly TomlChoice[] {
  return values.map((value) => ({ value, isBare: false, detail }));
}

function choicesOfType(type: KeyType): readonly TomlChoice[] {
  switch (type.kind) {
    case "text":
      return texts(type.oneOf ?? []);
    case "boolean":
      return ["true", "false"].map((value) => ({ value, isBare: true, detail: "" }));
    case "list":
      return choicesOfType(type.item);
    case "either":
      return type.types.flatMap(choicesOfType);
    case "integer":
    case "table":
    case "free-table":
      return [];
  }
}

function today({ sources }: Asking): readonly TomlChoice[] {
  return sources.today === undefined ? [] : texts([sources.today], "today");
}

/** What Elastic's rules give to each severity. */
const SCORES: readonly (readonly [string, string])[] = [
  ["low", "21"],
  ["medium", "47"],
  ["high", "73"],
  ["critical", "99"],
];

function riskScores({ snapshot }: Asking): readonly TomlChoice[] {
  const { rule } = snapshot.rule();
  const severity = rule && textIn(rule, "severity")?.value;
  const own = SCORES.filter(([name]) => name === severity);
  return [...own, ...SCORES.filter(([name]) => name !== severity)].map(([name, value]) => ({
    value,
    isBare: true,
    detail: name,
  }));
}

function tags({ snapshot }: Asking): readonly TomlChoice[] {
  const { threats, metadata } = snapshot.rule();
  const tactics = threats.flatMap(({ tactic }) =>
    tactic?.name === undefined ? [] : [`Tactic: ${tactic.name.value}`],
  );
  const all = snapshot.knowledge.attack?.tactics.map(({ name }) => `Tactic: ${name}`) ?? [];
  const isDefend = metadata !== undefined && textIn(metadata, "integration")?.value === "endpoint";
  return [
    ...texts([...new Set(tactics)], "of this rule"),
    ...texts(isDefend ? ["Data Source: Elastic Defend"] : []),
    ...texts(USUAL_TAGS),
    ...texts(all.filter((tag) => !tactics.includes(tag))),
  ];
}

const USUAL_TAGS = [
  "OS: Windows",
  "OS: Linux",
  "OS: macOS",
  "Domain: Endpoint",
  "Domain: Cloud",
  "Domain: Network",
  "Domain: Identity",
  "Use Case: Threat Detection",
  "Rule Type: BBR",
  "Resources: Investigation Guide",
];

function stacks({ snapshot }: Asking): readonly TomlChoice[] {
  const known = snapshot.knowledge.schemas?.stacks.map(({ version }) => version) ?? [];
  return texts([...known].reverse(), "supported stack");
}

function jobs({ snapshot }: Asking): readonly TomlChoice[] {
  const { schemas } = snapshot.knowledge;
  const integrations = snapshot.scope()?.subject.integrations ?? [];
  return texts(integrations.flatMap((name) => schemas?.jobsOf(name) ?? []));
}

const fixed =
  (...values: readonly string[]) =>
  (): readonly TomlChoice[] =>
    texts(values);

/** Keys whose values the table of keys cannot list. */
const SPECIAL: ReadonlyMap<string, (asking: Asking) => readonly TomlChoice[]> = new Map([
  ["metadata.creation_date", today],
  ["metadata.updated_date", today],
  ["metadata.deprecation_date", today],
  ["metadata.integration", ({ snapshot }) => packages(snapshot)],
  ["metadata.min_stack_version", stacks],
  ["rule.index", ({ snapshot }) => indexPatterns(snapshot)],
  ["rule.threat_index", fixed("logs-ti_*", "filebeat-*")],
  ["rule.threat_indicator_path", fixed("threat.indicator")],
  ["rule.rule_id", ({ sources }) => (sources.freshId === undefined ? [] : texts([sources.freshId], "new"))],
  ["rule.risk_score", riskScores],
  ["rule.tags", tags],
  ["rule.license", fixed("Elastic License v2")],
  ["rule.from", fixed("now-9m", "now-6m", "now-10m", "now-30m", "now-60m", "now-119m")],
  ["rule.to", fixed("now")],
  ["rule.interval", fixed("5m", "10m", "15m", "30m", "60m", "1h", "24h")],
  ["rule.related_integrations.package", ({ snapshot }) => packages(snapshot)],
  ["rule.machine_learning_job_id", jobs],
  ["rule.new_terms.field", fixed("new_terms_fields")],
  ["rule.new_terms.history_window_start.field", fixed("history_window_start")],
  ["rule.new_terms.history_window_start.value", fixed("now-14d", "now-10d", "now-7d", "now-5d", "now-30d")],
  ["rule.history_window_start", fixed("now-14d", "now-10d", "now-7d", "now-5d", "now-30d")],
]);

/** Keys that name fields of events. */
export function namesField(path: readonly string[]): boolean {
  return FIELD_KEYS.has(path.join("."));
}

const FIELD_KEYS: ReadonlySet<string> = new Set([
  "rule.alert_suppression.group_by",
  "rule.event_category_override",
  "rule.investigation_fields.field_names",
  "rule.new_terms.value",
  "rule.new_terms_fields",
  "rule.required_fields.name",
  "rule.risk_score_mapping.field",
  "rule.rule_name_override",
  "rule.severity_mapping.field",
  "rule.threat_mapping.entries.field",
  "rule.threat_mapping.entries.value",
  "rule.threshold.field",
  "rule.threshold.cardinality.field",
  "rule.tiebreaker_field",
  "rule.timestamp_field",
  "rule.timestamp_override",
  "transform.investigate.providers.field",
]);
