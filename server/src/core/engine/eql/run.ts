/** Runs a query over events in memory and answers as Elasticsearch would: in order, and no more results than asked for. */
import { type Result } from "../../base/result.ts";
import { unreachable } from "../../base/unreachable.ts";
import { type EqlQuery } from "../../query/eql/index.ts";
import { type Span } from "../../text/span.ts";
import { type EventRecord } from "../event.ts";
import { type Pace } from "../work.ts";
import { compileEvent } from "./compile.ts";
import {
  inOrder,
  type OrderOptions,
  ordinalReader,
  type OrdinalReader,
  type TimedEvent,
  withoutTime,
} from "./order.ts";
import { paceOf } from "./pace.ts";
import { collector, cut, type Cuts, cutsOf, roomFor } from "./pipes.ts";
import { type EqlOptions, type Failure, type Predicate, type Unsupported } from "./plan.ts";
import { sampleGatherer, type SamplePlan } from "./sample.ts";
import { sequenceMachine, type SequencePlan } from "./sequence.ts";
import { planSample, planSequence } from "./sequencePlan.ts";
import { type EqlHit } from "./stream.ts";

export interface EqlResult {
  readonly kind: "events" | "sequences" | "samples";
  readonly results: readonly EqlHit[];
  /** How many events could take no part in a sequence, for they have no time. */
  readonly eventsWithoutTime: number;
}

type Outcome = Result<EqlResult, Unsupported>;

/** What Elasticsearch does where nothing is said, and no mapping is known. */
export const defaultEqlOptions: EqlOptions = {
  categoryField: "event.category",
  timestampField: "@timestamp",
  tiebreakerField: undefined,
  size: 10,
  resultPosition: "tail",
  maxSamplesPerKey: 1,
  types: { get: () => undefined, isComplete: false, names: () => [] },
  seenFields: undefined,
};

/** Yields often enough to be stopped at any time. */
export function* runEql(
  query: EqlQuery,
  events: Iterable<EventRecord>,
  given: OrderOptions,
): Generator<undefined, Outcome> {
  const pace = paceOf(query);
  let refusal: Unsupported | undefined;
  const onFailure = (failure: Failure): void => {
    if (failure.by === "engine") refusal ??= failure;
    given.onFailure?.(failure);
  };
  const outcome = yield* outcomeOf(query, events, { ...given, onFailure, work: pace.work }, pace);
  return refusal === undefined ? outcome : { ok: false, error: refusal };
}

function* outcomeOf(
  query: EqlQuery,
  events: Iterable<EventRecord>,
  options: OrderOptions,
  pace: Pace,
): Generator<undefined, Outcome> {
  const cuts = cutsOf(query, options);
  if (!cuts.ok) return cuts;
  const { body } = query;
  switch (body.kind) {
    case "event": {
      const matches = compileEvent(body, options);
      if (!matches.ok) return matches;
      yield;
      return found("events", yield* matchingEvents(matches.value, events, cuts.value, options, pace));
    }
    case "sequence": {
      const plan = planSequence(body, options);
      if (!plan.ok) return plan;
      yield;
      const timed = yield* timedEvents(events, ordinalReader(options), pace);
      const results = yield* sequencesIn(timed.events, plan.value, cuts.value, pace);
      return found("sequences", results, timed.withoutTime);
    }
    case "sample": {
      const [pipe] = query.pipes;
      if (pipe !== undefined) return unsupported("a pipe after a sample", pipe.span);
      const plan = planSample(body, options);
      if (!plan.ok) return plan;
      yield;
      return found("samples", yield* samplesIn(events, plan.value, pace));
    }
    case "join":
      return unsupported("`join`", body.keywordSpan);
    default:
      return unreachable(body);
  }
}

/** In order of time; an event without a time comes last. */
function* matchingEvents(
  matches: Predicate,
  events: Iterable<EventRecord>,
  cuts: Cuts,
  options: OrderOptions,
  pace: Pace,
): Generator<undefined, readonly EqlHit[]> {
  const ordinalOf = ordinalReader(options);
  let kept: TimedEvent[] = [];
  let position = 0;
  for (const record of events) {
    if (matches(record.document)) {
      kept.push({ record, ordinal: ordinalOf(record, position) ?? withoutTime(position) });
      if (roomFor(cuts.first) < kept.length) kept = [...cut(yield* inOrder(kept), cuts.first)];
    }
    position++;
    if (pace.isDue()) yield;
  }
  const first = cut(yield* inOrder(kept), cuts.first);
  return cuts.others.reduce(cut, first).map(({ record }) => ({ keys: [], events: [record] }));
}

interface TimedEvents {
  /** In order. */
  readonly events: readonly TimedEvent[];
  readonly withoutTime: number;
}

function* timedEvents(
  events: Iterable<EventRecord>,
  ordinalOf: OrdinalReader,
  pace: Pace,
): Generator<undefined, TimedEvents> {
  const timed: TimedEvent[] = [];
  let position = 0;
  for (const record of events) {
    const ordinal = ordinalOf(record, position++);
    if (ordinal !== undefined) timed.push({ record, ordinal });
    if (pace.isDue()) yield;
  }
  return { events: yield* inOrder(timed), withoutTime: position - timed.length };
}

function* sequencesIn(
  events: readonly TimedEvent[],
  plan: SequencePlan,
  cuts: Cuts,
  pace: Pace,
): Generator<undefined, readonly EqlHit[]> {
  const machine = sequenceMachine<EventRecord>(plan);
  const results = collector<EqlHit>(cuts);
  for (const { record, ordinal } of events) {
    if (results.isFull()) return results.all();
    results.add(machine.push(record.document, ordinal, record));
    if (pace.isDue()) yield;
  }
  results.add(machine.finish());
  return results.all();
}

function* samplesIn(
  events: Iterable<EventRecord>,
  plan: SamplePlan,
  pace: Pace,
): Generator<undefined, readonly EqlHit[]> {
  const { push, finish } = sampleGatherer(plan);
  for (const record of events) {
    push(record);
    if (pace.isDue()) yield;
  }
  return yield* finish();
}

function found(kind: EqlResult["kind"], results: readonly EqlHit[], eventsWithoutTime = 0): Outcome {
  return { ok: true, value: { kind, results, eventsWithoutTime } };
}

function unsupported(feature: string, span: Span): Outcome {
  return { ok: false, error: { kind: "unsupported", feature, span } };
}
