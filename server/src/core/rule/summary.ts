/** What a workspace remembers of each of its rules: little, and nothing that holds the file's text. */
import { type QueryFacts, type ValueList } from "../query/facts.ts";
import { type Span } from "../text/span.ts";
import { type TextMap } from "../text/textMap.ts";
import { type TomlTable } from "../toml/model.ts";
import { type AlertChoice, alertChoice } from "./alertChoice.ts";
import { mentionsIn } from "./mentions.ts";
import { type RuleDocument, type SourcedText } from "./model.ts";
import { tablesIn, textIn } from "./read.ts";
import { ruleReferences } from "./references.ts";
import { attackEntries, namedThreats } from "./threats.ts";

export interface RuleSummary {
  /** Below the root of the workspace, with `/`. */
  readonly path: string;
  readonly id: SummaryText | undefined;
  readonly name: SummaryText | undefined;
  /** Equal for descriptions of the same words. */
  readonly description: SummaryText | undefined;
  readonly maturity: string | undefined;
  readonly created: string | undefined;
  readonly updated: string | undefined;
  readonly type: string | undefined;
  readonly severity: string | undefined;
  readonly tags: readonly string[];
  readonly index: readonly string[];
  /** Ids of techniques and sub-techniques, each once. */
  readonly techniques: readonly string[];
  /** What `rule.threat` says of ATT&CK. */
  readonly threats: readonly SummaryThreat[];
  /** Packages that `metadata.integration` names. */
  readonly integrations: readonly string[];
  /** Where the queries name each field: offsets in the file. */
  readonly fields: Readonly<Record<string, readonly number[]>>;
  /** Ids of other rules that its queries name. */
  readonly references: readonly string[];
  readonly exclusions: readonly SummaryExclusion[];
  /** Whose alerts it reads. */
  readonly alerts: AlertChoice;
  readonly isBuildingBlock: boolean;
  /** Ids of rules, in lower case, and list items that may be names of rules, in its guides. */
  readonly mentions: readonly string[];
  /** Ids of the exception lists that are attached to it. */
  readonly exceptionLists: readonly string[];
}

/** A technique or sub-technique under its tactic; a tactic alone where the entry names no technique. */
export interface SummaryThreat {
  readonly tactic: string;
  readonly technique: string | undefined;
}

export interface SummaryText {
  readonly value: string;
  readonly span: Span;
}

/** A list of values that a query keeps out. */
export interface SummaryExclusion {
  /** Equal for the same field and the same values, in whatever order. */
  readonly key: string;
  readonly span: Span;
}

/** A query as far as a summary needs it. */
export interface SummaryQuery {
  readonly facts: QueryFacts;
  readonly exclusions: readonly ValueList[];
  /** From the query's offsets to those of the file. */
  readonly map: TextMap;
}

/** A shorter list says too little for two of them to be the same one. */
const SHORTEST_EXCLUSION = 8;

export function ruleSummary(rule: RuleDocument, path: string, queries: readonly SummaryQuery[]): RuleSummary {
  const { metadata, rule: table } = rule;
  const date = (name: string): string | undefined => metadata && textIn(metadata, name)?.value;
  const text = (name: string): string | undefined => table && textIn(table, name)?.value;
  return detached({
    path,
    id: summaryText(table && textIn(table, "rule_id")),
    name: summaryText(rule.name),
    description: descriptionOf(table && textIn(table, "description")),
    maturity: date("maturity"),
    created: date("creation_date"),
    updated: date("updated_date"),
    type: text("type"),
    severity: text("severity"),
    tags: textsOf(rule, "tags"),
    index: textsOf(rule, "index"),
    techniques: techniquesOf(rule),
    threats: threatsOf(rule),
    integrations: metadata === undefined ? [] : textsIn(metadata, "integration"),
    fields: fieldPlaces(queries),
    references: [...new Set(ruleReferences(rule).map(({ id }) => id.toLowerCase()))],
    exclusions: rule.isDeprecated ? [] : exclusionsOf(queries),
    alerts: alertChoice(rule),
    isBuildingBlock: text("building_block_type") !== undefined,
    mentions: mentionsIn(rule),
    exceptionLists: exceptionListIds(rule).map(({ value }) => value),
  });
}

