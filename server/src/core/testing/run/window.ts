/** When a rule runs, and which events it looks back to. */
import { type Result } from "../../base/result.ts";
import { parseTimestamp } from "../../engine/eql/timestamp.ts";
import { compileAccess } from "../../engine/fieldAccess.ts";
import { momentsOf } from "../../engine/kql/dateMath.ts";
import { type JsonObject } from "../../engine/event.ts";
import { momentText } from "../../engine/value.ts";
import { parseDateMath } from "../../query/kql/dateMath.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { textIn } from "../../rule/read.ts";
import { type Span } from "../../text/span.ts";
import { timesBy } from "../events/times.ts";
import { type SampleEvent } from "../sampleEvents.ts";
import { type Refusal } from "./prepared.ts";

/** From the first millisecond to the last, both in it. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** Kibana's default is six minutes, for rules that run every five. */
const DEFAULT_FROM = "now-6m";

/** The events that a run at `now` looks at. */
export function windowAt({ rule }: RuleDocument, now: number): Result<Window, Refusal> {
  const from = rule && textIn(rule, "from");
  const to = rule && textIn(rule, "to");
  const start = momentAt(from?.value ?? DEFAULT_FROM, now, "from", from?.span);
  if (!start.ok) return start;
  const end = momentAt(to?.value ?? "now", now, "to", to?.span);
  return end.ok ? { ok: true, value: { start: start.value, end: end.value } } : end;
}

/** The moment that `now-14d` stands for. */
export function momentAt(
  text: string,
  now: number,
  key: string,
  span: Span | undefined,
): Result<number, Refusal> {
  const math = parseDateMath(text);
  const moments = math && momentsOf(math, now);
  if (moments !== undefined) return { ok: true, value: moments.first };
  return { ok: false, error: { kind: "broken", reason: `\`${key}\` is no point in time: ${text}`, span } };
}

/** By which field a rule finds its events. */
export interface TimeFields {
  readonly override: string | undefined;
  /** Whether events without the override are found by their `@timestamp`. */
  readonly hasFallback: boolean;
}

export function timeFieldsOf({ rule }: RuleDocument): TimeFields {
  const override = rule && textIn(rule, "timestamp_override")?.value;
  const disabled = rule?.byName.get("timestamp_override_fallback_disabled")?.value;
  return { override, hasFallback: !(disabled?.kind === "boolean" && disabled.value) };
}

/** Of a run's history and events. */
export interface RuleTimes {
  /** In milliseconds since 1970; for an event without a time, a moment after the event before it. */
  readonly timeOf: (event: SampleEvent) => number;
  /** Whether the event says so itself. */
  readonly isTimed: (event: SampleEvent) => boolean;
  /** The history and then the events are in order, and so is whatever is selected from them. */
  readonly areInOrder: boolean;
}

export function ruleTimes(
  history: readonly SampleEvent[],
  events: readonly SampleEvent[],
  fields: TimeFields,
): RuleTimes {
  const all = [...history, ...events];
  const ownTime = lastRemembered(timeReader(fields));
  const isTimed = ({ document }: SampleEvent): boolean => ownTime(document) !== undefined;
  let areInOrder = true;
  let latest = -Infinity;
  for (const { document } of all) {
    const time = ownTime(document);
    if (time === undefined) return timesWithGaps(all, ownTime, isTimed);
    areInOrder &&= latest <= time;
    latest = time;
  }
  // Reading a time again costs less than keeping one for each of many events.
  return { timeOf: ({ document }) => ownTime(document) ?? 0, isTimed, areInOrder };
}

function timesWithGaps(
  events: readonly SampleEvent[],
  ownTime: (document: JsonObject) => number | undefined,
  isTimed: RuleTimes["isTimed"],
): RuleTimes {
  const { timeFor } = timesBy(events, ownTime);
  return { timeOf: (event) => timeFor(event) ?? 0, isTimed, areInOrder: false };
}

/** An event is asked about several times in a row. */
function lastRemembered<T>(read: (document: JsonObject) => T): (document: JsonObject) => T {
  let lastDocument: JsonObject | undefined;
  let lastValue: T;
  return (document) => {
    if (lastDocument === document) return lastValue;
    lastDocument = document;
    return (lastValue = read(document));
  };
}

/** The oldest first; events of the same moment keep their order. */
export function inOrder(
  events: readonly SampleEvent[],
  { timeOf, areInOrder }: RuleTimes,
): readonly SampleEvent[] {
  if (areInOrder || isInOrder(events, timeOf)) return events;
  const timed = events.map((event) => ({ event, time: timeOf(event) }));
  return timed.sort((left, right) => left.time - right.time).map(({ event }) => event);
}

function isInOrder(events: readonly SampleEvent[], timeOf: RuleTimes["timeOf"]): boolean {
  let latest = -Infinity;
  for (const event of events) {
    const time = timeOf(event);
    if (time < latest) return false;
    latest = time;
  }
  return true;
}

function timeReader({ override, hasFallback }: TimeFields): (document: JsonObject) => number | undefined {
  const timestamp = compileAccess("@timestamp");
  const plain = (document: JsonObject): number | undefined =>
    parseTimestamp(timestamp(document))?.milliseconds;
  if (override === undefined || override === "@timestamp") return plain;
  const overriding = compileAccess(override);
  return (document) => {
    const own = parseTimestamp(overriding(document))?.milliseconds;
    return own ?? (hasFallback ? plain(document) : undefined);
  };
}

/** Why an event is not in the window; undefined if it is. */
export function outsideReason(time: number, { start, end }: Window): string | undefined {
  if (time < start) return `lies before the rule's window, which begins at ${momentText(start)}`;
  return end < time ? `lies after the rule's window, which ends at ${momentText(end)}` : undefined;
}
