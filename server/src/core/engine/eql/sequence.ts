/**
 * Finds sequences in events that come one by one, in order.
 *
 * Of the sequences that have come equally far under one key, only the latest can go on: the event that continues it
 * discards all older ones. So one is held for each key and stage, and each event is looked at once.
 */
import { type JsonObject } from "../event.ts";
import { sightings, trailing } from "./absence.ts";
import { keyOf, keyTable } from "./keyTable.ts";
import { compareOrdinals, type Ordinal } from "./order.ts";
import { type KeyReader, type KeyValue, type Predicate } from "./plan.ts";
import { stagesOf } from "./stages.ts";
import { compareTimes, isFurther, type Timestamp } from "./timestamp.ts";

/** An event of a sequence, or one that must not occur in it, or the one that ends it. */
export interface SequenceTerm {
  readonly matches: Predicate;
  readonly keysOf: KeyReader;
}

export interface SequenceStep extends SequenceTerm {
  readonly isMissing: boolean;
  /** How many times in a row; 1 or more. */
  readonly runs: number;
}

export interface SequencePlan {
  /** At least one of them is not missing. */
  readonly steps: readonly SequenceStep[];
  readonly until: SequenceTerm | undefined;
  /** In milliseconds. There must be one if an event must be missing. */
  readonly maxspan: number | undefined;
}

export interface FoundSequence<Item> {
  readonly keys: readonly KeyValue[];
  /** Null where an event is missing, as it must. */
  readonly events: readonly (Item | null)[];
}

export interface SequenceMachine<Item> {
  /** Takes the next event; `item` is what stands for it in a sequence. Returns the sequences that are now certain. */
  readonly push: (document: JsonObject, ordinal: Ordinal, item: Item) => readonly FoundSequence<Item>[];
  /** The sequences that only the end of the events makes certain. */
  readonly finish: () => readonly FoundSequence<Item>[];
  /** How many sequences are begun and not complete. */
  readonly openCount: () => number;
}

/** The part of a sequence that has been found. */
interface Partial<Item> {
  readonly previous: Partial<Item> | undefined;
  readonly item: Item;
  readonly ordinal: Ordinal;
  readonly start: Ordinal;
  /** When an event was last seen that must be missing before the start. */
  readonly leading: Timestamp | undefined;
  /** An event was seen that must be missing. Takes the place of others all the same, until it is complete. */
  readonly isRejected: boolean;
}

interface Completed<Item> {
  readonly partial: Partial<Item>;
  readonly key: KeyValue;
  readonly keys: readonly KeyValue[];
}

