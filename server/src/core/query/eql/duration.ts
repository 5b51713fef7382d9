import { distance } from "fastest-levenshtein";
import { cover, type Span } from "../../text/span.ts";
import { type SyntaxErrors } from "../chevrotain.ts";
import { asGuess, insertAt, replaceWith } from "../fixes.ts";
import { type EqlMaxspan } from "./ast.ts";

/** Units of `maxspan`, in milliseconds. */
export const MAXSPAN_UNITS: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/** Units that authors write, in milliseconds. */
const OTHER_UNITS: ReadonlyMap<string, number> = new Map([
  ["w", 604_800_000],
  ["week", 604_800_000],
  ["day", 86_400_000],
  ["hr", 3_600_000],
  ["hour", 3_600_000],
  ["min", 60_000],
  ["minute", 60_000],
  ["sec", 1000],
  ["second", 1000],
  ["millisecond", 1],
  ["milli", 1],
]);

/** The duration, if it is a right one. */
export function maxspanMilliseconds(maxspan: EqlMaxspan): number | undefined {
  const factor = MAXSPAN_UNITS.get(maxspan.unit ?? "");
  if (factor === undefined || maxspan.amount === undefined || maxspan.amount <= 0) return undefined;
  return Number.isInteger(maxspan.amount) ? maxspan.amount * factor : undefined;
}

/** How a number is written. */
interface WrittenNumber {
  readonly isNegative: boolean;
  /** Has a point or an exponent: Elasticsearch refuses `2.0h` as well. */
  readonly isDecimal: boolean;
}

/** The rules for the number and the unit of `maxspan`. */
export function checkDuration(maxspan: EqlMaxspan, written: WrittenNumber, errors: SyntaxErrors): void {
  const { isNegative, isDecimal } = written;
  const { amount, amountSpan, unit, unitSpan } = maxspan;
  if (amount === undefined || amountSpan === undefined) return;
  const whole = unitSpan === undefined ? amountSpan : cover(amountSpan, unitSpan);
  if (unit === undefined) {
    const fix = asGuess(insertAt(amountSpan.end, "s", "Add `s` for seconds"));
    return errors.report(amountSpan, "No time unit: expected ms, s, m, h or d after the number", [fix]);
  }
  const factor = MAXSPAN_UNITS.get(unit);
  if (factor === undefined) return reportUnit(unit, amount, whole, unitSpan ?? whole, errors);
  if (amount === 0 || isNegative) return errors.report(whole, "A `maxspan` must be longer than zero");
  if (!isDecimal) return;
  const shorter = inWholeUnits(amount * factor);
  const fixes = shorter === undefined ? [] : [replaceWith(whole, shorter, `Write ${shorter}`)];
  return errors.report(whole, "A `maxspan` takes a whole number", fixes);
}

function reportUnit(unit: string, amount: number, whole: Span, unitSpan: Span, errors: SyntaxErrors): void {
  const lower = unit.toLowerCase();
  const singular = lower.endsWith("s") ? lower.slice(0, -1) : lower;
  const factor =
    OTHER_UNITS.get(lower) ??
    OTHER_UNITS.get(singular) ??
    (unit === "M" ? undefined : MAXSPAN_UNITS.get(lower));
  const meant = factor === undefined ? undefined : inWholeUnits(amount * factor);
  const fixes = meant === undefined ? [] : [replaceWith(whole, meant, `Write ${meant}`)];
  errors.report(unitSpan, `Unknown time unit \`${unit}\`: expected ms, s, m, h or d`, fixes);
}

/** In the largest unit that needs no fraction. */
function inWholeUnits(milliseconds: number): string | undefined {
  if (milliseconds <= 0 || !Number.isSafeInteger(milliseconds)) return undefined;
  const [unit, factor] = [...MAXSPAN_UNITS].findLast(([, size]) => milliseconds % size === 0) ?? ["ms", 1];
  return `${milliseconds / factor}${unit}`;
}

/** `"30s"` in quotes. */
export function isDuration(text: string): boolean {
  const [, unit] = /^\d+\s*([a-z]+)$/.exec(text) ?? [];
  return unit !== undefined && MAXSPAN_UNITS.has(unit);
}

export function isNearly(word: string, meant: string): boolean {
  return word !== meant && distance(word.toLowerCase(), meant) <= 2;
}
