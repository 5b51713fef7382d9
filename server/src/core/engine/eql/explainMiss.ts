/** Why an attempt at a sequence went no further. */
import { type EqlSequence } from "../../query/eql/index.ts";
import { type EventRecord } from "../event.ts";
import { type Miss } from "../explainedSequence.ts";
import { quoted } from "../excerpt.ts";
import { compileKeys } from "./compile.ts";
import { noEventMiss } from "./explainCandidate.ts";
import { hasKey, keyName, keysOfStep, type Layout, type Slot, stepText } from "./explainSteps.ts";
import { keyOf } from "./keyTable.ts";
import { compareOrdinals, type TimedEvent } from "./order.ts";
import { type EqlOptions, type KeyValue } from "./plan.ts";
import { type Ending, eventsOf, type Trail } from "./sequenceTrace.ts";
import { type Stage } from "./stages.ts";
import { compareTimes, type Timestamp } from "./timestamp.ts";

export interface MissContext {
  readonly text: string;
  readonly sequence: EqlSequence;
  readonly layout: Layout;
  readonly maxspan: number;
  /** In order. */
  readonly events: readonly TimedEvent[];
  readonly withoutTime: readonly EventRecord[];
  readonly options: EqlOptions;
  /** The events that match a slot, with their keys. */
  readonly hitsOf: (slot: Slot) => readonly Hit[];
}

export interface Hit {
  readonly event: TimedEvent;
  readonly tuples: readonly (readonly KeyValue[])[];
}

/** Of misses of one kind the one with the lowest score comes nearest. */
export interface ScoredMiss {
  readonly miss: Miss;
  readonly score: number;
  readonly trail: Trail | undefined;
}

/** None if there is no event at all that could have been meant. */
export function missesOf(context: MissContext, ending: Ending): readonly ScoredMiss[] {
  const { trail, kind } = ending;
  const scored = (miss: Miss, score = 0): readonly ScoredMiss[] => [{ miss, score, trail }];
  if (kind === "complete") return presentMisses(context, trail).map((miss) => ({ miss, score: 0, trail }));
  const next = context.layout.stages[trail.stage + 1];
  if (next === undefined) return [];
  if (kind === "maxspan") {
    const excess = ending.by.ordinal.milliseconds - trail.start.milliseconds - context.maxspan;
    const { line } = ending.by.record;
    const message = `${next.label} (line ${line}) came ${durationText(excess)} after maxspan`;
    return scored({ kind, message, ...placeOf(context, next, line) }, excess);
  }
  const hits = context.hitsOf(next);
  if (kind === "until") {
    const { record, ordinal } = ending.by;
    const later = hits.find(({ event, tuples }) => {
      return 0 < compareOrdinals(event.ordinal, ordinal) && hasKey(tuples, trail.key);
    });
    if (later !== undefined) {
      const { line } = later.event.record;
      const message = `cancelled by until at line ${record.line}, before ${next.label} (line ${line})`;
      return scored({ kind, message, ...placeOf(context, next, record.line) });
    }
  }
  return [...earlierMiss(context, trail, next, hits), ...otherKeyMiss(context, trail, next, hits)];
}

/** For a stage that no attempt reached, or after which none went on, whatever the attempt. */
export function stageMiss(context: MissContext, trail: Trail | undefined, next: Stage<Slot>): Miss {
  const hits = context.hitsOf(next);
  const withoutKey = hits.find(({ tuples }) => tuples.length === 0);
  if (withoutKey !== undefined) {
    const { record } = withoutKey.event;
    const message = `${next.label} (line ${record.line}) has no key: ${absentKeys(context, next, record)}`;
    return { kind: "no-key", message, ...placeOf(context, next, record.line) };
  }
  const untimed = context.withoutTime.find(({ document }) => next.term.matches(document));
  if (untimed !== undefined) {
    const { timestampField } = context.options;
    const message = `${next.label} (line ${untimed.line}) has no time in \`${timestampField}\``;
    return { kind: "no-time", message, ...placeOf(context, next, untimed.line) };
  }
  const used = hits.at(-1)?.event.record.line;
  if (used !== undefined) {
    const message = `no further event matches ${next.label}: line ${used} is taken`;
    return { kind: "same-event", message, ...placeOf(context, next, used) };
  }
  return noEventMiss(context.text, next, preferred(context, trail, next), context.options);
}

function placeOf(
  { text }: MissContext,
  slot: Slot,
  line: number | undefined,
): Omit<Miss, "kind" | "message"> {
  return { ...stepText(text, slot), line, clauses: [] };
}

/** All events came, and so did one that must be missing. */
function presentMisses(context: MissContext, trail: Trail): readonly Miss[] {
  const { stages, missingAfter } = context.layout;
  const events = eventsOf(trail);
  const [first] = stages;
  const between = stages.flatMap((stage, i) => {
    const [from, to] = [events[i - 1]?.ordinal, events[i]?.ordinal];
    if (from === undefined || to === undefined) return [];
    return presentOnes(context, trail.key, stage.missingBefore, from, to).slice(0, 1);
  });
  if (between.length !== 0) return between;
  const before = presentOnes(context, trail.key, first?.missingBefore ?? [], undefined, trail.start);
  const after = presentOnes(context, trail.key, missingAfter, trail.event.ordinal, undefined);
  const [earlier, later] = [before.at(-1), after[0]];
  if (earlier === undefined || later === undefined) return [earlier ?? later ?? []].flat();
  // With both ends missing, one alone would be no reason.
  return [{ ...earlier, message: `${earlier.message}, and ${later.message}` }];
}

