/** The alert as Kibana would write it: the fields of the rule, of the run, and those taken from the events. */
import { type JsonObject } from "../engine/event.ts";
import { compileAccess } from "../engine/fieldAccess.ts";
import { parseTimestamp } from "../engine/eql/timestamp.ts";
import { momentText } from "../engine/value.ts";
import { textIn } from "../rule/read.ts";
import { type RuleDocument } from "../rule/model.ts";
import { reasonOf } from "./alert/reason.ts";
import { overrides, ruleFields } from "./alert/ruleFields.ts";
import { termFields, typeFields } from "./alert/typeFields.ts";
import { flattened } from "./events/flat.ts";
import { indexOf } from "./run/indices.ts";
import { type Alert } from "./run/prepared.ts";
import { type SampleEvent } from "./sampleEvents.ts";

export interface WrittenAlert {
  /** By dotted name. Of a sequence, the alert that stands for all of it. */
  readonly fields: JsonObject;
  /** Of a sequence: one for each of its events, which Kibana keeps out of the list of alerts. */
  readonly buildingBlocks: readonly JsonObject[];
}

export interface AlertOptions {
  /** When the rule runs, in milliseconds since 1970. */
  readonly now: number;
}

export function alertOf(rule: RuleDocument, alert: Alert, options: AlertOptions): WrittenAlert {
  const events = alert.events.filter((event) => event !== null);
  const [first] = events;
  if (first === undefined) return { fields: {}, buildingBlocks: [] };
  const { facts } = alert;
  const times = timesOf(events);
  // An alert of several events that was not folded together is that of a sequence, or of a group.
  const isSeries = 1 < events.length && alert.suppressedCount === 0 && facts?.kind !== "threshold";
  const own = { ...typeFields(rule, facts, times), ...suppressionFields(alert, times) };
  if (!isSeries) {
    const source = facts?.kind === "threshold" ? termFields(facts.terms) : flattened(first.document);
    return { fields: { ...writtenFor(rule, source, [first], options), ...own }, buildingBlocks: [] };
  }
  const group = groupId(rule, events);
  const buildingBlocks = events.map((event, i) => ({
    ...writtenFor(rule, flattened(event.document), [event], options),
    "kibana.alert.building_block_type": "default",
    "kibana.alert.group.id": group,
    "kibana.alert.group.index": i,
  }));
  const fields = {
    ...writtenFor(rule, sharedFields(events), events, options),
    ...own,
    "kibana.alert.depth": 2,
    "kibana.alert.group.id": group,
  };
  return { fields, buildingBlocks };
}

/** `source`: what the alert takes from the events. */
function writtenFor(
  rule: RuleDocument,
  source: JsonObject,
  events: readonly SampleEvent[],
  { now }: AlertOptions,
): JsonObject {
  const { name, severity, riskScore } = overrides(rule, source);
  const times = timesOf(events);
  return {
    ...source,
    ...originalEvent(source),
    "@timestamp": momentText(now),
    "event.kind": "signal",
    "kibana.alert.ancestors": events.map(ancestorOf),
    "kibana.alert.depth": 1,
    ...(times === undefined ? {} : { "kibana.alert.original_time": momentText(times.first) }),
    "kibana.alert.reason": reasonOf(source, name, severity),
    "kibana.alert.risk_score": riskScore,
    "kibana.alert.severity": severity,
    "kibana.alert.status": "active",
    "kibana.alert.workflow_status": "open",
    "kibana.alert.rule.execution.timestamp": momentText(now),
    ...ruleFields(rule, name),
    ...buildingBlockField(rule),
  };
}

interface Times {
  readonly first: number;
  readonly last: number;
}

/** Undefined if no event says when it was. */
function timesOf(events: readonly SampleEvent[]): Times | undefined {
  let times: Times | undefined;
  for (const event of events) {
    const time = timeOf(event);
    if (time === undefined) continue;
    times = { first: Math.min(times?.first ?? time, time), last: Math.max(times?.last ?? time, time) };
  }
  return times;
}

function buildingBlockField({ rule }: RuleDocument): JsonObject {
  const type = rule === undefined ? undefined : textIn(rule, "building_block_type")?.value;
  return type === undefined ? {} : { "kibana.alert.building_block_type": type };
}

/** What all events say in the same words; of one event, all that it says. */
function sharedFields(events: readonly SampleEvent[]): JsonObject {
  const [first = {}, ...others] = events.map(({ document }) => flattened(document));
  const shared = Object.entries(first).filter(([name, value]) => {
    const text = JSON.stringify(value);
    return others.every((other) => JSON.stringify(other[name]) === text);
  });
  return Object.fromEntries(shared);
}

/** Kibana keeps what it writes over. */
function originalEvent(source: JsonObject): JsonObject {
  const own = Object.entries(source).filter(([name]) => name.startsWith("event."));
  return Object.fromEntries(own.map(([name, value]) => [`kibana.alert.original_${name}`, value]));
}

function ancestorOf(event: SampleEvent): JsonObject {
  const index = indexOf(event);
  return {
    depth: 0,
    type: "event",
    ...(event.id === undefined ? {} : { id: event.id }),
    ...(index === undefined ? {} : { index }),
  };
}

const timestampOf = compileAccess("@timestamp");

function timeOf({ document }: SampleEvent): number | undefined {
  return parseTimestamp(timestampOf(document))?.milliseconds;
}

function suppressionFields({ suppressedBy, suppressedCount }: Alert, times: Times | undefined): JsonObject {
  if (suppressedBy === undefined) return {};
  const bounds =
    times === undefined
      ? {}
      : {
          "kibana.alert.suppression.start": momentText(times.first),
          "kibana.alert.suppression.end": momentText(times.last),
        };
  return {
    ...bounds,
    "kibana.alert.suppression.docs_count": suppressedCount,
    "kibana.alert.suppression.terms": suppressedBy.map(({ field, value }) => ({ field, value })),
  };
}

/** The same for the same events: Kibana makes a hash, too. */
function groupId({ rule }: RuleDocument, events: readonly SampleEvent[]): string {
  const id = rule === undefined ? "" : (textIn(rule, "rule_id")?.value ?? "");
  const text = JSON.stringify([id, ...events.map(({ document }) => document)]);
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
