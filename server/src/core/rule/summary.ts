/** What a workspace remembers of each of its rules: little, and nothing that holds the file's text. */
import { type QueryFacts, type ValueList } from "../query/facts.ts";
import { type Span } from "../text/span.ts";
import { type TextMap } from "../text/textMap.ts";
import { type RuleDocument, type SourcedText } from "./model.ts";
import { textIn } from "./read.ts";
import { ruleReferences } from "./references.ts";
import { namedThreats } from "./threats.ts";

export interface RuleSummary {
  /** Below the root of the workspace, with `/`. */
  readonly path: string;
  readonly id: SummaryText | undefined;
  readonly name: SummaryText | undefined;
  readonly maturity: string | undefined;
  readonly created: string | undefined;
  readonly updated: string | undefined;
  readonly type: string | undefined;
  readonly severity: string | undefined;
  readonly tags: readonly string[];
  readonly index: readonly string[];
  /** Ids of techniques and sub-techniques, each once. */
  readonly techniques: readonly string[];
  /** How often the queries name each field. */
  readonly fields: Readonly<Record<string, number>>;
  /** Ids of other rules that its queries name. */
  readonly references: readonly string[];
  readonly exclusions: readonly SummaryExclusion[];
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
    maturity: date("maturity"),
    created: date("creation_date"),
    updated: date("updated_date"),
    type: text("type"),
    severity: text("severity"),
    tags: textsOf(rule, "tags"),
    index: textsOf(rule, "index"),
    techniques: techniquesOf(rule),
    fields: fieldCounts(queries),
    references: [...new Set(ruleReferences(rule).map(({ id }) => id.toLowerCase()))],
    exclusions: rule.isDeprecated ? [] : exclusionsOf(queries),
  });
}

/** Engines keep a whole text alive for a part that was cut out of it: what is written and read again has texts of its own. */
function detached(summary: RuleSummary): RuleSummary {
  return JSON.parse(JSON.stringify(summary)) as RuleSummary; // It is what was written.
}

function summaryText(text: SourcedText | undefined): SummaryText | undefined {
  return text && { value: text.value, span: text.span };
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

function fieldCounts(queries: readonly SummaryQuery[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { facts } of queries) {
    for (const { name } of facts.fields) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
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
  return `${field} ${distinct.length} ${hash(text, 0x811c9dc5)}${hash(text, 0x9e3779b9)}`;
}

/** FNV-1a from a seed: two of them tell the lists of any workspace apart. */
function hash(text: string, seed: number): string {
  let state = seed;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return (state >>> 0).toString(36);
}
