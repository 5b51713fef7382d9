/** Events that stand alone, through a condition that is compiled once for any number of runs. */
import { type Result } from "../../base/result.ts";
import { compileEvent } from "../../engine/eql/compile.ts";
import {
  inOrder,
  type OrderOptions,
  ordinalReader,
  type TimedEvent,
  withoutTime,
} from "../../engine/eql/order.ts";
import { type Failure, type Unsupported } from "../../engine/eql/plan.ts";
import { paceFor } from "../../engine/work.ts";
import { type EqlEvent } from "../../query/eql/index.ts";
import { type EventTimes } from "../events/times.ts";
import { type SampleEvent } from "../sampleEvents.ts";

/** The events that match, in order of time. */
export type EventMatcher = (
  events: readonly SampleEvent[],
  times: EventTimes,
) => Generator<undefined, Result<readonly SampleEvent[], Failure>>;

export function eventMatcher(event: EqlEvent, options: OrderOptions): Result<EventMatcher, Unsupported> {
  const pace = paceFor(event.span.end - event.span.start);
  let failure: Failure | undefined;
  const onFailure = (one: Failure): void => {
    failure ??= one;
  };
  const compiled = compileEvent(event, { ...options, onFailure, work: pace.work });
  if (!compiled.ok) return compiled;
  const matches = compiled.value;

  /** What fails does so while one event is asked: runs that take turns do not see each other's. */
  function outcomeOf({ document }: SampleEvent): boolean | Failure {
    failure = undefined;
    const isMatch = matches(document);
    return failure ?? isMatch;
  }

  function* matchingEvents(
    events: readonly SampleEvent[],
    { timeFor }: EventTimes,
  ): Generator<undefined, Result<readonly SampleEvent[], Failure>> {
    const ordinalOf = ordinalReader({ ...options, timeFor });
    const found: (TimedEvent & { readonly record: SampleEvent })[] = [];
    for (const [position, record] of events.entries()) {
      const outcome = outcomeOf(record);
      if (typeof outcome === "object") return { ok: false, error: outcome };
      if (outcome) found.push({ record, ordinal: ordinalOf(record, position) ?? withoutTime(position) });
      if (pace.isDue()) yield;
    }
    return { ok: true, value: (yield* inOrder(found)).map(({ record }) => record) };
  }

  return { ok: true, value: matchingEvents };
}