/** Events strictly between two times that must be missing, in order. */
function presentOnes(
  context: MissContext,
  key: KeyValue,
  slots: readonly Slot[],
  from: Timestamp | undefined,
  to: Timestamp | undefined,
): readonly Miss[] {
  const found = slots.flatMap((slot) => context.hitsOf(slot).map((hit) => ({ slot, ...hit })));
  return found
    .filter(({ event: { ordinal }, tuples }) => {
      const isAfter = from === undefined || compareTimes(from, ordinal) < 0;
      return isAfter && (to === undefined || compareTimes(ordinal, to) < 0) && hasKey(tuples, key);
    })
    .sort((left, right) => compareOrdinals(left.event.ordinal, right.event.ordinal))
    .map(({ slot, event }) => {
      const message = `${slot.label} must be missing, but was present at line ${event.record.line}`;
      return { kind: "missing", message, ...placeOf(context, slot, event.record.line) };
    });
}

function earlierMiss(
  context: MissContext,
  trail: Trail,
  next: Stage<Slot>,
  hits: readonly Hit[],
): readonly ScoredMiss[] {
  const chain = new Set(eventsOf(trail));
  const last = hits.findLast(({ event, tuples }) => {
    const isBefore = compareOrdinals(event.ordinal, trail.event.ordinal) < 0;
    return isBefore && !chain.has(event) && hasKey(tuples, trail.key);
  });
  if (last === undefined) return [];
  const { line } = last.event.record;
  const label = context.layout.stages[trail.stage]?.label ?? "";
  const message = `${next.label} (line ${line}) came before ${label} (line ${trail.event.record.line})`;
  const score = trail.event.ordinal.milliseconds - last.event.ordinal.milliseconds;
  return [{ miss: { kind: "order", message, ...placeOf(context, next, line) }, score, trail }];
}

function otherKeyMiss(
  context: MissContext,
  trail: Trail,
  next: Stage<Slot>,
  hits: readonly Hit[],
): readonly ScoredMiss[] {
  const after = hits.filter(({ event }) => 0 < compareOrdinals(event.ordinal, trail.event.ordinal));
  let best: { readonly hit: Hit; readonly keys: readonly KeyValue[]; readonly count: number } | undefined;
  for (const hit of after) {
    for (const keys of hit.tuples) {
      const count = keys.filter((key, i) => key !== trail.keys[i]).length;
      if (best === undefined || count < best.count) best = { hit, keys, count };
    }
  }
  if (best === undefined) return [];
  const { hit, keys, count } = best;
  const { line } = hit.event.record;
  const names = keysOfStep(context.sequence, next.step);
  const differences = keys.flatMap((key, i) => {
    const own = trail.keys[i] ?? null;
    return key === own ? [] : [`${quoted(own)} against ${quoted(key)} in \`${keyName(names[i])}\``];
  });
  const message = `key differs: ${differences.join(" and ")} of ${next.label} (line ${line})`;
  return [{ miss: { kind: "key", message, ...placeOf(context, next, line) }, score: count, trail }];
}

function absentKeys({ sequence, options }: MissContext, { step }: Slot, { document }: EventRecord): string {
  const absent = keysOfStep(sequence, step).filter((key) => {
    const read = compileKeys([key], options);
    return read.ok && read.value(document).length === 0;
  });
  return absent.map((key) => `\`${keyName(key)}\` is absent`).join(", ");
}

/** Events with the same key before others, and those that come after before those that came earlier. */
function preferred(
  context: MissContext,
  trail: Trail | undefined,
  next: Stage<Slot>,
): readonly EventRecord[] {
  const records = context.events.map(({ record, ordinal }) => {
    const isAfter = trail === undefined || 0 < compareOrdinals(ordinal, trail.event.ordinal);
    const isSame =
      trail === undefined || next.term.keysOf(record.document).some((k) => keyOf(k) === trail.key);
    return { record, rank: (isSame ? 0 : 2) + (isAfter ? 0 : 1) };
  });
  const chain = new Set(trail === undefined ? [] : eventsOf(trail).map(({ record }) => record));
  const others = records.filter(({ record }) => !chain.has(record));
  return others.toSorted((left, right) => left.rank - right.rank).map(({ record }) => record);
}

function durationText(milliseconds: number): string {
  const unit = UNITS.find(
    ({ size }) => 2 * size <= milliseconds || (size <= milliseconds && milliseconds % size === 0),
  );
  if (unit === undefined) return milliseconds <= 0 ? "less than 1 ms" : `${milliseconds} ms`;
  return `${Number((milliseconds / unit.size).toFixed(1))} ${unit.name}`;
}

const UNITS = [
  { name: "d", size: 86_400_000 },
  { name: "h", size: 3_600_000 },
  { name: "min", size: 60_000 },
  { name: "s", size: 1000 },
];