export function sequenceMachine<Item>(plan: SequencePlan): SequenceMachine<Item> {
  const { maxspan, until } = plan;
  const { stages, missingAfter } = stagesOf(plan.steps.flatMap(slotsOf));
  const stageCount = stages.length;
  const positives = positivesOf(stages);
  const waiting = Array.from({ length: stageCount - 1 }, () => keyTable<Partial<Item>>());
  const watched = stages.flatMap(({ missingBefore }, stage) => {
    return missingBefore.length === 0 ? [] : [{ slots: missingBefore, stage, seen: sightings() }];
  });
  const seenBefore = stages.map((_stage, stage) => watched.find((one) => one.stage === stage)?.seen);
  const after = trailing<FoundSequence<Item>>(maxspan ?? 0);
  let epoch: Ordinal | undefined;

  function push(document: JsonObject, ordinal: Ordinal, item: Item): readonly FoundSequence<Item>[] {
    forgetOld(ordinal);
    const ripe = after.isEmpty() ? undefined : after.ripeAt(ordinal);
    noteMissing(document, ordinal);
    const completed = advance(document, ordinal, item);
    if (until !== undefined) cancel(until, document);
    const found = completed === undefined ? undefined : judge(completed);
    if (ripe === undefined || found === undefined) return ripe ?? found ?? [];
    return [...ripe, ...found];
  }

  /** What has not been touched for longer than maxspan cannot matter any more. */
  function forgetOld(now: Ordinal): void {
    if (maxspan === undefined) return;
    epoch ??= now;
    if (!isFurther(epoch, now, maxspan)) return;
    for (const table of waiting) if (FEW < table.count()) table.forget();
    for (const { seen } of watched) if (FEW < seen.count()) seen.forget();
    epoch = now;
  }

  function noteMissing(document: JsonObject, ordinal: Ordinal): void {
    for (const { slots, stage, seen } of watched) {
      if (waiting[stage - 1]?.count() === 0) continue;
      for (const keys of keysIn(slots, document)) seen.note(keyOf(keys), ordinal);
    }
    if (after.isEmpty()) return;
    for (const keys of keysIn(missingAfter, document)) after.see(keyOf(keys), ordinal);
  }

  /** The last stage first, so that an event does not follow itself. */
  function advance(document: JsonObject, ordinal: Ordinal, item: Item): Completed<Item>[] | undefined {
    let completed: Completed<Item>[] | undefined;
    for (let i = positives.length - 1; 0 <= i; i--) {
      const positive = positives[i];
      if (positive === undefined || !isWanted(positive) || !positive.term.matches(document)) continue;
      const tuples = positive.term.keysOf(document).map((keys) => ({ keys, key: keyOf(keys) }));
      for (let stage = positive.lastStage; positive.firstStage <= stage; stage--) {
        for (const { keys, key } of tuples) {
          const partial = stage === 0 ? started(key, ordinal, item) : continued(stage, key, ordinal, item);
          if (partial === undefined) continue;
          if (stage + 1 < stageCount) waiting[stage]?.set(key, partial);
          else (completed ??= []).push({ partial, key, keys });
        }
      }
    }
    return completed;
  }

  function isWanted({ firstStage, lastStage }: Positive): boolean {
    if (firstStage === 0) return true;
    for (let stage = firstStage; stage <= lastStage; stage++) {
      if (waiting[stage - 1]?.count() !== 0) return true;
    }
    return false;
  }

  function started(key: KeyValue, ordinal: Ordinal, item: Item): Partial<Item> {
    const leading = seenBefore[0]?.latestBefore(key, ordinal);
    return { previous: undefined, item, ordinal, start: ordinal, leading, isRejected: false };
  }

  function continued(stage: number, key: KeyValue, ordinal: Ordinal, item: Item): Partial<Item> | undefined {
    const previous = waiting[stage - 1]?.take(key);
    if (previous === undefined) return undefined;
    const { start, leading } = previous;
    if (maxspan !== undefined && isFurther(start, ordinal, maxspan)) return undefined;
    const seen = seenBefore[stage]?.latestBefore(key, ordinal);
    const isBetween = seen !== undefined && compareTimes(previous.ordinal, seen) < 0;
    return { previous, item, ordinal, start, leading, isRejected: previous.isRejected || isBetween };
  }

  /** After the stages: an end at the event that completes a sequence comes too late. */
  function cancel(end: SequenceTerm, document: JsonObject): void {
    if (openCount() === 0 || !end.matches(document)) return;
    for (const keys of end.keysOf(document)) {
      const key = keyOf(keys);
      for (const table of waiting) table.take(key);
    }
  }

  /** What is certain of the sequences that one event completes, in the order of their first events. */
  function judge(completed: Completed<Item>[]): readonly FoundSequence<Item>[] | undefined {
    if (1 < completed.length) completed.sort((a, b) => compareOrdinals(a.partial.start, b.partial.start));
    const found: FoundSequence<Item>[] = [];
    for (const { partial, key, keys } of completed) {
      if (partial.isRejected) continue;
      const sequence = { keys, events: eventsOf(partial) };
      const { start, ordinal: end, leading } = partial;
      const isFree = leading === undefined && seenBefore[0] !== undefined;
      if (missingAfter.length !== 0) {
        after.add({ value: sequence, key, end, from: isFree ? undefined : (leading ?? start) });
      } else if (leading === undefined || (maxspan !== undefined && isFurther(leading, end, maxspan))) {
        found.push(sequence);
      }
    }
    return found.length === 0 ? undefined : found;
  }

  function eventsOf(last: Partial<Item>): readonly (Item | null)[] {
    const events: (Item | null)[] = [];
    let partial: Partial<Item> | undefined = last;
    for (const { isMissing, runs } of plan.steps.toReversed()) {
      for (let run = 0; run < runs; run++) {
        events.push(isMissing || partial === undefined ? null : partial.item);
        if (!isMissing) partial = partial?.previous;
      }
    }
    return events.reverse();
  }

  function openCount(): number {
    let count = 0;
    for (const table of waiting) count += table.count();
    return count;
  }

  return { push, finish: () => after.rest(), openCount };
}

/** Below this, nothing is gained by forgetting. */
const FEW = 1000;

interface Slot {
  readonly term: SequenceTerm;
  readonly isMissing: boolean;
}

/** To see one event that must be missing is enough, however often it is asked for. */
function slotsOf(step: SequenceStep): readonly Slot[] {
  const { isMissing, runs } = step;
  return Array.from({ length: isMissing ? 1 : runs }, () => ({ term: step, isMissing }));
}

/** A step that must occur, and the stages that it makes up: one for each run. */
interface Positive {
  readonly term: SequenceTerm;
  readonly firstStage: number;
  lastStage: number;
}

function positivesOf(stages: readonly Slot[]): readonly Positive[] {
  const positives: Positive[] = [];
  for (const [stage, { term }] of stages.entries()) {
    const before = positives.at(-1);
    if (before?.term === term) before.lastStage = stage;
    else positives.push({ term, firstStage: stage, lastStage: stage });
  }
  return positives;
}

function keysIn(slots: readonly Slot[], document: JsonObject): readonly (readonly KeyValue[])[] {
  return slots.flatMap(({ term }) => (term.matches(document) ? term.keysOf(document) : []));
}
