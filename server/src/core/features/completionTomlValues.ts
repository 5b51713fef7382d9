/** Values of a rule's keys: those that the table of keys lists, and what we know of the others. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type KeyType } from "../rule/keyTypes.ts";
import { textIn } from "../rule/read.ts";
import { SEVERITY_BANDS } from "../rule/severities.ts";
import { TIMELINE_TEMPLATES } from "../rule/timelines.ts";
import { type Edit } from "../text/edit.ts";
import { spanOf } from "../text/span.ts";
import { replaceText } from "../toml/edits.ts";
import { type CompletionSources } from "./completion.ts";
import { type ValueSite } from "./completionSite.ts";
import { indexPatterns, packages } from "./completionSources.ts";
import { tagChoices } from "./completionTags.ts";

export interface TomlChoice {
  readonly value: string;
  /** Written without quotes. */
  readonly isBare: boolean;
  readonly detail: string;
  /** What is shown and searched for, where that is not the value. */
  readonly label?: string;
  /** Changes elsewhere that belong to it. */
  readonly moreEdits?: readonly Edit[];
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

/** The score that goes with the rule's severity comes first. */
function riskScores({ snapshot }: Asking): readonly TomlChoice[] {
  const { rule } = snapshot.rule();
  const severity = rule && textIn(rule, "severity")?.value;
  const own = SEVERITY_BANDS.filter((band) => band.severity === severity);
  const others = SEVERITY_BANDS.filter((band) => band.severity !== severity);
  return [...own, ...others].map((band) => ({
    value: String(band.usual),
    isBare: true,
    detail: band.severity,
  }));
}

/** A risk score that does not go with the severity changes with it. */
function severities({ snapshot }: Asking): readonly TomlChoice[] {
  const score = snapshot.rule().rule?.byName.get("risk_score")?.value;
  return SEVERITY_BANDS.map(({ severity, min, max, usual }) => {
    const isOther = score?.kind === "integer" && !(min <= score.value && score.value <= max);
    const moreEdits = isOther ? [{ span: score.span, text: String(usual) }] : [];
    return { value: severity, isBare: false, detail: isOther ? `with risk score ${usual}` : "", moreEdits };
  });
}

/** Id and title of a template change together. */
function timelines(part: "id" | "title"): (asking: Asking) => readonly TomlChoice[] {
  const other = part === "id" ? "title" : "id";
  return ({ site, snapshot }) =>
    TIMELINE_TEMPLATES.map((template) => {
      const edit = partnerEdit(snapshot, site, `timeline_${other}`, template[other]);
      const moreEdits = edit === undefined ? [] : [edit];
      // Nobody knows a template by its id.
      const { title } = template;
      return { value: template[part], isBare: false, detail: template.id, label: title, moreEdits };
    });
}

/** Undefined where the partner cannot be changed without touching what is being written. */
function partnerEdit({ text }: Snapshot, site: ValueSite, name: string, value: string): Edit | undefined {
  const partner = site.table.byName.get(name)?.value;
  if (partner?.kind === "string") return partner.isClosed ? replaceText(partner, value) : undefined;
  if (partner !== undefined || site.host?.isClosed !== true || site.table.form === "inline") return undefined;
  const { end } = site.entry.span;
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  return { span: spanOf(end, end), text: `${lineEnd}${name} = "${value}"` };
}

function tags({ snapshot, sources }: Asking): readonly TomlChoice[] {
  return tagChoices(snapshot, sources).map(({ tag, detail }) => ({ value: tag, isBare: false, detail }));
}

/** Rules of the workspace by their names: what is written is the id. */
function relatedRules({ sources }: Asking): readonly TomlChoice[] {
  return [...(sources.workspaceRules ?? [])].map(({ id, name }) => ({
    value: id,
    isBare: false,
    detail: "",
    label: name,
  }));
}

/** Versions of the frameworks that are loaded. */
function frameworkVersions({ snapshot }: Asking): readonly TomlChoice[] {
  const { attack } = snapshot.knowledge;
  const catalogs = attack === undefined ? [] : [...attack.others, attack];
  return catalogs.map(({ version, framework }) => ({
    value: framework === "MITRE ATLAS" ? version : (version.split(".")[0] ?? version),
    isBare: false,
    detail: framework,
  }));
}

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

const bare =
  (...values: readonly string[]) =>
  (): readonly TomlChoice[] =>
    values.map((value) => ({ value, isBare: true, detail: "" }));

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
  ["metadata.related_endpoint_rules", relatedRules],
  ["rule.author", fixed("Elastic")],
  ["rule.severity", severities],
  ["rule.severity_mapping.severity", () => texts(SEVERITY_BANDS.map(({ severity }) => severity))],
  ["rule.timeline_id", timelines("id")],
  ["rule.timeline_title", timelines("title")],
  ["rule.threat_mappings.version", frameworkVersions],
  ["rule.max_signals", bare("100", "1000")],
  ["rule.anomaly_threshold", bare("50", "75")],
  ["rule.threshold.value", bare("1", "5", "10", "25")],
  ["rule.threshold.cardinality.value", bare("2", "5", "10")],
  ["rule.alert_suppression.duration.value", bare("5", "10", "30", "60")],
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

/** What rules mostly name there, where the query does not tell. */
export function firstFields(path: readonly string[]): readonly string[] {
  return FIRST_FIELDS.get(path.join(".")) ?? [];
}

const GROUPING = ["host.id", "user.id", "source.ip"];

const FIRST_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["rule.timestamp_override", ["event.ingested", "@timestamp"]],
  ["rule.timestamp_field", ["@timestamp", "event.ingested"]],
  ["rule.tiebreaker_field", ["event.sequence"]],
  ["rule.event_category_override", ["event.category", "event.type"]],
  ["rule.alert_suppression.group_by", GROUPING],
  ["rule.new_terms.value", GROUPING],
  ["rule.new_terms_fields", GROUPING],
  ["rule.threshold.field", GROUPING],
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
