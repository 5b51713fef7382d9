/** What the parts of a query say of events: how many each is true of, how many hang on it, and what no event exercises. */
import { type Clause } from "../engine/explain.ts";
import { and3, not3, or3, type Truth } from "../engine/value.ts";
import { type Span } from "../text/span.ts";
import { type ListValue, type PreparedRule, type QueryPart } from "./run/prepared.ts";
import { type SampleEvent } from "./sampleEvents.ts";

/** A part of the query, over all events. */
export interface PartResult {
  /** "step 2"; undefined where the part is the whole query. */
  readonly label: string | undefined;
  readonly role: QueryPart["role"];
  /** In query offsets, as all spans in here. */
  readonly span: Span;
  readonly eventCount: number;
  readonly matchCount: number;
  readonly root: ClauseResult;
}

/**
 * `condition`: must hold. `alternative`: this or another must hold. `exclusion`: stands under a `not`, and must not.
 */
export type ClauseRole = "condition" | "alternative" | "exclusion";

export interface ClauseResult {
  readonly kind: Clause["kind"];
  readonly role: ClauseRole;
  readonly span: Span;
  /** Of how many events it is true. */
  readonly trueCount: number;
  /** Of how many of the events that match. */
  readonly trueInMatches: number;
  /** How many events match, or do not, because it alone holds. */
  readonly heldAlone: number;
  /** How many events match, or do not, because it alone does not hold. */
  readonly failedAlone: number;
  /** Of leaves with a list: its values. */
  readonly values: readonly ValueResult[];
  readonly children: readonly ClauseResult[];
}

export interface ValueResult {
  readonly span: Span;
  /** Of how many events that exercise the leaf it is true. */
  readonly trueCount: number;
}

/** Yields often enough to be stopped at any time. */
export function* partResults(
  { parts }: PreparedRule,
  events: readonly SampleEvent[],
): Generator<undefined, readonly PartResult[]> {
  const results: PartResult[] = [];
  for (const part of parts()) {
    const tally = tallyOf(part.clause, "condition", false, part.values());
    let matchCount = 0;
    for (const [i, event] of events.entries()) {
      const truths = truthsOf(tally, event);
      if (truths.truth === true) matchCount++;
      count(truths, event, truths.truth === true, true);
      if (i % EVENTS_A_STEP === 0) yield;
    }
    const { label, role, span } = part;
    results.push({ label, role, span, eventCount: events.length, matchCount, root: resultOf(tally) });
  }
  return results;
}

const EVENTS_A_STEP = 20;

/** Counts for a clause and those below, while events are looked at. */
interface Tally {
  readonly clause: Clause;
  readonly role: ClauseRole;
  readonly values: readonly { readonly value: ListValue; trueCount: number }[];
  readonly children: readonly Tally[];
  trueCount: number;
  trueInMatches: number;
  heldAlone: number;
  failedAlone: number;
}

/** Under a `not`, what was written with `or` excludes, each by itself. */
function tallyOf(clause: Clause, role: ClauseRole, isNegated: boolean, values: readonly ListValue[]): Tally {
  const own = { clause, role, trueCount: 0, trueInMatches: 0, heldAlone: 0, failedAlone: 0 };
  switch (clause.kind) {
    case "leaf": {
      const { start, end } = clause.span;
      const inLeaf = values.filter(({ leafSpan }) => leafSpan.start === start && leafSpan.end === end);
      return { ...own, values: inLeaf.map((value) => ({ value, trueCount: 0 })), children: [] };
    }
    case "not": {
      const below = isNegated ? "condition" : "exclusion";
      return { ...own, values: [], children: [tallyOf(clause.child, below, !isNegated, values)] };
    }
    default: {
      const isChoice = clause.kind === "any" && !isNegated && 1 < clause.children.length;
      const below = isChoice ? "alternative" : role;
      return {
        ...own,
        values: [],
        children: clause.children.map((one) => tallyOf(one, below, isNegated, values)),
      };
    }
  }
}

interface Truths {
  readonly tally: Tally;
  readonly truth: Truth;
  readonly children: readonly Truths[];
}

