/** The order of events: by time, then by tiebreaker, then as they stand in the file. */
import { type EventRecord, type JsonObject } from "../event.ts";
import { compileAccess, type FieldAccess, type FieldValues } from "../fieldAccess.ts";
import { type Present } from "../value.ts";
import { type EqlOptions } from "./plan.ts";
import { sorted } from "./sorted.ts";
import { compareTimes, parseTimestamp, type Timestamp } from "./timestamp.ts";

export interface Ordinal extends Timestamp {
  readonly tiebreaker: Tiebreaker | undefined;
  /** Counts the events; no two have the same. */
  readonly position: number;
}

export type Tiebreaker = string | number;

/** An event that has its place in time. */
export interface TimedEvent {
  readonly record: EventRecord;
  readonly ordinal: Ordinal;
}

export interface OrderOptions extends EqlOptions {
  /** A time in milliseconds for an event that has none; without it such an event takes part in no sequence. */
  readonly timeFor?: (record: EventRecord) => number | undefined;
}

/** Undefined for an event without a time. */
export type OrdinalReader = (record: EventRecord, position: number) => Ordinal | undefined;

export function ordinalReader(options: OrderOptions): OrdinalReader {
  const timeOf = accessTo(options.timestampField, options);
  const tiebreakerOf = tiebreakerReader(options);
  return (record, position) => {
    const { document } = record;
    const time = parseTimestamp(timeOf(document)) ?? parseTimestamp(options.timeFor?.(record));
    if (time === undefined) return undefined;
    const { milliseconds, nanoseconds } = time;
    return { milliseconds, nanoseconds, tiebreaker: tiebreakerOf(document), position };
  };
}

/** Where an event without a time stands: after all others, as in the file. */
export function withoutTime(position: number): Ordinal {
  return { milliseconds: Infinity, nanoseconds: 0, tiebreaker: undefined, position };
}

function tiebreakerReader(options: EqlOptions): (document: JsonObject) => Tiebreaker | undefined {
  const { tiebreakerField, types } = options;
  if (tiebreakerField === undefined) return () => undefined;
  const valueOf = accessTo(tiebreakerField, options);
  const isText = TEXT_TYPES.has(types.get(tiebreakerField)?.type ?? "");
  const fromOne = isText ? textOf : numberOrTextOf;
  return (document) => leastOf(valueOf(document), fromOne);
}

const TEXT_TYPES: ReadonlySet<string> = new Set(["keyword", "constant_keyword", "wildcard"]);

function accessTo(name: string, { types }: EqlOptions): FieldAccess {
  return compileAccess(name, types.get(name)?.nullValue);
}

/** Of several values the least counts, as when Elasticsearch sorts by a field. */
function leastOf(values: FieldValues, fromOne: (value: Present) => Tiebreaker): Tiebreaker | undefined {
  if (values === null) return undefined;
  if (typeof values !== "object") return fromOne(values);
  return values.map(fromOne).reduce((least, one) => (compareTiebreakers(one, least) < 0 ? one : least));
}

function textOf(value: Present): Tiebreaker {
  return String(value);
}

/** In a field of numbers, `"12"` is a number too. */
function numberOrTextOf(value: Present): Tiebreaker {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : String(value);
}

export function compareOrdinals(left: Ordinal, right: Ordinal): number {
  const byTime = compareTimes(left, right);
  if (byTime !== 0) return byTime;
  const byTiebreaker = compareTiebreakers(left.tiebreaker, right.tiebreaker);
  return byTiebreaker === 0 ? left.position - right.position : byTiebreaker;
}

/** Numbers stand before text; where there is nothing, it comes last. */
function compareTiebreakers(left: Tiebreaker | undefined, right: Tiebreaker | undefined): number {
  if (left === right) return 0;
  if (left === undefined) return 1;
  if (right === undefined) return -1;
  if (typeof left === "number") return typeof right === "number" ? left - right : -1;
  if (typeof right === "number") return 1;
  return left < right ? -1 : 1;
}

export function* inOrder<Item extends { readonly ordinal: Ordinal }>(
  items: readonly Item[],
): Generator<undefined, readonly Item[]> {
  return yield* sorted(items, (left, right) => compareOrdinals(left.ordinal, right.ordinal));
}
