/** Random events and sequences, and how the engine is asked about them. */
import fc from "fast-check";
import { type EventRecord, type JsonObject, type JsonValue } from "../../server/src/core/engine/event.ts";
import { type EqlOptions } from "../../server/src/core/engine/eql/plan.ts";
import { type SequencePlan, type SequenceTerm } from "../../server/src/core/engine/eql/sequence.ts";
import {
  keysOf,
  type ModelEvent,
  type ModelKey,
  type ModelSequence,
  type ModelStep,
  type ModelTerm,
} from "./bruteForce.ts";

/** The times of the model count quarters of a millisecond, so that what is below a millisecond matters. */
const QUARTERS = 4;
const TYPES = ["a", "b", "c"];

const values = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(["x"], ["y"]) },
  { weight: 2, arbitrary: fc.constantFrom<string[]>(["x", "y"], ["y", "x", "z"]) },
  { weight: 1, arbitrary: fc.constant<string[]>([]) },
);

export const someEvents: fc.Arbitrary<readonly ModelEvent[]> = fc
  .array(
    fc.record({
      time: fc.nat({ max: 60 }),
      tiebreaker: fc.option(fc.nat({ max: 3 }), { nil: undefined }),
      type: fc.constantFrom(...TYPES),
      fields: fc.record({ k: values, m: values }),
    }),
    { maxLength: 50, size: "max" },
  )
  .map((events) => events.map((event, position) => ({ ...event, position })));

const key: fc.Arbitrary<ModelKey> = fc.record({
  field: fc.constantFrom("k", "m"),
  isOptional: fc.boolean(),
});

function someTerm(keyCount: number): fc.Arbitrary<ModelTerm> {
  return fc.record({
    type: fc.option(fc.constantFrom(...TYPES), { nil: undefined, freq: 4 }),
    keys: fc.array(key, { minLength: keyCount, maxLength: keyCount }),
  });
}

function someStep(keyCount: number, isMissing: fc.Arbitrary<boolean>): fc.Arbitrary<ModelStep> {
  const runs = fc.oneof(
    { weight: 4, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.constantFrom(2, 3) },
  );
  return fc
    .record({ term: someTerm(keyCount), isMissing, runs })
    .map(({ term, ...rest }) => ({ ...term, ...rest }));
}

const never = fc.constant(false);
const maxspan = fc.integer({ min: 1, max: 12 }).map((milliseconds) => milliseconds * QUARTERS);

/** Some with missing events, some without; all keys of a sequence are those of its terms. */
export const someSequence: fc.Arbitrary<ModelSequence> = fc.nat({ max: 2 }).chain((keyCount) => {
  const until = fc.option(someTerm(keyCount), { nil: undefined });
  const present = fc.record({
    steps: fc.array(someStep(keyCount, never), { minLength: 2, maxLength: 4 }),
    until,
    maxspan: fc.option(maxspan, { nil: undefined }),
  });
  const missing = fc.record({
    steps: fc
      .tuple(
        fc.array(someStep(keyCount, fc.boolean()), { minLength: 1, maxLength: 2 }),
        someStep(keyCount, never),
        fc.array(someStep(keyCount, fc.boolean()), { maxLength: 2 }),
      )
      .map(([before, one, after]) => [...before, one, ...after]),
    until,
    maxspan,
  });
  return fc.oneof(present, missing);
});

export function recordsOf(events: readonly ModelEvent[]): readonly EventRecord[] {
  return events.map((event) => ({ document: documentOf(event), line: event.position + 1 }));
}

const MIDNIGHT = Date.UTC(2024, 4, 31);

function documentOf({ time, tiebreaker, type, fields }: ModelEvent): JsonObject {
  const whole = new Date(MIDNIGHT + Math.floor(time / QUARTERS)).toISOString();
  const below = String((time % QUARTERS) * 250).padStart(3, "0");
  const document = { "@timestamp": whole.replace("Z", `${below}Z`), type, ...fields };
  return tiebreaker === undefined ? document : { ...document, tie: tiebreaker };
}

export function queryOf({ steps, until, maxspan: span }: ModelSequence): string {
  const maximum = span === undefined ? "" : ` with maxspan=${span / QUARTERS}ms`;
  const end = until === undefined ? "" : ` until ${termText(until)}`;
  const texts = steps.map((step) => {
    const runs = step.runs === 1 ? "" : ` with runs=${step.runs}`;
    return `${step.isMissing ? "!" : ""}${termText(step)}${runs}`;
  });
  return `sequence${maximum} ${texts.join(" ")}${end}`;
}

function termText({ type, keys }: ModelTerm): string {
  const condition = type === undefined ? "true" : `type == "${type}"`;
  const by = keys.map(({ field, isOptional }) => `${isOptional ? "?" : ""}${field}`);
  return `[any where ${condition}]${by.length === 0 ? "" : ` by ${by.join(", ")}`}`;
}

/** The sequence as the machine takes it, without a query. */
export function planOf({ steps, until, maxspan: span }: ModelSequence): SequencePlan {
  return {
    steps: steps.map((step) => ({ ...planTerm(step), isMissing: step.isMissing, runs: step.runs })),
    until: until === undefined ? undefined : planTerm(until),
    maxspan: span === undefined ? undefined : span / QUARTERS,
  };
}

function planTerm({ type, keys }: ModelTerm): SequenceTerm {
  return {
    matches: (document) => type === undefined || document["type"] === type,
    keysOf: (document) => keysOf({ k: textsIn(document["k"]), m: textsIn(document["m"]) }, keys),
  };
}

function textsIn(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

export const modelOptions: EqlOptions = {
  categoryField: "event.category",
  timestampField: "@timestamp",
  tiebreakerField: "tie",
  size: Infinity,
  resultPosition: "tail",
  maxSamplesPerKey: 1,
  types: { get: () => undefined, isComplete: false, names: () => [] },
  seenFields: undefined,
};
