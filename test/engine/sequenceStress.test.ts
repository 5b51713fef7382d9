/** What takes long or holds much: a million open sequences, an end at every event. */
import { describe, expect, test } from "vitest";
import { type Ordinal } from "../../server/src/core/engine/eql/order.ts";
import { type KeyReader } from "../../server/src/core/engine/eql/plan.ts";
import { sequenceMachine, type SequencePlan } from "../../server/src/core/engine/eql/sequence.ts";

const MILLION = 1_000_000;
const keysOf: KeyReader = (document) => [[document["k"] as string]];
const first = { matches: () => true, keysOf, isMissing: false, runs: 1 };
const never = { ...first, matches: () => false };

interface Outcome {
  readonly mostOpen: number;
  readonly found: number;
  /** Of each tenth of the events, in milliseconds. */
  readonly times: readonly number[];
}

/** One event a millisecond. */
function runMany(plan: SequencePlan, count: number, keyCount: number): Outcome {
  const machine = sequenceMachine<number>(plan);
  const times: number[] = [];
  let mostOpen = 0;
  let found = 0;
  let started = performance.now();
  for (let i = 0; i < count; i++) {
    const ordinal: Ordinal = { milliseconds: i, nanoseconds: 0, tiebreaker: undefined, position: i };
    found += machine.push({ k: `key ${i % keyCount}` }, ordinal, i).length;
    if (i % 1000 === 0) mostOpen = Math.max(mostOpen, machine.openCount());
    if ((i + 1) % (count / 10) !== 0) continue;
    times.push(performance.now() - started);
    started = performance.now();
  }
  return { mostOpen: Math.max(mostOpen, machine.openCount()), found: found + machine.finish().length, times };
}

/** The later events take no longer than the earlier: generous, for other work runs on the same machine. */
function expectLinear(times: readonly number[]): void {
  const [early, late] = [times.slice(0, 5), times.slice(5)].map(
    (some) => some.toSorted((a, b) => a - b)[2] ?? NaN,
  );
  expect(late).toBeLessThan((early ?? NaN) * 4 + 100);
}

describe("very many open sequences", () => {
  test("are held if all can still match, in linear time", () => {
    const plan = { steps: [first, never, never], until: undefined, maxspan: undefined };
    const { mostOpen, times } = runMany(plan, MILLION, MILLION);
    expect(mostOpen).toBe(MILLION);
    expectLinear(times);
  });

  test("are let go after maxspan", () => {
    const plan = { steps: [first, never, never], until: undefined, maxspan: 10_000 };
    const { mostOpen, times } = runMany(plan, MILLION, MILLION);
    expect(mostOpen).toBeLessThan(21_000);
    expectLinear(times);
  });

  test("that wait for what must be missing are let go, too", () => {
    const steps = [first, { ...never, isMissing: true }];
    const { mostOpen, found, times } = runMany(
      { steps, until: undefined, maxspan: 10_000 },
      300_000,
      300_000,
    );
    expect(mostOpen).toBe(0);
    expect(found).toBe(300_000);
    expectLinear(times);
  });
});

test("an end at every event takes linear time", () => {
  const until = { matches: () => true, keysOf };
  const plan = { steps: [{ ...first, runs: 3 }, first], until, maxspan: undefined };
  const { found, mostOpen, times } = runMany(plan, 300_000, 1000);
  expect([found, mostOpen]).toEqual([0, 0]);
  expectLinear(times);
});

test("a missing event at every event takes linear time", () => {
  const missing = { ...first, isMissing: true };
  const steps = [missing, first, missing, first, missing];
  const { times } = runMany({ steps, until: undefined, maxspan: 1000 }, 300_000, 7);
  expectLinear(times);
});
