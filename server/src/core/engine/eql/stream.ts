/** A query over events that come piece by piece; what cannot matter any more is let go. */
import { type Result } from "../../base/result.ts";
import { unreachable } from "../../base/unreachable.ts";
import { type EqlQuery } from "../../query/eql/index.ts";
import { type EventRecord } from "../event.ts";
import { type Pace } from "../work.ts";
import { compileEvent } from "./compile.ts";
import { inOrder, type OrderOptions, type Ordinal, ordinalReader, type TimedEvent } from "./order.ts";
import { paceOf } from "./pace.ts";
import { type Failure, type Predicate, type Unsupported } from "./plan.ts";
import { type SamplePlan, sampleGatherer } from "./sample.ts";
import { type FoundSequence, type SequencePlan, sequenceMachine } from "./sequence.ts";
import { planSample, planSequence } from "./sequencePlan.ts";
import { compareTimes } from "./timestamp.ts";

/** An event has no keys; the events of a sequence or sample are those of its terms, null for a missing one. */
export type EqlHit = FoundSequence<EventRecord>;

export interface EqlStream {
  readonly kind: "events" | "sequences" | "samples";
  /**
   * Takes the next events, which for a sequence must be in the order of their times, and returns what they complete:
   * all of it, whatever `size` and the pipes say. Yields often enough to be stopped at any time.
   */
  readonly step: (events: Iterable<EventRecord>) => Generator<undefined, readonly EqlHit[]>;
  /** What only the end of the events completes. */
  readonly finish: () => Generator<undefined, readonly EqlHit[]>;
  readonly leftOut: () => LeftOut;
  /** An event that was more work than it may be: what was found means nothing then. */
  readonly refusal: () => Unsupported | undefined;
}

/** Events that took no part in a sequence. */
export interface LeftOut {
  readonly withoutTime: number;
  /** Earlier than the event before. */
  readonly outOfOrder: number;
}

export function streamEql(query: EqlQuery, given: OrderOptions): Result<EqlStream, Unsupported> {
  const pace = paceOf(query);
  let refusal: Unsupported | undefined;
  const onFailure = (failure: Failure): void => {
    if (failure.by === "engine") refusal ??= failure;
    given.onFailure?.(failure);
  };
  const stream = streamOf(query, { ...given, onFailure, work: pace.work }, pace);
  return stream.ok ? { ok: true, value: { ...stream.value, refusal: () => refusal } } : stream;
}

type BareStream = Omit<EqlStream, "refusal">;

function streamOf(query: EqlQuery, options: OrderOptions, pace: Pace): Result<BareStream, Unsupported> {
  const { body } = query;
  switch (body.kind) {
    case "event": {
      const matches = compileEvent(body, options);
      return matches.ok ? { ok: true, value: eventStream(matches.value, pace) } : matches;
    }
    case "sequence": {
      const plan = planSequence(body, options);
      return plan.ok ? { ok: true, value: sequenceStream(plan.value, options, pace) } : plan;
    }
    case "sample": {
      const plan = planSample(body, options);
      return plan.ok ? { ok: true, value: sampleStream(plan.value, pace) } : plan;
    }
    case "join":
      return { ok: false, error: { kind: "unsupported", feature: "`join`", span: body.keywordSpan } };
    default:
      return unreachable(body);
  }
}

const NOTHING_LEFT_OUT: LeftOut = { withoutTime: 0, outOfOrder: 0 };

function eventStream(matches: Predicate, pace: Pace): BareStream {
  function* step(events: Iterable<EventRecord>): Generator<undefined, readonly EqlHit[]> {
    const hits: EqlHit[] = [];
    for (const record of events) {
      if (matches(record.document)) hits.push({ keys: [], events: [record] });
      if (pace.isDue()) yield;
    }
    return hits;
  }

  return { kind: "events", step, finish: nothing, leftOut: () => NOTHING_LEFT_OUT };
}

function sampleStream(plan: SamplePlan, pace: Pace): BareStream {
  const { push, finish } = sampleGatherer(plan);

  function* step(events: Iterable<EventRecord>): Generator<undefined, readonly EqlHit[]> {
    for (const record of events) {
      push(record);
      if (pace.isDue()) yield;
    }
    return [];
  }

  return { kind: "samples", step, finish, leftOut: () => NOTHING_LEFT_OUT };
}

function sequenceStream(plan: SequencePlan, options: OrderOptions, pace: Pace): BareStream {
  const machine = sequenceMachine<EventRecord>(plan);
  const ordinalOf = ordinalReader(options);
  const hasTiebreaker = options.tiebreakerField !== undefined;
  /** Events of one time, which the tiebreaker has yet to bring in order. */
  let held: TimedEvent[] = [];
  let latest: Ordinal | undefined;
  let position = 0;
  let withoutTime = 0;
  let outOfOrder = 0;

  function* step(events: Iterable<EventRecord>): Generator<undefined, readonly EqlHit[]> {
    const hits: EqlHit[] = [];
    for (const record of events) {
      if (pace.isDue()) yield;
      const ordinal = ordinalOf(record, position++);
      if (ordinal === undefined) {
        withoutTime++;
        continue;
      }
      const distance = latest === undefined ? 1 : compareTimes(ordinal, latest);
      if (distance < 0) {
        outOfOrder++;
        continue;
      }
      latest = ordinal;
      if (!hasTiebreaker) {
        push({ record, ordinal }, hits);
        continue;
      }
      if (0 < distance) yield* release(hits);
      held.push({ record, ordinal });
    }
    return hits;
  }

  function push({ record, ordinal }: TimedEvent, hits: EqlHit[]): void {
    for (const hit of machine.push(record.document, ordinal, record)) hits.push(hit);
  }

  function* release(hits: EqlHit[]): Generator<undefined, void> {
    const events = yield* inOrder(held);
    held = [];
    for (const event of events) {
      push(event, hits);
      if (pace.isDue()) yield;
    }
  }

  function* finish(): Generator<undefined, readonly EqlHit[]> {
    const hits: EqlHit[] = [];
    yield* release(hits);
    return [...hits, ...machine.finish()];
  }

  return { kind: "sequences", step, finish, leftOut: () => ({ withoutTime, outOfOrder }) };
}

function* nothing(): Generator<undefined, readonly EqlHit[]> {
  yield;
  return [];
}
