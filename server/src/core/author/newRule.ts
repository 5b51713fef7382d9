/** The text of a new rule: valid from the first moment, with a query that fits its type and its data. */
import { type JsonObject } from "../engine/event.ts";
import { attackUrl, type AttackCatalog, type Tactic, type Technique } from "../knowledge/attack.ts";
import { type RuleType } from "../rule/keyTypes.ts";
import { occurrences } from "../text/occurrences.ts";
import { type Span } from "../text/span.ts";
import { type DataSource } from "./dataSources.ts";
import { ruleText } from "./writeRule.ts";

/** What an author can choose: for EQL, one event or a sequence of two. */
export type NewRuleKind = RuleType | "eql-sequence";

export interface NewRuleChoice {
  readonly kind: NewRuleKind;
  readonly source: DataSource;
  readonly name: string;
  readonly author: string;
  /** A UUID. */
  readonly id: string;
  /** Such as `2024/01/31`. */
  readonly today: string;
  readonly threat: { readonly tactic: Tactic; readonly technique: Technique | undefined } | undefined;
  /** Names the technique above a sub-technique. */
  readonly attack: AttackCatalog | undefined;
}

export const NEW_RULE_KINDS: readonly {
  readonly kind: NewRuleKind;
  readonly label: string;
  readonly detail: string;
}[] = [
  { kind: "eql", label: "EQL, one event", detail: "An alert for each event that the query is true of" },
  { kind: "eql-sequence", label: "EQL sequence", detail: "An alert when events follow one another" },
  { kind: "query", label: "KQL query", detail: "An alert for each event that the query finds" },
  { kind: "threshold", label: "Threshold", detail: "An alert when something happens often" },
  { kind: "new_terms", label: "New terms", detail: "An alert for a value that was not there before" },
  { kind: "threat_match", label: "Indicator match", detail: "An alert for an event that an indicator names" },
  { kind: "esql", label: "ES|QL", detail: "An alert for each row of the result" },
  { kind: "machine_learning", label: "Machine learning", detail: "An alert for an anomaly that a job finds" },
];

const JOB = "my_job";
const HINT = "say here what the rule finds, and why that matters.";

export function newRuleText(choice: NewRuleChoice): string {
  const { source, id, today, name, author, threat } = choice;
  const { integration } = source;
  const metadata: JsonObject = {
    creation_date: today,
    ...(integration.length === 0 ? {} : { integration }),
    maturity: "production",
    updated_date: today,
  };
  const tactic = threat === undefined ? [] : [`Tactic: ${threat.tactic.name}`];
  const rule: JsonObject = {
    author: [author],
    description: `${name}: ${HINT}`,
    from: "now-9m",
    license: "Elastic License v2",
    name,
    risk_score: 47,
    rule_id: id,
    severity: "medium",
    tags: [...source.tags, ...tactic],
    timestamp_override: "event.ingested",
    ...keysOfKind(choice),
    ...(threat === undefined ? {} : { threat: [threatTable(choice, threat)] }),
  };
  return ruleText({ metadata, rule });
}

/** Where the author of a new rule goes on: places that hold the same text are written at once. */
export interface TabStop {
  readonly spans: readonly Span[];
}

/** The example in the query, or the job, and then what the description asks for. */
export function tabStops(text: string, { example }: DataSource): readonly TabStop[] {
  const query = /^query = .*\n/m.exec(text);
  const start = query === null ? text.length : query.index + query[0].length;
  const end = text.indexOf(QUERY_END, start);
  const examples =
    query === null
      ? occurrences(text, JOB)
      : occurrences(text, example).filter((span) => start <= span.start && span.start < end);
  return [examples, occurrences(text, HINT)].flatMap((spans) => (spans.length === 0 ? [] : [{ spans }]));
}

const QUERY_END = "'''";

function keysOfKind({ kind, source }: NewRuleChoice): JsonObject {
  const { index, kuery, actor, subject } = source;
  const kql = { index, language: "kuery", query: kuery };
  switch (kind) {
    case "eql":
      return { index, language: "eql", type: "eql", query: eventOf(source) };
    case "eql-sequence":
      return {
        index: [...index, ...(source.sequel?.index ?? [])],
        language: "eql",
        type: "eql",
        query: sequenceOf(source),
        timestamp_override: null,
      };
    case "query":
      return { ...kql, type: "query" };
    case "threshold":
      return { ...kql, type: "threshold", threshold: { field: [actor], value: 10 } };
    case "new_terms":
      return {
        ...kql,
        type: "new_terms",
        new_terms: {
          field: "new_terms_fields",
          value: [actor, subject],
          history_window_start: [{ field: "history_window_start", value: "now-10d" }],
        },
      };
    case "threat_match":
      return {
        ...kql,
        type: "threat_match",
        threat_index: ["filebeat-*", "logs-ti_*"],
        threat_indicator_path: "threat.indicator",
        threat_language: "kuery",
        threat_query:
          '@timestamp >= "now-30d/d" and event.module:(threatintel or ti_*) and threat.indicator.ip:*',
        threat_mapping: [
          { entries: [{ field: "source.ip", type: "mapping", value: "threat.indicator.ip" }] },
        ],
      };
    case "esql":
      return { language: "esql", type: "esql", query: esqlOf(source) };
    case "machine_learning":
      return {
        anomaly_threshold: 75,
        machine_learning_job_id: [JOB],
        type: "machine_learning",
        timestamp_override: null,
        interval: "15m",
        from: "now-45m",
      };
  }
}

function eventOf({ eql: { category, condition } }: DataSource): string {
  return `${category} where ${condition}`;
}

function sequenceOf({ eql, actor, sequel }: DataSource): string {
  const by = sequel?.by ?? actor;
  return [`sequence by ${by} with maxspan=1m`, stepOf(eql), stepOf(sequel ?? eql)].join("\n");
}

/** Laid out as the formatter does. */
function stepOf({ category, condition }: DataSource["eql"]): string {
  return `  [${category} where ${condition.replace(/\n\s*/g, "\n    ")}]`;
}

function esqlOf({ index, actor }: DataSource): string {
  return [
    `from ${index.join(", ")} metadata _id, _version, _index`,
    `| where ${actor} is not null`,
    `| keep @timestamp, _id, _version, _index, ${actor}`,
  ].join("\n");
}

interface Named {
  readonly id: string;
  readonly name: string;
}

function named({ id, name }: Named): JsonObject {
  return { id, name, reference: attackUrl(id) };
}

function threatTable(
  { attack }: NewRuleChoice,
  { tactic, technique }: NonNullable<NewRuleChoice["threat"]>,
): JsonObject {
  const parent = technique?.parent === undefined ? undefined : attack?.technique(technique.parent);
  const top = parent ?? technique;
  const below = parent === undefined || technique === undefined ? {} : { subtechnique: [named(technique)] };
  return {
    framework: "MITRE ATT&CK",
    ...(top === undefined ? {} : { technique: [{ ...named(top), ...below }] }),
    tactic: named(tactic),
  };
}
