/** Follows a sequence through events as `sequence.ts` does, and remembers how each attempt ended. */
import { keyOf } from "./keyTable.ts";
import { type Ordinal, type TimedEvent } from "./order.ts";
import { type KeyValue } from "./plan.ts";
import { type SequenceTerm } from "./sequence.ts";
import { isFurther } from "./timestamp.ts";

/** The events of an attempt, the last one first. */
export interface Trail {
  readonly previous: Trail | undefined;
  readonly stage: number;
  readonly event: TimedEvent;
  readonly start: Ordinal;
  readonly keys: readonly KeyValue[];
  readonly key: KeyValue;
}

/**
 * An attempt that another took the place of has no ending. `open`: nothing came that goes on. `complete`: all events
 * came; whether one came that must not, is not asked.
 */
export type Ending =
  | { readonly kind: "open" | "complete"; readonly trail: Trail }
  | { readonly kind: "maxspan" | "until"; readonly trail: Trail; readonly by: TimedEvent };

export interface TracePlan {
  /** The runs of the steps that must occur. */
  readonly stages: readonly { readonly term: SequenceTerm }[];
  readonly until: SequenceTerm | undefined;
  readonly maxspan: number | undefined;
}

/** The events are in order. */
export function* traceSequence(
  { stages, until, maxspan }: TracePlan,
  events: readonly TimedEvent[],
): Generator<undefined, readonly Ending[]> {
  const endings: Ending[] = [];
  const waiting = stages.map(() => new Map<KeyValue, Trail>());

  /** The last stage first, so that an event does not follow itself. */
  function advance(event: TimedEvent): void {
    for (let i = stages.length - 1; 0 <= i; i--) {
      const term = stages[i]?.term;
      const isWanted = i === 0 || waiting[i - 1]?.size !== 0;
      if (term === undefined || !isWanted || !term.matches(event.record.document)) continue;
      for (const keys of term.keysOf(event.record.document)) take(i, keys, event);
    }
  }

  function take(stage: number, keys: readonly KeyValue[], event: TimedEvent): void {
    const key = keyOf(keys);
    const previous = stage === 0 ? undefined : waiting[stage - 1]?.get(key);
    if (stage !== 0 && previous === undefined) return;
    waiting[stage - 1]?.delete(key);
    const start = previous?.start ?? event.ordinal;
    if (previous !== undefined && maxspan !== undefined && isFurther(start, event.ordinal, maxspan)) {
      endings.push({ kind: "maxspan", trail: previous, by: event });
      return;
    }
    const trail: Trail = { previous, stage, event, start, keys, key };
    if (stage + 1 === stages.length) endings.push({ kind: "complete", trail });
    else waiting[stage]?.set(key, trail);
  }

  function cancel(by: TimedEvent): void {
    if (until?.matches(by.record.document) !== true) return;
    for (const keys of until.keysOf(by.record.document)) {
      const key = keyOf(keys);
      for (const trails of waiting) {
        const trail = trails.get(key);
        if (trail !== undefined) endings.push({ kind: "until", trail, by });
        trails.delete(key);
      }
    }
  }

  for (const event of events) {
    advance(event);
    cancel(event);
    yield;
  }
  for (const trails of waiting) for (const trail of trails.values()) endings.push({ kind: "open", trail });
  return endings;
}

/** From the first event to the last. */
export function eventsOf(last: Trail): readonly TimedEvent[] {
  const events: TimedEvent[] = [];
  for (let trail: Trail | undefined = last; trail !== undefined; trail = trail.previous) {
    events.push(trail.event);
  }
  return events.reverse();
}
