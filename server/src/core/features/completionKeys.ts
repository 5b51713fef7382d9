/** Keys of a rule file: those that are missing, the required ones first, each with a place for its value. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type KeyType, type RuleKey } from "../rule/keyTypes.ts";
import { textIn } from "../rule/read.ts";
import { bandOfSeverity, SEVERITY_BANDS } from "../rule/severities.ts";
import { type SectionVisit } from "../rule/visit.ts";
import { type Snippet, tabStop } from "../text/snippet.ts";
import { isEmpty } from "../text/span.ts";
import { type CompletionSources, type FreshValues } from "./completion.ts";
import { type CompletionItem, completionItem } from "./completionItem.ts";
import { type KeySite } from "./completionSite.ts";

export function keyItems(
  snapshot: Snapshot,
  site: KeySite,
  sources: CompletionSources,
): readonly CompletionItem[] {
  const { visit, word, hasValue, path } = site;
  const { section, table, keys } = visit;
  const missing = keys.filter((key) => isMissing(key, visit));
  const free = inOrder(section, keys).filter(({ name, type }) => {
    const there = table.byName.get(name)?.key.span;
    // What is being written is no key that is there already.
    const isThere = there !== undefined && (isEmpty(word) || there.start !== word.start);
    return !isThere && headerForm(type) === undefined;
  });
  const [required, optional] = [
    free.filter((key) => missing.includes(key)),
    free.filter((key) => !missing.includes(key)),
  ];
  return [...required, ...optional].map((key) =>
    completionItem({
      label: key.name,
      kind: "key",
      detail: missing.includes(key) ? "required" : "",
      span: word,
      snippet: hasValue ? [key.name] : [`${key.name} = `, ...ownSnippet(snapshot, key, path, sources)],
      filter: key.name,
      subject: { kind: "key", path: [...path, key.name] },
    }),
  );
}

/** The risk score that goes with the rule's severity, where there is one. */
function ownSnippet(
  snapshot: Snapshot,
  key: RuleKey,
  path: readonly string[],
  sources: FreshValues,
): Snippet {
  const { rule } = snapshot.rule();
  const isScore = key.name === "risk_score" && path.join(".") === "rule";
  const severity = isScore && rule !== undefined ? textIn(rule, "severity")?.value : undefined;
  const band = severity === undefined ? undefined : bandOfSeverity(severity);
  return band === undefined ? valueSnippet(key, path, sources) : [tabStop(1, String(band.usual))];
}

/** While the rule's type is not known, only what every type needs is required. */
function isMissing(
  { name, required, ruleTypes, unless, onlyWith }: RuleKey,
  { table, context }: SectionVisit,
): boolean {
  if (!required || (ruleTypes !== undefined && context.ruleType === undefined)) return false;
  if (onlyWith !== undefined && !table.byName.has(onlyWith)) return false;
  return ![name, ...unless].some((one) => table.byName.has(one));
}

/** Elastic's own rules sort the keys of `[rule]` and `[metadata]`, with the long texts after the others. */
export function inOrder(section: string, keys: readonly RuleKey[]): readonly RuleKey[] {
  // There the technique stands before the tactic.
  if (section === "rule.threat") return [...keys].reverse();
  if (section !== "rule" && section !== "metadata") return keys;
  const rank = ({ name }: RuleKey): number => (LAST_KEYS.has(name) ? 1 : 0);
  return [...keys].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

const LAST_KEYS: ReadonlySet<string> = new Set(["query", "threat_query"]);
/** Keys that have one value only, or nearly always the same. */
const FIXED: ReadonlyMap<string, string> = new Map([
  ["rule.threat.framework", "MITRE ATT&CK"],
  ["rule.threat_mappings.framework", "MITRE ATT&CK"],
  ["rule.threat_mappings.threat.framework", "MITRE ATT&CK"],
  ["rule.threat_mappings.version", "19"],
  ["rule.new_terms.field", "new_terms_fields"],
  ["rule.new_terms.history_window_start.field", "history_window_start"],
  ["rule.new_terms.history_window_start.value", "now-14d"],
  ["rule.from", "now-9m"],
  ["rule.to", "now"],
  ["rule.timestamp_override", "event.ingested"],
]);

/** What a list or number is begun with. */
const USUAL: ReadonlyMap<string, Snippet> = new Map([
  ["rule.threshold.field", ['["', tabStop(1, "host.id"), '"]']],
  ["rule.threshold.value", [tabStop(1, "5")]],
  ["rule.new_terms.value", ['["', tabStop(1, "host.id"), '"]']],
  ["rule.threat_index", ['["', tabStop(1, "logs-ti_*"), '"]']],
  ["rule.anomaly_threshold", [tabStop(1, "50")]],
  ["rule.risk_score", [tabStop(1, ...SEVERITY_BANDS.map(({ usual }) => String(usual)))]],
]);

const PROSE: ReadonlySet<string> = new Set(["description", "note", "setup"]);

export function valueSnippet(
  { name, type }: RuleKey,
  path: readonly string[],
  sources: FreshValues,
): Snippet {
  if (name === "query" || name === "threat_query") return ["'''\n", tabStop(1), "\n'''"];
  if (PROSE.has(name) && path[0] === "rule") return ['"""\n', tabStop(1), '\n"""'];
  const fixed = FIXED.get([...path, name].join("."));
  if (fixed !== undefined) return ['"', tabStop(1, fixed), '"'];
  const usual = USUAL.get([...path, name].join("."));
  if (usual !== undefined) return usual;
  if (name === "rule_id") return ['"', tabStop(1, sources.freshId ?? ""), '"'];
  if (name.endsWith("_date")) return ['"', tabStop(1, sources.today ?? ""), '"'];
  return placeFor(type, 1);
}

/** An empty value of a type, with a place to fill it in. */
function placeFor(type: KeyType, stop: number): Snippet {
  switch (type.kind) {
    case "text":
      return ['"', tabStop(stop, ...(type.oneOf ?? [])), '"'];
    case "integer":
      return [tabStop(stop, String(type.min ?? 0))];
    case "boolean":
      return [tabStop(stop, "true", "false")];
    case "list":
      return type.item.kind === "text" ? ["[", ...placeFor(type.item, stop), "]"] : ["[", tabStop(stop), "]"];
    case "either":
      return placeFor(type.types.find(({ kind }) => kind === "list") ?? { kind: "text" }, stop);
    case "table":
    case "free-table":
      return ["{", tabStop(stop), "}"];
  }
}

export type HeaderForm = { readonly isList: boolean; readonly section: string };

/** How a table or list of tables is written as headers; undefined for what is written behind `=`. */
export function headerForm(type: KeyType): HeaderForm | undefined {
  if (type.kind === "table") return { isList: false, section: type.section };
  return type.kind === "list" && type.item.kind === "table"
    ? { isList: true, section: type.item.section }
    : undefined;
}
