import { lazy } from "../base/lazy.ts";
import { type QueryLanguage } from "../query/language.ts";
import { type TomlDocument, type TomlEntry, type TomlTable, type TomlValue } from "../toml/model.ts";
import { RULE_TYPES } from "./keyTypes.ts";
import { meantType } from "./meantType.ts";
import { sectionsIn, valuesIn } from "./visit.ts";
import {
  type EmbeddedQuery,
  type RuleDocument,
  type SourcedText,
  type TechniqueRef,
  type ThreatEntry,
  type ThreatRef,
} from "./model.ts";

/** Keys that only a detection rule has in a table of this name. */
const TELLING_RULE_KEYS = [
  "rule_id",
  "risk_score",
  "query",
  "threat",
  "max_signals",
  "machine_learning_job_id",
];
const TELLING_METADATA_KEYS = ["maturity", "creation_date", "updated_date", "min_stack_version"];

/** True if the file is, or is going to be, a detection rule. Other TOML is none of our business. */
export function isRuleFile({ root }: TomlDocument): boolean {
  if (root.byName.has("hunt")) return false;
  const rule = tableIn(root, "rule");
  const metadata = tableIn(root, "metadata");
  const type = rule && textIn(rule, "type")?.value;
  return (
    (rule !== undefined && metadata !== undefined) ||
    RULE_TYPES.some((known) => known === type) ||
    hasAny(rule, TELLING_RULE_KEYS) ||
    hasAny(metadata, TELLING_METADATA_KEYS)
  );
}

function hasAny(table: TomlTable | undefined, names: readonly string[]): boolean {
  return names.some((name) => table?.byName.has(name) === true);
}

export function readRule(document: TomlDocument): RuleDocument {
  const metadata = sectionIn(document.root, "metadata") ?? misnamedMetadata(document.root);
  const rule = sectionIn(document.root, "rule");
  const typeText = rule && textIn(rule, "type")?.value;
  const written = RULE_TYPES.find((one) => one === typeText);
  const type = rule && written && (meantType(rule, written) ?? written);
  const isDeprecated = metadata !== undefined && textIn(metadata, "maturity")?.value === "deprecated";
  const sections = lazy(() => sectionsIn(document.root, { ruleType: type, isDeprecated }));
  return {
    toml: document,
    metadata,
    rule,
    isDeprecated,
    type,
    name: rule && textIn(rule, "name"),
    threats: rule === undefined ? [] : tablesIn(rule, "threat").map(threatEntry),
    queries: rule === undefined ? [] : embeddedQueries(rule),
    sections,
    values: lazy(() => valuesIn(sections())),
  };
}

/** With a bracket too many it is a list of one table: what stands in it is read all the same. */
function sectionIn(root: TomlTable, name: string): TomlTable | undefined {
  const value = root.byName.get(name)?.value;
  if (value?.kind !== "array" || value.form !== "tables") return tableIn(root, name);
  const [only, ...others] = value.items;
  return only?.kind === "table" && others.length === 0 ? only : undefined;
}

/** A table of another name that holds what only `[metadata]` does. */
function misnamedMetadata(root: TomlTable): TomlTable | undefined {
  const tables = root.entries.flatMap(({ key, value }) =>
    value.kind === "table" && !root.byName.has("metadata") && key.name !== "rule" ? [value] : [],
  );
  return tables.find((table) => 1 < TELLING_METADATA_KEYS.filter((name) => table.byName.has(name)).length);
}

function embeddedQueries(rule: TomlTable): readonly EmbeddedQuery[] {
  const query = embedded(rule, "query", queryLanguage(rule, "language") ?? languageOfType(rule));
  const threatQuery = embedded(rule, "threat_query", queryLanguage(rule, "threat_language"));
  return [query, threatQuery].filter((one) => one !== undefined);
}

function embedded(
  rule: TomlTable,
  role: EmbeddedQuery["role"],
  language: QueryLanguage | undefined,
): EmbeddedQuery | undefined {
  const text = textIn(rule, role);
  if (text === undefined || language === undefined) return undefined;
  return { role, language, text: text.value, host: text.host };
}

const LANGUAGES: readonly QueryLanguage[] = ["eql", "kuery", "esql", "lucene"];

function queryLanguage(rule: TomlTable, name: string): QueryLanguage | undefined {
  const language = textIn(rule, name)?.value;
  return LANGUAGES.find((one) => one === language);
}

/** While `language` is missing or misspelt, two types still tell it. */
function languageOfType(rule: TomlTable): QueryLanguage | undefined {
  const type = textIn(rule, "type")?.value;
  return type === "eql" || type === "esql" ? type : undefined;
}

export function threatEntry(table: TomlTable): ThreatEntry {
  const tactic = tableIn(table, "tactic");
  return {
    table,
    span: table.span,
    framework: textIn(table, "framework"),
    tactic: tactic && threatRef(tactic),
    techniques: tablesIn(table, "technique").map(techniqueRef),
  };
}

function techniqueRef(table: TomlTable): TechniqueRef {
  return { ...threatRef(table), subtechniques: tablesIn(table, "subtechnique").map(threatRef) };
}

function threatRef(table: TomlTable): ThreatRef {
  return {
    table,
    span: table.span,
    id: textIn(table, "id"),
    name: textIn(table, "name"),
    reference: textIn(table, "reference"),
  };
}

export function tableIn(table: TomlTable, name: string): TomlTable | undefined {
  const value = table.byName.get(name)?.value;
  return value?.kind === "table" ? value : undefined;
}

export function tablesIn(table: TomlTable, name: string): readonly TomlTable[] {
  const value = table.byName.get(name)?.value;
  return value?.kind === "array" ? value.items.filter(isTable) : [];
}

function isTable(value: TomlValue): value is TomlTable {
  return value.kind === "table";
}

export function textIn(table: TomlTable, name: string): SourcedText | undefined {
  const entry = table.byName.get(name);
  return entry && sourcedText(entry);
}

function sourcedText(entry: TomlEntry): SourcedText | undefined {
  const { value, key } = entry;
  // Where an unclosed text ends is a guess.
  if (value.kind !== "string" || !value.isClosed) return undefined;
  return { value: value.value, span: value.span, keySpan: key.span, host: value };
}
