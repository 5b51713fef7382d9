/** Stale work stops: once nobody wants the result, not one more step is computed. */
import { expect, test } from "vitest";
import { drive } from "../../server/src/lsp/drive.ts";
import { guardWith } from "../../server/src/lsp/guard.ts";

interface Work {
  readonly steps: Generator<undefined, string>;
  readonly done: () => number;
}

/** Work of many steps on a clock of its own, on which each step takes 2 ms. */
function work(stepCount: number): Work & { readonly now: () => number } {
  let done = 0;
  function* steps(): Generator<undefined, string> {
    while (done < stepCount) {
      done++;
      yield;
    }
    return "result";
  }
  return { steps: steps(), done: () => done, now: () => done * 2 };
}

test("work runs to its end, with a turn of the event loop after each slice of 4 ms", async () => {
  const { steps, now, done } = work(9);
  const turnsAt: number[] = [];
  const turn = (): Promise<void> => {
    turnsAt.push(done());
    return Promise.resolve();
  };
  expect(await drive(steps, { isStale: () => false, now, turn })).toBe("result");
  expect(turnsAt).toEqual([2, 4, 6, 8]);
});

test("stale work is dropped at the next turn, and nothing more is computed", async () => {
  const { steps, now, done } = work(1000);
  const turn = (): Promise<void> => Promise.resolve();
  expect(await drive(steps, { isStale: () => 6 <= done(), now, turn })).toBeUndefined();
  expect(done()).toBe(6);
});

test("a handler that throws is logged and answers empty", async () => {
  const logged: string[] = [];
  const guard = guardWith((message) => void logged.push(message));
  const handler = guard.request<[number], readonly number[]>("hover", [], (value) => {
    if (value === 1) throw new Error("broken");
    return [value];
  });
  expect(await handler(1)).toEqual([]);
  expect(await handler(2)).toEqual([2]);
  expect(logged).toHaveLength(1);
  expect(logged[0]).toMatch(/^hover failed: Error: broken/);
});
