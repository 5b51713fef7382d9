/** The machine against the definition, on random sequences and events. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { inOrder, ordinalReader } from "../../server/src/core/engine/eql/order.ts";
import { sequenceMachine } from "../../server/src/core/engine/eql/sequence.ts";
import { seededRandom } from "../support/random.ts";
import { type ModelEvent, type ModelResult, modelSequences, type ModelSequence } from "./bruteForce.ts";
import { exhausted } from "./exhausted.ts";
import { modelOptions, planOf, recordsOf, someEvents, someSequence } from "./sequenceModel.ts";

const SEED = 20_240_531;

function machineSequences(sequence: ModelSequence, events: readonly ModelEvent[]): readonly ModelResult[] {
  const ordinalOf = ordinalReader(modelOptions);
  const timed = recordsOf(events).flatMap((record, position) => {
    const ordinal = ordinalOf(record, position);
    return ordinal === undefined ? [] : [{ record, ordinal }];
  });
  const machine = sequenceMachine<number>(planOf(sequence));
  const found = exhausted(inOrder(timed)).flatMap(({ record, ordinal }) =>
    machine.push(record.document, ordinal, record.line - 1),
  );
  return [...found, ...machine.finish()] as ModelResult[];
}

test("sequences are those of the definition", () => {
  let found = 0;
  let foundWithMissing = 0;
  fc.assert(
    fc.property(someSequence, someEvents, (sequence, events) => {
      const expected = modelSequences(sequence, events);
      expect(machineSequences(sequence, events)).toEqual(expected);
      found += expected.length;
      if (sequence.steps.some(({ isMissing }) => isMissing)) foundWithMissing += expected.length;
    }),
    { seed: SEED, numRuns: 6000 },
  );
  expect(foundWithMissing, "the property is not about nothing").toBeGreaterThan(500);
  expect(found - foundWithMissing).toBeGreaterThan(500);
});

/** Events of one key know nothing of those of another, so the definition can be asked about each key alone. */
test("with many keys, what is forgotten was of no use any more", () => {
  const random = seededRandom(SEED);
  const events = Array.from({ length: 60_000 }, (_event, position): ModelEvent => {
    const k = [String(random.below(8000))];
    return {
      position,
      time: position,
      tiebreaker: undefined,
      type: random.pick(["a", "b", "c"]),
      fields: { k },
    };
  });
  const byKey = new Map<string, ModelEvent[]>();
  for (const event of events) {
    const key = String(event.fields["k"]);
    byKey.set(key, [...(byKey.get(key) ?? []), event]);
  }
  for (const sequence of LONG_SEQUENCES) {
    const expected = [...byKey.values()].flatMap((some) => modelSequences(sequence, some));
    const byEnd = expected.toSorted(
      (a, b) => (a.events.findLast(isPresent) ?? 0) - (b.events.findLast(isPresent) ?? 0),
    );
    expect(expected.length).toBeGreaterThan(300);
    expect(machineSequences(sequence, events)).toEqual(byEnd);
  }
});

function isPresent(event: number | null): event is number {
  return event !== null;
}

const k = [{ field: "k", isOptional: false }];
const a = { type: "a", keys: k, isMissing: false, runs: 1 };
const b = { ...a, type: "b" };
const c = { ...a, type: "c" };
const withoutC = { ...c, isMissing: true };
const maxspan = 12_000;

const LONG_SEQUENCES: readonly ModelSequence[] = [
  { steps: [a, b, c], until: undefined, maxspan },
  { steps: [a, { ...b, runs: 2 }], until: c, maxspan },
  { steps: [withoutC, a, b], until: undefined, maxspan },
  { steps: [a, withoutC, b], until: undefined, maxspan },
  { steps: [a, b, withoutC], until: undefined, maxspan },
  { steps: [withoutC, a, b, withoutC], until: undefined, maxspan },
];
