/** How much an event may cost. Work is counted, for the core has no clock: a unit takes some nanoseconds. */

export interface Work {
  /** What may still be done. Below zero: more was asked for, and what was answered last means nothing. */
  left: number;
  /** Of what the allowance is: of all that is asked of an event, or of each test by itself. */
  readonly scope: "event" | "test";
}

/** Enough for any text and pattern that somebody means, and done in a part of the time that anyone may wait. */
const MOST = 1_500_000;

/** For whoever asks single questions, and has `beginTest` called before each. */
export function workOfTests(): Work {
  return { left: MOST, scope: "test" };
}

export function unlimitedWork(): Work {
  return { left: Infinity, scope: "event" };
}

export function beginTest(work: Work): void {
  if (work.scope === "test") work.left = MOST;
}

/** What was computed before the first event counts for none. */
export function beginEvents(work: Work): void {
  work.left = MOST;
}

/** Takes so much off; false if that is too much. */
export function spend(work: Work, units: number): boolean {
  work.left -= units;
  return 0 <= work.left;
}

/** Tells a generator that goes through events when to yield. */
export interface Pace {
  /** Shared by all that looks at the events. */
  readonly work: Work;
  /** To be asked after each event. The next one may cost as much again. */
  readonly isDue: () => boolean;
}

/** `size` stands for what each event is asked in any case: the parts of the query. */
export function paceFor(size: number): Pace {
  const work: Work = { left: MOST, scope: "event" };
  const batch = Math.max(1, Math.min(MOST_EVENTS, Math.floor(STEP / (size * UNITS_PER_PART))));
  let events = 0;
  let done = 0;

  function isDue(): boolean {
    events++;
    if (work.left !== MOST) {
      done += MOST - work.left;
      work.left = MOST;
    }
    if (events < batch && done < STEP) return false;
    events = 0;
    done = 0;
    return true;
  }

  return { work, isDue };
}

/** How much is done between two yields, and what the last event asks on top of it. */
const STEP = 500_000;
const MOST_EVENTS = 256;
const UNITS_PER_PART = 6;
