/** Ranges of stack versions as packages write them: `^8.19.4 || ~9.0.7 || >=9.1.4 <10.0.0`. */
import { type StackVersion, compareStacks } from "./stackVersion.ts";

/** From the first version on, up to but without the second; without a second one there is no end. */
export interface StackSpan {
  readonly from: StackVersion;
  readonly before: StackVersion | undefined;
}

/** Spans of which one must hold a version; undefined if the range is not understood. */
export type StackRange = readonly StackSpan[];

/** `||` joins alternatives; blanks join bounds that hold together. */
export function stackRange(text: string): StackRange | undefined {
  const spans = text.split("||").map((clause) => stackSpan(clause));
  const understood = spans.filter((span) => span !== undefined);
  return understood.length === spans.length ? understood : undefined;
}

export function isInRange(version: StackVersion, range: StackRange): boolean {
  return range.some(
    ({ from, before }) =>
      compareStacks(from, version) <= 0 && (before === undefined || compareStacks(version, before) < 0),
  );
}

const ZERO: StackVersion = { major: 0, minor: 0, patch: 0 };

function stackSpan(clause: string): StackSpan | undefined {
  let span: StackSpan = { from: ZERO, before: undefined };
  for (const token of clause.trim().split(/\s+/)) {
    // An empty clause bounds nothing.
    if (token === "") continue;
    const bound = boundOf(token);
    if (bound === undefined) return undefined;
    span = { from: later(span.from, bound.from), before: earlier(span.before, bound.before) };
  }
  return span;
}

function boundOf(token: string): StackSpan | undefined {
  const match = /^(\^|~|>=|<=|>|<|=|)(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/.exec(token);
  if (match === null) return undefined;
  const version = { major: Number(match[2]), minor: Number(match[3]), patch: Number(match[4]) };
  const next = { ...version, patch: version.patch + 1 };
  switch (match[1]) {
    case "^":
      // Below 1.0.0 a caret means something else, and no stack is there.
      if (version.major === 0) return undefined;
      return { from: version, before: { major: version.major + 1, minor: 0, patch: 0 } };
    case "~":
      return { from: version, before: { major: version.major, minor: version.minor + 1, patch: 0 } };
    case ">=":
      return { from: version, before: undefined };
    case ">":
      return { from: next, before: undefined };
    case "<=":
      return { from: ZERO, before: next };
    case "<":
      return { from: ZERO, before: version };
    default:
      return { from: version, before: next };
  }
}

function later(a: StackVersion, b: StackVersion): StackVersion {
  return compareStacks(a, b) < 0 ? b : a;
}

function earlier(a: StackVersion | undefined, b: StackVersion | undefined): StackVersion | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareStacks(a, b) < 0 ? a : b;
}
