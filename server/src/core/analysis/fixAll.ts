/** Applies every safe fix of a text, in passes, until nothing is left that one could mend. */
import { type Fix, applyEdits } from "../text/edit.ts";
import { type Span } from "../text/span.ts";
import { type Diagnostic } from "./diagnostic.ts";

export interface FixOutcome {
  readonly text: string;
  /** Checks whose findings were mended, one for each fix that was applied. */
  readonly fixed: readonly string[];
}

/** Diagnoses a text, one step at a time. */
export type Diagnose = (text: string) => Generator<undefined, readonly Diagnostic[]>;

/** One fix can make room for another; two that undo each other must come to an end. */
const MOST_PASSES = 10;

export function* fixAll(text: string, diagnose: Diagnose): Generator<undefined, FixOutcome> {
  const fixed: string[] = [];
  let current = text;
  let diagnostics = yield* diagnose(text);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const applied = yield* onePass(current, diagnostics, diagnose);
    if (applied === undefined) break;
    fixed.push(...applied.chosen.map(({ check }) => check));
    current = applied.text;
    diagnostics = applied.diagnostics;
  }
  return { text: current, fixed };
}

interface Chosen {
  readonly check: string;
  readonly fix: Fix;
}

interface Applied {
  readonly chosen: readonly Chosen[];
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** All fixes that do not touch each other at once; where that makes it worse, those that do good by themselves. */
function* onePass(
  text: string,
  before: readonly Diagnostic[],
  diagnose: Diagnose,
): Generator<undefined, Applied | undefined> {
  const chosen = compatible(before);
  const together = yield* applied(text, before, chosen, diagnose);
  if (together !== undefined || chosen.length < 2) return together;
  let last: Applied | undefined;
  const good: Chosen[] = [];
  for (const one of chosen) {
    const next = yield* applied(text, before, [...good, one], diagnose);
    if (next === undefined) continue;
    good.push(one);
    last = next;
  }
  return last;
}

/** Undefined if nothing changes, or the text has more errors than before. */
function* applied(
  text: string,
  before: readonly Diagnostic[],
  chosen: readonly Chosen[],
  diagnose: Diagnose,
): Generator<undefined, Applied | undefined> {
  const next = applyEdits(
    text,
    chosen.flatMap(({ fix }) => fix.edits),
  );
  if (next === text) return undefined;
  const diagnostics = yield* diagnose(next);
  return errorCount(before) < errorCount(diagnostics) ? undefined : { chosen, text: next, diagnostics };
}

function errorCount(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ severity }) => severity === "error").length;
}

/** The first safe fix of each diagnostic, as far as all of its edits stand clear of those before it. */
function compatible(diagnostics: readonly Diagnostic[]): readonly Chosen[] {
  const chosen: Chosen[] = [];
  const taken: Span[] = [];
  for (const { check, fixes } of diagnostics) {
    const fix = fixes.find(({ safety }) => safety === "safe");
    if (fix === undefined || fix.edits.some(({ span }) => taken.some((other) => meets(other, span))))
      continue;
    taken.push(...fix.edits.map(({ span }) => span));
    chosen.push({ check, fix });
  }
  return chosen;
}

/** Edits that only touch each other would depend on their order. */
function meets(first: Span, second: Span): boolean {
  return first.start <= second.end && second.start <= first.end;
}
