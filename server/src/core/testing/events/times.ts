/** Times of sample events; those that have none get one, so that they have an order. */
import { parseTimestamp } from "../../engine/eql/timestamp.ts";
import { type EventRecord, type JsonObject } from "../../engine/event.ts";
import { compileAccess } from "../../engine/fieldAccess.ts";

export interface EventTimes {
  /** In milliseconds since 1970. Undefined only for an event that was not among those given. */
  readonly timeFor: (record: EventRecord) => number | undefined;
  /** How many events have no time of their own. */
  readonly withoutTime: number;
  /** The latest of all; undefined if there are no events. */
  readonly latest: number | undefined;
}

/** Events without a time come one second after the one before, the first of them at the beginning of 2026. */
export function eventTimes(records: readonly EventRecord[], timestampField: string): EventTimes {
  const read = compileAccess(timestampField);
  return timesBy(records, (document) => parseTimestamp(read(document))?.milliseconds);
}

/** The same, where more than one field says when. */
export function timesBy(
  records: readonly EventRecord[],
  ownTime: (document: JsonObject) => number | undefined,
): EventTimes {
  const times = new Map<EventRecord, number>();
  let before = START - SECOND;
  let latest: number | undefined;
  let withoutTime = 0;
  for (const record of records) {
    const own = ownTime(record.document);
    if (own === undefined) withoutTime++;
    before = own ?? before + SECOND;
    latest = Math.max(latest ?? before, before);
    times.set(record, before);
  }
  return { timeFor: (record) => times.get(record), withoutTime, latest };
}

/** 2026-01-01T00:00:00Z: a time that nobody takes for a real one. */
const START = 1_767_225_600_000;
const SECOND = 1000;
