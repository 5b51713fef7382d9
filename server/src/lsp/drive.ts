/** Drives a generator of the core in slices, so that the event loop turns and stale work stops. */

export interface DriveOptions {
  /** True once nobody wants the result any more. */
  readonly isStale: () => boolean;
  readonly now?: () => number;
  readonly turn?: () => Promise<void>;
}

/** With the step that ends a slice, which nothing can cut short, this keeps the loop free within 10 ms. */
export const SLICE_MILLISECONDS = 4;

/** The generator's result; undefined if it became stale, and then nothing more was computed. */
export async function drive<T>(work: Generator<undefined, T>, options: DriveOptions): Promise<T | undefined> {
  const { isStale, now = () => performance.now(), turn = nextTurn } = options;
  let sliceEnd = now() + SLICE_MILLISECONDS;
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (now() < sliceEnd) continue;
    await turn();
    if (isStale()) return undefined;
    sliceEnd = now() + SLICE_MILLISECONDS;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
