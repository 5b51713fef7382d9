/** Runs a query over batches of events in bounded memory. */
import { type Result } from "../../core/base/result.ts";
import { type TimedEvent, inOrder, ordinalReader, withoutTime } from "../../core/engine/eql/order.ts";
import { type Cuts, collector, cut, cutsOf, roomFor } from "../../core/engine/eql/pipes.ts";
import { type EqlOptions, type Predicate, type Unsupported } from "../../core/engine/eql/plan.ts";
import { runEql } from "../../core/engine/eql/run.ts";
import { type EqlHit, type EqlStream, streamEql } from "../../core/engine/eql/stream.ts";
import { type EventRecord } from "../../core/engine/event.ts";
import { type EqlQuery } from "../../core/query/eql/index.ts";
import { type EventBatches } from "./input.ts";

export interface QueryOutcome {
  readonly kind: EqlStream["kind"];
  readonly results: readonly EqlHit[];
  readonly eventCount: number;
  /** Events that a sequence could not use: without a time, or out of order in an input too large to sort. */
  readonly leftOut: number;
}

/** An input of a sequence up to this many events is held in memory and sorted by time; a larger one must be in order. */
const MOST_IN_MEMORY = 200_000;

export async function runOverBatches(
  query: EqlQuery,
  options: EqlOptions,
  batches: EventBatches,
): Promise<Result<QueryOutcome, Unsupported>> {
  const cuts = cutsOf(query, options);
  if (!cuts.ok) return cuts;
  const stream = streamEql(query, options);
  if (!stream.ok) return stream;
  switch (stream.value.kind) {
    case "events": {
      const select = (batch: readonly EventRecord[]): readonly EventRecord[] =>
        exhausted(stream.value.step(batch)).flatMap(({ events }) => events[0] ?? []);
      return answered(stream.value, await matchingEvents(select, cuts.value, options, batches));
    }
    case "sequences":
      return sequences(query, stream.value, cuts.value, options, batches);
    case "samples":
      return answered(stream.value, await streamed(stream.value, cuts.value, [], batches));
  }
}

/** The events of which a condition holds, as those of an EQL query for single events. */
export function runKqlOverBatches(
  matches: Predicate,
  options: EqlOptions,
  batches: EventBatches,
): Promise<QueryOutcome> {
  const cuts: Cuts = { first: { end: options.resultPosition, count: options.size }, others: [] };
  const select = (batch: readonly EventRecord[]): readonly EventRecord[] =>
    batch.filter(({ document }) => matches(document));
  return matchingEvents(select, cuts, options, batches);
}

function answered({ refusal }: EqlStream, outcome: QueryOutcome): Result<QueryOutcome, Unsupported> {
  const refused = refusal();
  return refused === undefined ? { ok: true, value: outcome } : { ok: false, error: refused };
}

/** In order of time; no more are kept than the query can return. */
async function matchingEvents(
  select: (batch: readonly EventRecord[]) => readonly EventRecord[],
  cuts: Cuts,
  options: EqlOptions,
  batches: EventBatches,
): Promise<QueryOutcome> {
  const ordinalOf = ordinalReader(options);
  let kept: TimedEvent[] = [];
  let eventCount = 0;
  for await (const batch of batches) {
    eventCount += batch.length;
    for (const record of select(batch)) {
      kept.push({ record, ordinal: ordinalOf(record, record.line) ?? withoutTime(record.line) });
    }
    if (roomFor(cuts.first) < kept.length) kept = [...cut(exhausted(inOrder(kept)), cuts.first)];
  }
  const first = cut(exhausted(inOrder(kept)), cuts.first);
  const results = cuts.others.reduce(cut, first).map(({ record }) => ({ keys: [], events: [record] }));
  return { kind: "events", results, eventCount, leftOut: 0 };
}

async function sequences(
  query: EqlQuery,
  stream: EqlStream,
  cuts: Cuts,
  options: EqlOptions,
  batches: EventBatches,
): Promise<Result<QueryOutcome, Unsupported>> {
  const held: EventRecord[] = [];
  for (let next = await batches.next(); next.done !== true; next = await batches.next()) {
    for (const record of next.value) held.push(record);
    if (MOST_IN_MEMORY < held.length) return answered(stream, await streamed(stream, cuts, held, batches));
  }
  const outcome = exhausted(runEql(query, held, options));
  if (!outcome.ok) return outcome;
  const { kind, results, eventsWithoutTime } = outcome.value;
  return { ok: true, value: { kind, results, eventCount: held.length, leftOut: eventsWithoutTime } };
}

async function streamed(
  stream: EqlStream,
  cuts: Cuts,
  held: readonly EventRecord[],
  batches: EventBatches,
): Promise<QueryOutcome> {
  const results = collector<EqlHit>(cuts);
  let eventCount = held.length;
  results.add(exhausted(stream.step(held)));
  for await (const batch of batches) {
    eventCount += batch.length;
    results.add(exhausted(stream.step(batch)));
    if (results.isFull()) break;
  }
  results.add(exhausted(stream.finish()));
  const { withoutTime: timeless, outOfOrder } = stream.leftOut();
  return { kind: stream.kind, results: results.all(), eventCount, leftOut: timeless + outOfOrder };
}

/** The command line has nothing else to do. */
function exhausted<T>(work: Generator<undefined, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
