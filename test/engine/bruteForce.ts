/**
 * What a sequence is, as slowly and literally as can be: stage after stage over all events at once, with every
 * candidate looked at. Nothing here is shared with the engine.
 */

export interface ModelEvent {
  /** Its place in the file. */
  readonly position: number;
  readonly time: number;
  readonly tiebreaker: number | undefined;
  readonly type: string;
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

export interface ModelKey {
  readonly field: string;
  readonly isOptional: boolean;
}

export interface ModelTerm {
  /** Undefined: any event. */
  readonly type: string | undefined;
  readonly keys: readonly ModelKey[];
}

export interface ModelStep extends ModelTerm {
  readonly isMissing: boolean;
  readonly runs: number;
}

export interface ModelSequence {
  readonly steps: readonly ModelStep[];
  readonly until: ModelTerm | undefined;
  /** In the unit of the events' times. */
  readonly maxspan: number | undefined;
}

export interface ModelResult {
  readonly keys: readonly (string | null)[];
  /** Positions; null for a missing event. */
  readonly events: readonly (number | null)[];
}

type Keys = readonly (string | null)[];

interface Hit {
  readonly event: ModelEvent;
  readonly keys: Keys;
}

interface Partial {
  readonly keys: Keys;
  readonly events: readonly ModelEvent[];
}

export function modelSequences(
  { steps, until, maxspan }: ModelSequence,
  events: readonly ModelEvent[],
): readonly ModelResult[] {
  const sorted = [...events].sort((a, b) => (isBefore(a, b) ? -1 : 1));
  const expanded = steps.flatMap((step) => Array.from({ length: step.runs }, () => step));
  const untilHits = until === undefined ? [] : hitsOf(until, sorted);
  let partials: readonly Partial[] | undefined;
  for (const step of expanded) {
    if (!step.isMissing) partials = stage(hitsOf(step, sorted), partials, untilHits, maxspan);
  }
  const byEnd = [...(partials ?? [])].sort((a, b) => {
    const [lastOfA, lastOfB] = [last(a), last(b)];
    if (lastOfA !== lastOfB) return isBefore(lastOfA, lastOfB) ? -1 : 1;
    return first(a) === first(b) ? 0 : isBefore(first(a), first(b)) ? -1 : 1;
  });
  return byEnd
    .filter((partial) => isKept(partial, expanded, sorted, maxspan))
    .map(({ keys, events: matched }) => {
      const rest = matched.map(({ position }) => position);
      return { keys, events: expanded.map(({ isMissing }) => (isMissing ? null : (rest.shift() ?? NaN))) };
    });
}

/** One positive stage over all of its hits; `before` is what the stage before has left in flight, none for the first. */
function stage(
  hits: readonly Hit[],
  before: readonly Partial[] | undefined,
  untilHits: readonly Hit[],
  maxspan: number | undefined,
): readonly Partial[] {
  if (before === undefined) return hits.map(({ event, keys }) => ({ keys, events: [event] }));
  let inFlight = [...before];
  const further: Partial[] = [];
  for (const { event, keys } of hits) {
    const earlier = inFlight.filter((one) => isSame(one.keys, keys) && isBefore(last(one), event));
    const latest = earlier.reduce<Partial | undefined>(
      (best, one) => (best === undefined || isBefore(last(best), last(one)) ? one : best),
      undefined,
    );
    if (latest === undefined) continue;
    inFlight = inFlight.filter((one) => !earlier.includes(one));
    if (maxspan !== undefined && maxspan < event.time - first(latest).time) continue;
    const isCancelled = untilHits.some(
      (hit) => isSame(hit.keys, keys) && isBefore(hit.event, event) && !isBefore(hit.event, last(latest)),
    );
    if (!isCancelled) further.push({ keys, events: [...latest.events, event] });
  }
  return further;
}

function isKept(
  { keys, events }: Partial,
  expanded: readonly ModelStep[],
  sorted: readonly ModelEvent[],
  maxspan: number | undefined,
): boolean {
  const start = events[0]?.time ?? NaN;
  const end = events.at(-1)?.time ?? NaN;
  const span = maxspan ?? NaN;
  const firstPositive = expanded.findIndex(({ isMissing }) => !isMissing);
  const lastPositive = expanded.findLastIndex(({ isMissing }) => !isMissing);
  const timesOf = (step: ModelStep): readonly number[] =>
    hitsOf(step, sorted)
      .filter((hit) => isSame(hit.keys, keys))
      .map(({ event }) => event.time);
  for (const [i, step] of expanded.entries()) {
    if (!step.isMissing || i < firstPositive || lastPositive < i) continue;
    const positivesBefore = expanded.slice(0, i).filter(({ isMissing }) => !isMissing).length;
    const left = events[positivesBefore - 1]?.time ?? NaN;
    const right = events[positivesBefore]?.time ?? NaN;
    if (timesOf(step).some((time) => left < time && time < right)) return false;
  }
  const leading = expanded
    .slice(0, firstPositive)
    .flatMap(timesOf)
    .filter((time) => time < start);
  const trailing = expanded
    .slice(lastPositive + 1)
    .flatMap(timesOf)
    .filter((time) => end < time);
  const latest = leading.length === 0 ? undefined : Math.max(...leading);
  const earliest = trailing.length === 0 ? undefined : Math.min(...trailing);
  const isFirstMissing = 0 < firstPositive;
  const isLastMissing = lastPositive < expanded.length - 1;
  if (latest === undefined && earliest === undefined) return true;
  if (isFirstMissing && latest === undefined) return true;
  if (isLastMissing && earliest === undefined) return true;
  if (latest !== undefined && earliest !== undefined) return span < earliest - latest;
  if (latest !== undefined) return span < end - latest;
  return span < (earliest ?? NaN) - start;
}

/** Every event under each combination of the values of its keys. */
function hitsOf({ type, keys }: ModelTerm, sorted: readonly ModelEvent[]): readonly Hit[] {
  return sorted
    .filter((event) => type === undefined || event.type === type)
    .flatMap((event) => keysOf(event.fields, keys).map((combination) => ({ event, keys: combination })));
}

export function keysOf(fields: ModelEvent["fields"], keys: readonly ModelKey[]): readonly Keys[] {
  return keys.reduce<readonly Keys[]>(
    (combinations, { field, isOptional }) => {
      const values = [...new Set(fields[field] ?? [])];
      const choices = values.length === 0 && isOptional ? [null] : values;
      return combinations.flatMap((combination) => choices.map((value) => [...combination, value]));
    },
    [[]],
  );
}

function isSame(left: Keys, right: Keys): boolean {
  return left.every((key, i) => key === right[i]);
}

function first({ events }: Partial): ModelEvent {
  return events[0] ?? fail();
}

function last({ events }: Partial): ModelEvent {
  return events.at(-1) ?? fail();
}

function fail(): never {
  throw new Error("A sequence without events");
}

/** Time, then tiebreaker with nothing last, then place in the file. */
function isBefore(left: ModelEvent, right: ModelEvent): boolean {
  if (left.time !== right.time) return left.time < right.time;
  const [one, other] = [left.tiebreaker ?? Infinity, right.tiebreaker ?? Infinity];
  return one === other ? left.position < right.position : one < other;
}
