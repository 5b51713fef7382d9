/** What the types of rules write into their alerts beside what all of them do. */
import { type JsonObject, type JsonValue, isObject } from "../../engine/event.ts";
import { compileAccess } from "../../engine/fieldAccess.ts";
import { momentText } from "../../engine/value.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { textIn } from "../../rule/read.ts";
import { valueAt } from "../events/edit.ts";
import { indexOf } from "../run/indices.ts";
import { type AlertFacts, type FieldTerm, type IndicatorMatch } from "../run/prepared.ts";

/** `times`: of the events that the alert rests on, the earliest and the latest. */
export function typeFields(
  rule: RuleDocument,
  facts: AlertFacts | undefined,
  times: { readonly first: number; readonly last: number } | undefined,
): JsonObject {
  switch (facts?.kind) {
    case undefined:
      return {};
    case "threshold": {
      const { terms, count, cardinality } = facts;
      const result = {
        terms: terms.map(({ field, value }) => ({ field, value })),
        count,
        ...(times === undefined ? {} : { from: momentText(times.first) }),
        ...(cardinality === undefined ? {} : { cardinality: [cardinality] }),
      };
      // The group is as old as its last event.
      const original = times === undefined ? {} : { "kibana.alert.original_time": momentText(times.last) };
      return { ...original, "kibana.alert.threshold_result": result };
    }
    case "new-terms":
      return { "kibana.alert.new_terms": facts.terms.map(({ value }) => value) };
    case "threat-match":
      return { "threat.enrichments": facts.matches.map((match) => enrichment(rule, match)) };
  }
}

/** Of a group of events an alert holds the fields that they were grouped by, and no others. */
export function termFields(terms: readonly FieldTerm[]): JsonObject {
  return Object.fromEntries(terms.map(({ field, value }) => [field, value]));
}

const DEFAULT_INDICATOR_PATH = "threat.indicator";

/** The indicator with what the event has in common with it. */
function enrichment(
  { rule }: RuleDocument,
  { indicator, field, indicatorField }: IndicatorMatch,
): JsonObject {
  const path = (rule && textIn(rule, "threat_indicator_path")?.value) ?? DEFAULT_INDICATOR_PATH;
  const { document, id } = indicator;
  const index = indexOf(indicator);
  const feed = compileAccess("threat.feed.name")(document);
  const value = compileAccess(indicatorField)(document);
  return {
    indicator: objectAt(document, path),
    feed: typeof feed === "string" ? { name: feed } : {},
    matched: {
      ...(value === null ? {} : { atomic: value }),
      field,
      ...(id === undefined ? {} : { id }),
      ...(index === undefined ? {} : { index }),
      type: "indicator_match_rule",
    },
  };
}

/** The first one of a list; dotted names below the path become one object. */
function objectAt(document: JsonObject, path: string): JsonValue {
  const found = valueAt(document, path);
  const first = Array.isArray(found) ? (found as readonly JsonValue[])[0] : found; // Just checked.
  if (isObject(first)) return first;
  const prefix = `${path}.`;
  const below = Object.entries(document).flatMap(([name, value]): [string, JsonValue][] =>
    name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length), value]] : [],
  );
  return Object.fromEntries(below);
}