/** Engines keep a whole text alive for a part that was cut out of it: what is written and read again has texts of its own. */
function detached(summary: RuleSummary): RuleSummary {
  return JSON.parse(JSON.stringify(summary)) as RuleSummary; // It is what was written.
}

function summaryText(text: SourcedText | undefined): SummaryText | undefined {
  return text && { value: text.value, span: text.span };
}

function descriptionOf(text: SourcedText | undefined): SummaryText | undefined {
  const value = text && descriptionKey(text.value);
  return text === undefined || value === undefined ? undefined : { value, span: text.span };
}

/** A shorter description says what many rules could say. */
const SHORTEST_DESCRIPTION = 60;

/** As many letters of a description's key are its own first ones, in lower case. */
export const DESCRIPTION_START = 24;

/** Undefined for descriptions that are too short to tell anything. The case of letters and the line ends do not count. */
export function descriptionKey(text: string): string | undefined {
  const words = text.toLowerCase().split(/\s+/).join(" ").trim();
  if (words.length < SHORTEST_DESCRIPTION) return undefined;
  return `${words.slice(0, DESCRIPTION_START)} ${words.length} ${hashes(words)}`;
}

/** One text, or a list of them. */
function textsIn(table: TomlTable, name: string): readonly string[] {
  const value = table.byName.get(name)?.value;
  const items = value?.kind === "array" ? value.items : value === undefined ? [] : [value];
  return items.flatMap((item) => (item.kind === "string" ? [item.value] : []));
}

function threatsOf(rule: RuleDocument): readonly SummaryThreat[] {
  return attackEntries(rule).flatMap(({ tactic, techniques }): readonly SummaryThreat[] => {
    const id = tactic?.id?.value;
    if (id === undefined) return [];
    const refs = techniques.flatMap((technique) => [technique, ...technique.subtechniques]);
    const named = refs.flatMap((ref) => ref.id?.value ?? []);
    if (named.length === 0) return [{ tactic: id, technique: undefined }];
    return named.map((technique) => ({ tactic: id, technique }));
  });
}

function textsOf({ rule }: RuleDocument, name: string): readonly string[] {
  const value = rule?.byName.get(name)?.value;
  return value?.kind === "array"
    ? value.items.flatMap((item) => (item.kind === "string" ? [item.value] : []))
    : [];
}

function techniquesOf(rule: RuleDocument): readonly string[] {
  const ids = [...namedThreats(rule)].flatMap(({ role, ref }) =>
    role === "tactic" || ref.id === undefined ? [] : [ref.id.value],
  );
  return [...new Set(ids)];
}

function fieldPlaces(queries: readonly SummaryQuery[]): RuleSummary["fields"] {
  const places = new Map<string, number[]>();
  for (const { facts, map } of queries) {
    for (const { name, span } of facts.fields) {
      const known = places.get(name) ?? [];
      places.set(name, known);
      known.push(map.toHost(span.start, "start"));
    }
  }
  return Object.fromEntries(places);
}

/** Of the exception lists that are attached to a rule. */
export function exceptionListIds({ rule }: RuleDocument): readonly SourcedText[] {
  return rule === undefined
    ? []
    : tablesIn(rule, "exceptions_list").flatMap((table) => textIn(table, "list_id") ?? []);
}

function exclusionsOf(queries: readonly SummaryQuery[]): readonly SummaryExclusion[] {
  return queries.flatMap(({ exclusions, map }) =>
    exclusions.flatMap((list) => {
      const key = exclusionKey(list);
      return key === undefined ? [] : [{ key, span: map.toHostSpan(list.span) }];
    }),
  );
}

/** The ranges of private networks are the same for everybody. */
const ADDRESS = /^[\d.:/a-f]+$/;

/** Undefined for lists that are too short to tell anything, and for lists of addresses. */
export function exclusionKey({ field, values }: ValueList): string | undefined {
  const distinct = [...new Set(values)].sort();
  if (distinct.length < SHORTEST_EXCLUSION || distinct.every((value) => ADDRESS.test(value)))
    return undefined;
  const text = distinct.join("\n");
  return `${field} ${distinct.length} ${hashes(text)}`;
}

/** FNV-1a from two seeds: together they tell the texts of any workspace apart. */
function hashes(text: string): string {
  let [one, other] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x01000193);
  }
  return `${(one >>> 0).toString(36)}${(other >>> 0).toString(36)}`;
}
