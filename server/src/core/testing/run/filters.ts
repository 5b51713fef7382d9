/** Kibana's filters, which rules carry beside their query: each lets an event through or keeps it out. */
import { type Result } from "../../base/result.ts";
import { compileDsl } from "../../engine/dsl/compile.ts";
import { type Predicate } from "../../engine/eql/plan.ts";
import { type JsonObject, isObject, isList } from "../../engine/event.ts";
import { shortened } from "../../text/excerpt.ts";
import { type KqlOptions } from "../../engine/kql/plan.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type Span } from "../../text/span.ts";
import { type TomlValue } from "../../toml/model.ts";
import { plainToml } from "../plainToml.ts";
import { type SampleEvent } from "../sampleEvents.ts";
import { type PassedOver, type Refusal } from "./prepared.ts";

export interface RuleFilter {
  /** In the rule file. */
  readonly span: Span;
  /** For messages: "not `{"exists":{"field":"user.name"}}`". */
  readonly text: string;
  readonly accepts: Predicate;
}

/** Those that are not disabled; none if the rule has no such key. */
export function filtersOf(
  rule: RuleDocument,
  key: "filters" | "threat_filters",
  options: KqlOptions,
): Result<readonly RuleFilter[], Refusal> {
  const filters: RuleFilter[] = [];
  for (const item of itemsIn(rule, key)) {
    const { span } = item;
    const filter = plainToml(item);
    if (!isObject(filter)) return refused(`An entry of \`${key}\` that is no table`, span);
    const query = queryOf(filter);
    if (query === undefined) continue;
    const compiled = compileDsl(query, options);
    if (!compiled.ok) return refused(`An entry of \`${key}\` cannot be run: ${compiled.error}`, span);
    filters.push({ span, text: textOf(query), accepts: compiled.value });
  }
  return { ok: true, value: filters };
}

/** The events that fit all filters, and of the others why they do not. */
export function fittingEvents(
  events: readonly SampleEvent[],
  filters: readonly RuleFilter[],
): { readonly read: readonly SampleEvent[]; readonly silent: readonly PassedOver[] } {
  if (filters.length === 0) return { read: events, silent: [] };
  const read: SampleEvent[] = [];
  const silent: PassedOver[] = [];
  for (const event of events) {
    const filter = filters.find(({ accepts }) => !accepts(event.document));
    if (filter === undefined) read.push(event);
    else silent.push({ event, reason: unfitReason(filter) });
  }
  return { read, silent };
}

export function unfitReason({ text }: RuleFilter): string {
  return `does not fit the rule's filter ${text}`;
}

/** The filters as queries, those left out that are disabled or cannot be read. */
export function filterQueries(rule: RuleDocument, key: "filters" | "threat_filters"): readonly JsonObject[] {
  const filters = itemsIn(rule, key).map(plainToml).filter(isObject);
  return filters.map(queryOf).filter((query) => query !== undefined);
}

function itemsIn({ rule }: RuleDocument, key: string): readonly TomlValue[] {
  const value = rule?.byName.get(key)?.value;
  return value?.kind === "array" ? value.items : [];
}

function refused(reason: string, span: Span): Result<never, Refusal> {
  return { ok: false, error: { kind: "unsupported", reason, span } };
}

/** The filter as a query, as Kibana builds it; undefined if it is disabled. */
function queryOf(filter: JsonObject): JsonObject | undefined {
  const meta = isObject(filter["meta"]) ? filter["meta"] : {};
  if (meta["disabled"] === true) return undefined;
  const query = meta["type"] === "combined" ? combinedQuery(meta) : plainQuery(filter);
  return meta["negate"] === true ? { bool: { must_not: query } } : query;
}

/** Filters of old stand for themselves: `exists` beside `meta`. */
function plainQuery(filter: JsonObject): JsonObject {
  const { query } = filter;
  if (isObject(query) && Object.keys(query).length !== 0) return query;
  const own = Object.entries(filter).filter(([name]) => !["meta", "$state", "query"].includes(name));
  return Object.fromEntries(own);
}

/** Several filters in one, joined by `meta.relation`. */
function combinedQuery({ params, relation }: JsonObject): JsonObject {
  const parts = isList(params) ? params.filter(isObject) : [];
  const queries = parts.map(queryOf).filter((query) => query !== undefined);
  return relation === "OR"
    ? { bool: { should: queries, minimum_should_match: 1 } }
    : { bool: { filter: queries } };
}

function textOf(query: JsonObject): string {
  const negated = isObject(query["bool"]) ? query["bool"]["must_not"] : undefined;
  return negated === undefined
    ? `\`${shortened(JSON.stringify(query), LONGEST)}\``
    : `not \`${shortened(JSON.stringify(negated), LONGEST)}\``;
}

const LONGEST = 80;

/** `Array.isArray`, which the types do not believe of read-only arrays. */
