/** Why events make up a sequence, or what came nearest to one. Samples likewise. */
import { type Result } from "../../base/result.ts";
import { type EqlSample, type EqlSequence } from "../../query/eql/index.ts";
import { type EventRecord } from "../event.ts";
import { type FoundEvent, type MissKind, type SequenceExplanation } from "../explainedSequence.ts";
import { momentText } from "../value.ts";
import { type Hit, type MissContext, missesOf, type ScoredMiss, stageMiss } from "./explainMiss.ts";
import { explainSample } from "./explainSample.ts";
import { chainOf, keysOfStep, keyTexts, layoutOf, type Slot } from "./explainSteps.ts";
import { compareOrdinals, type OrderOptions, ordinalReader, type TimedEvent } from "./order.ts";
import { type Unsupported } from "./plan.ts";
import { type FoundSequence, sequenceMachine, type SequencePlan } from "./sequence.ts";
import { planSequence } from "./sequencePlan.ts";
import { type Ending, eventsOf, traceSequence, type Trail } from "./sequenceTrace.ts";

/** For whoever can wait for all of it. */
export function explainSequence(
  text: string,
  series: EqlSequence | EqlSample,
  events: readonly EventRecord[],
  options: OrderOptions,
): Result<SequenceExplanation, Unsupported> {
  const work = sequenceExplanation(text, series, events, options);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/**
 * `text` is the whole query in which the sequence stands. Of many events only the last few thousand are looked at.
 * Yields after each of them.
 */
export function* sequenceExplanation(
  text: string,
  series: EqlSequence | EqlSample,
  events: readonly EventRecord[],
  options: OrderOptions,
): Generator<undefined, Result<SequenceExplanation, Unsupported>> {
  const looked = events.slice(-MOST_EVENTS);
  const [all, some] = [events.length, looked.length].map((count) => count.toLocaleString("en"));
  const notes = all === some ? [] : [`only the last ${some} of ${all} events were looked at`];
  if (series.kind === "sample") return yield* explainSample(text, series, looked, notes, options);
  const plan = planSequence(series, options);
  if (!plan.ok) return plan;
  const layout = layoutOf(series.steps, plan.value.steps);
  const { timed, withoutTime } = timedEvents(looked, options);
  if (withoutTime.length !== 0) {
    notes.push(`${eventCount(withoutTime.length)} without a time in \`${options.timestampField}\``);
  }
  const context: SearchContext = {
    text,
    sequence: series,
    layout,
    maxspan: plan.value.maxspan ?? Infinity,
    events: timed,
    withoutTime,
    options,
  };
  const found = yield* sequencesIn(plan.value, timed);
  const common = { kind: "sequence", notes } as const;
  if (found.length === 0)
    return { ok: true, value: { ...common, ...(yield* nearestMiss(context, plan.value)) } };
  const chains = found.slice(-MOST_CHAINS).map(({ keys, events }) => {
    const first = series.steps[0];
    const names = first === undefined ? [] : keyTexts(keysOfStep(series, first), keys);
    return chainOf(text, layout.slots, events.map(foundEvent), names);
  });
  return { ok: true, value: { ...common, outcome: "matched", chains, count: found.length } };
}

const MOST_EVENTS = 5000;
const MOST_CHAINS = 10;
/** Of so many attempts that came equally far it is asked why they went no further. */
const MOST_ENDINGS = 100;
const MOST_MISSES = 3;

function eventCount(count: number): string {
  return count === 1 ? "1 event is" : `${count.toLocaleString("en")} events are`;
}

interface TimedEvents {
  readonly timed: readonly TimedEvent[];
  readonly withoutTime: readonly EventRecord[];
}

function timedEvents(records: readonly EventRecord[], options: OrderOptions): TimedEvents {
  const ordinalOf = ordinalReader(options);
  const timed: TimedEvent[] = [];
  const withoutTime: EventRecord[] = [];
  for (const [position, record] of records.entries()) {
    const ordinal = ordinalOf(record, position);
    if (ordinal === undefined) withoutTime.push(record);
    else timed.push({ record, ordinal });
  }
  return { timed: timed.sort((left, right) => compareOrdinals(left.ordinal, right.ordinal)), withoutTime };
}

/** The events that match each slot. */
function* hitsIn(
  events: readonly TimedEvent[],
  slots: readonly Slot[],
): Generator<undefined, ReadonlyMap<Slot["step"], readonly Hit[]>> {
  const hits = new Map<Slot["step"], Hit[]>();
  for (const event of events) {
    const { document } = event.record;
    for (const { step, term } of slots) {
      if (!term.matches(document)) continue;
      const known = hits.get(step) ?? [];
      hits.set(step, known);
      // Several runs of one step have the same events.
      if (known.at(-1)?.event !== event) known.push({ event, tuples: term.keysOf(document) });
    }
    yield;
  }
  return hits;
}

function* sequencesIn(
  plan: SequencePlan,
  events: readonly TimedEvent[],
): Generator<undefined, readonly FoundSequence<TimedEvent>[]> {
  const machine = sequenceMachine<TimedEvent>(plan);
  const found: FoundSequence<TimedEvent>[] = [];
  for (const event of events) {
    for (const one of machine.push(event.record.document, event.ordinal, event)) found.push(one);
    yield;
  }
  return [...found, ...machine.finish()];
}

function foundEvent(event: TimedEvent | null): FoundEvent | null {
  return event === null ? null : { line: event.record.line, time: momentText(event.ordinal.milliseconds) };
}

type Missed = Pick<SequenceExplanation & { readonly outcome: "missed" }, "outcome" | "reached" | "misses">;

type SearchContext = Omit<MissContext, "hitsOf">;

/** Of the attempts that came furthest the one that lacked least. */
function* nearestMiss(search: SearchContext, { until, maxspan }: SequencePlan): Generator<undefined, Missed> {
  const { layout, events } = search;
  const hits = yield* hitsIn(events, layout.slots);
  const context: MissContext = { ...search, hitsOf: ({ step }) => hits.get(step) ?? [] };
  const endings = yield* traceSequence({ stages: layout.stages, until, maxspan }, events);
  const furthest = endings.reduce((most, ending) => Math.max(most, reachOf(ending)), 0);
  const nearest = endings.filter((ending) => reachOf(ending) === furthest).reverse();
  const asked = [
    ...nearest.filter(({ kind }) => kind === "maxspan"),
    ...nearest.filter(({ kind }) => kind === "until").slice(0, MOST_ENDINGS),
    ...nearest.filter(({ kind }) => kind === "open" || kind === "complete").slice(0, MOST_ENDINGS),
  ];
  const scored: ScoredMiss[] = [];
  for (const ending of asked) {
    scored.push(...missesOf(context, ending));
    yield;
  }
  const misses = bestOfEachKind(scored);
  const [best] = misses;
  if (best !== undefined) {
    return missed(
      context,
      best.trail,
      misses.slice(0, MOST_MISSES).map(({ miss }) => miss),
    );
  }
  const trail = nearest[0]?.trail;
  const next = layout.stages[furthest];
  return missed(context, trail, next === undefined ? [] : [stageMiss(context, trail, next)]);
}

/** How many events it found. */
function reachOf({ trail }: Ending): number {
  return trail.stage + 1;
}

function bestOfEachKind(misses: readonly ScoredMiss[]): readonly ScoredMiss[] {
  return NEAREST_FIRST.flatMap((kind) => {
    const same = misses.filter(({ miss }) => miss.kind === kind);
    const least = same.reduce((lowest, { score }) => Math.min(lowest, score), Infinity);
    return same.find(({ score }) => score === least) ?? [];
  });
}

const NEAREST_FIRST: readonly MissKind[] = ["missing", "maxspan", "until", "order", "key"];

function missed(context: MissContext, trail: Trail | undefined, misses: Missed["misses"]): Missed {
  const { text, sequence, layout } = context;
  const first = sequence.steps[0];
  const keys =
    trail === undefined || first === undefined ? [] : keyTexts(keysOfStep(sequence, first), trail.keys);
  const found = trail === undefined ? [] : eventsOf(trail).map(foundEvent);
  return { outcome: "missed", reached: chainOf(text, layout.stages, found, keys), misses };
}
