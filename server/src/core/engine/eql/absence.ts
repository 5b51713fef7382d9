/** Events that must be missing from a sequence. Only their times count, not their order among equal times. */
import { keyTable } from "./keyTable.ts";
import { type KeyValue } from "./plan.ts";
import { compareTimes, isFurther, type Timestamp } from "./timestamp.ts";

/** When events were seen, by key. They are noted in order. */
export interface Sightings {
  readonly note: (key: KeyValue, time: Timestamp) => void;
  /** The latest time before `time`; nothing after `time` may have been noted. */
  readonly latestBefore: (key: KeyValue, time: Timestamp) => Timestamp | undefined;
  readonly count: () => number;
  /** Forgets whatever was not noted since the last time but one. */
  readonly forget: () => void;
}

interface Sighting {
  readonly latest: Timestamp;
  /** The latest time that is earlier than that. */
  readonly earlier: Timestamp | undefined;
}

export function sightings(): Sightings {
  const table = keyTable<Sighting>();

  function note(key: KeyValue, time: Timestamp): void {
    const before = table.get(key);
    const isRepeated = before !== undefined && compareTimes(before.latest, time) === 0;
    table.set(key, isRepeated ? before : { latest: time, earlier: before?.latest });
  }

  function latestBefore(key: KeyValue, time: Timestamp): Timestamp | undefined {
    const sighting = table.get(key);
    return sighting === undefined || compareTimes(sighting.latest, time) < 0
      ? sighting?.latest
      : sighting.earlier;
  }

  return { note, latestBefore, count: table.count, forget: table.forget };
}

/** A sequence after which an event must be missing. */
export interface Candidate<Value> {
  readonly value: Value;
  readonly key: KeyValue;
  readonly end: Timestamp;
  /** An event more than `span` later than this does not count. Undefined: none counts, the sequence is certain. */
  readonly from: Timestamp | undefined;
}

/** Holds candidates back until it is certain that no event came too soon after them. */
export interface Trailing<Value> {
  readonly add: (candidate: Candidate<Value>) => void;
  /** An event was seen that must be missing. */
  readonly see: (key: KeyValue, time: Timestamp) => void;
  readonly isEmpty: () => boolean;
  /** Those that have become certain, in the order in which they were added; undefined: none. */
  readonly ripeAt: (now: Timestamp) => readonly Value[] | undefined;
  /** No event comes any more. */
  readonly rest: () => readonly Value[];
}

/** Linked in the order of adding, and once more among those of its key. */
interface Held<Value> extends Candidate<Value> {
  state: "open" | "kept" | "dropped";
  next: Held<Value> | undefined;
  nextOfKey: Held<Value> | undefined;
}

interface OpenOfKey<Value> {
  first: Held<Value>;
  last: Held<Value>;
}

export function trailing<Value>(span: number): Trailing<Value> {
  let first: Held<Value> | undefined;
  let last: Held<Value> | undefined;
  /** The open ones by key. What was settled by time is the first of its key, for it was the first of all. */
  const open = keyTable<OpenOfKey<Value>>();

  function add(candidate: Candidate<Value>): void {
    const state = candidate.from === undefined ? "kept" : "open";
    const held: Held<Value> = { ...candidate, state, next: undefined, nextOfKey: undefined };
    if (last === undefined) first = held;
    else last.next = held;
    last = held;
    if (state === "kept") return;
    const ofKey = open.get(held.key);
    if (ofKey === undefined) open.set(held.key, { first: held, last: held });
    else {
      ofKey.last.nextOfKey = held;
      ofKey.last = held;
    }
  }

  function see(key: KeyValue, time: Timestamp): void {
    let held = open.get(key)?.first;
    while (held !== undefined && compareTimes(held.end, time) < 0) {
      const isLate = held.from === undefined || isFurther(held.from, time, span);
      held.state = isLate ? "kept" : "dropped";
      held = withoutFirst(key);
    }
  }

  /** Removes the first open one of a key and returns the next. */
  function withoutFirst(key: KeyValue): Held<Value> | undefined {
    const ofKey = open.get(key);
    const next = ofKey?.first.nextOfKey;
    if (ofKey === undefined || next === undefined) open.take(key);
    else ofKey.first = next;
    return next;
  }

  function ripeAt(now: Timestamp): readonly Value[] | undefined {
    let ripe: Value[] | undefined;
    while (first !== undefined) {
      if (first.state === "open") {
        if (first.from !== undefined && !isFurther(first.from, now, span)) break;
        withoutFirst(first.key);
      }
      if (first.state !== "dropped") (ripe ??= []).push(first.value);
      first = first.next;
    }
    if (first === undefined) last = undefined;
    return ripe;
  }

  function rest(): readonly Value[] {
    const values: Value[] = [];
    for (let held = first; held !== undefined; held = held.next) {
      if (held.state !== "dropped") values.push(held.value);
    }
    first = undefined;
    last = undefined;
    return values;
  }

  return { add, see, isEmpty: () => first === undefined, ripeAt, rest };
}
