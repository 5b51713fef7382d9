/** How many tests passed and failed, and the line that says so, last of all. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

const LINE = /^(\d+) passed, (\d+) failed$/m;

export function tallyLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}

/** Finds the line in what a run has printed. */
export function tallyIn(output: string): Tally | undefined {
  const match = LINE.exec(output);
  return match === null ? undefined : { passed: Number(match[1]), failed: Number(match[2]) };
}

export function sumOf(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, tally) => ({ passed: sum.passed + tally.passed, failed: sum.failed + tally.failed }),
    { passed: 0, failed: 0 },
  );
}