function truthsOf(tally: Tally, event: SampleEvent): Truths {
  const { clause } = tally;
  const children = tally.children.map((child) => truthsOf(child, event));
  const truths = children.map(({ truth }) => truth);
  switch (clause.kind) {
    case "leaf":
      return { tally, truth: clause.truthOf(event.document), children };
    case "not":
      return { tally, truth: not3(truths[0] ?? null), children };
    case "all":
      return { tally, truth: truths.reduce(and3, true), children };
    case "any":
      return { tally, truth: truths.reduce(or3, false), children };
  }
}

/** `isPivotal`: the verdict of the whole turns with that of this clause. */
function count(
  { tally, truth, children }: Truths,
  event: SampleEvent,
  isMatch: boolean,
  isPivotal: boolean,
): void {
  if (truth === true) tally.trueCount++;
  if (truth === true && isMatch) tally.trueInMatches++;
  if (isPivotal && truth === true) tally.heldAlone++;
  if (isPivotal && truth !== true) tally.failedAlone++;
  countValues(tally, truth, event, isMatch, isPivotal);
  const { kind } = tally.clause;
  // An `all` hangs on a child if all others hold, an `any` if none does.
  const others =
    kind === "all"
      ? children.filter((one) => one.truth !== true)
      : children.filter((one) => one.truth === true);
  for (const child of children) {
    const isAlone = others.length === 0 || (others.length === 1 && others[0] === child);
    count(child, event, isMatch, isPivotal && (kind === "not" || isAlone));
  }
}

function countValues(
  { values, role }: Tally,
  truth: Truth,
  event: SampleEvent,
  isMatch: boolean,
  isPivotal: boolean,
): void {
  if (truth === null) return;
  for (const one of values) {
    const isExclusion = (role === "exclusion") !== (one.value.isExcluded ?? false);
    const isExercised = isExclusion ? !isMatch && isPivotal : isMatch;
    if (isExercised && one.value.accepts(event.document)) one.trueCount++;
  }
}

function resultOf({ clause, role, values, children, ...counts }: Tally): ClauseResult {
  return {
    kind: clause.kind,
    role,
    span: clause.span,
    ...counts,
    values: values.map(({ value, trueCount }) => ({ span: value.span, trueCount })),
    children: children.map(resultOf),
  };
}

/** A clause or value that no event exercises. */
export interface Unexercised {
  readonly role: ClauseRole | "value";
  readonly span: Span;
  /** One sentence without a full stop. */
  readonly message: string;
}

export interface Coverage {
  /** Leaves and values of lists. */
  readonly total: number;
  readonly exercised: number;
  readonly unexercised: readonly Unexercised[];
}

/**
 * A condition or alternative is exercised by an event that matches and of which it is true, an exclusion by one that
 * would match but for it.
 */
export function coverageOf(parts: readonly PartResult[]): Coverage {
  const unexercised: Unexercised[] = [];
  let total = 0;
  for (const leaf of parts.flatMap(({ root }) => leavesOf(root))) {
    total += Math.max(1, leaf.values.length);
    if (!isExercised(leaf)) {
      unexercised.push({ role: leaf.role, span: leaf.span, message: MESSAGES[leaf.role] });
      total -= Math.max(0, leaf.values.length - 1);
      continue;
    }
    for (const { span, trueCount } of leaf.values) {
      if (trueCount === 0) unexercised.push({ role: "value", span, message: MESSAGES.value });
    }
  }
  return { total, exercised: total - unexercised.length, unexercised };
}

const MESSAGES: Readonly<Record<Unexercised["role"], string>> = {
  condition: "No event that matches exercises this condition",
  alternative: "No event that matches exercises this alternative",
  exclusion: "No event is kept from matching by this exclusion alone",
  value: "No event exercises this value",
};

export function isExercised({ role, trueInMatches, heldAlone }: ClauseResult): boolean {
  return role === "exclusion" ? 0 < heldAlone : 0 < trueInMatches;
}

export function leavesOf(result: ClauseResult): readonly ClauseResult[] {
  return result.children.length === 0 ? [result] : result.children.flatMap(leavesOf);
}
