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

/** `text` is the whole query in which the sequence stands. Of many events only the last few thousand are looked at. */
export function explainSequence(
  text: string,
  series: EqlSequence | EqlSample,
  events: readonly EventRecord[],
  options: OrderOptions,
): Result<SequenceExplanation, Unsupported> {
  const looked = events.slice(-MOST_EVENTS);
  const [all, some] = [events.length, looked.length].map((count) => count.toLocaleString("en"));
  const notes = all === some ? [] : [`only the last ${some} of ${all} events were looked at`];
  if (series.kind === "sample") return explainSample(text, series, looked, notes, options);
  const plan = planSequence(series, options);
  if (!plan.ok) return plan;
  const layout = layoutOf(series.steps, plan.value.steps);
  const { timed, withoutTime } = timedEvents(looked, options);
  if (withoutTime.length !== 0) {
    notes.push(`${eventCount(withoutTime.length)} without a time in \`${options.timestampField}\``);
  }
  const hits = new Map<Slot["step"], readonly Hit[]>();
  const context: MissContext = {
    text,
    sequence: series,
    layout,
    maxspan: plan.value.maxspan ?? Infinity,
    events: timed,
    withoutTime,
    options,
    hitsOf: (slot) => {
      const known = hits.get(slot.step) ?? hitsIn(timed, slot);
      hits.set(slot.step, known);
      return known;
    },
  };
  const found = sequencesIn(plan.value, timed);
  const common = { kind: "sequence", notes } as const;
  if (found.length === 0) return { ok: true, value: { ...common, ...nearestMiss(context, plan.value) } };
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

function hitsIn(events: readonly TimedEvent[], { term }: Slot): readonly Hit[] {
  return events.flatMap((event) => {
    const { document } = event.record;
    return term.matches(document) ? [{ event, tuples: term.keysOf(document) }] : [];
  });
}

function sequencesIn(
  plan: SequencePlan,
  events: readonly TimedEvent[],
): readonly FoundSequence<TimedEvent>[] {
  const machine = sequenceMachine<TimedEvent>(plan);
  const found: FoundSequence<TimedEvent>[] = [];
  for (const event of events) {
    for (const one of machine.push(event.record.document, event.ordinal, event)) found.push(one);
  }
  return [...found, ...machine.finish()];
}

function foundEvent(event: TimedEvent | null): FoundEvent | null {
  return event === null ? null : { line: event.record.line, time: momentText(event.ordinal.milliseconds) };
}

type Missed = Pick<SequenceExplanation & { readonly outcome: "missed" }, "outcome" | "reached" | "misses">;

/** Of the attempts that came furthest the one that lacked least. */
function nearestMiss(context: MissContext, { until, maxspan }: SequencePlan): Missed {
  const { layout } = context;
  const endings = traceSequence({ stages: layout.stages, until, maxspan }, context.events);
  const furthest = endings.reduce((most, ending) => Math.max(most, reachOf(ending)), 0);
  const nearest = endings.filter((ending) => reachOf(ending) === furthest).reverse();
  const asked = [
    ...nearest.filter(({ kind }) => kind === "maxspan"),
    ...nearest.filter(({ kind }) => kind === "until").slice(0, MOST_ENDINGS),
    ...nearest.filter(({ kind }) => kind === "open" || kind === "complete").slice(0, MOST_ENDINGS),
  ];
  const misses = bestOfEachKind(asked.flatMap((ending) => missesOf(context, ending)));
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
