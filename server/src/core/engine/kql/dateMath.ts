/** Moments that date math stands for, in UTC, rounded as Elasticsearch does. */
import { type DateMath, type DateStep, type DateUnit } from "../../query/kql/dateMath.ts";
import { type DateRange, dateRange } from "../date.ts";

/** What the date stands for, from its first millisecond to its last; undefined if there is no such day. */
export function momentsOf({ anchor, steps }: DateMath, now: number): DateRange | undefined {
  const start = anchor === "now" ? { first: now, last: now } : dateRange(anchor);
  if (start === undefined) return undefined;
  if (steps.length === 0) return start;
  // A date that steps follow is rounded down; only what is rounded in the steps is rounded up.
  const first = steps.reduce((moment, step) => stepped(moment, step, "down"), start.first);
  const last = steps.reduce((moment, step) => stepped(moment, step, "up"), start.first);
  return Number.isNaN(first) || Number.isNaN(last) ? undefined : { first, last };
}

function stepped(moment: number, { operator, amount, unit }: DateStep, rounding: "up" | "down"): number {
  if (operator !== "/") return moved(moment, operator === "+" ? amount : -amount, unit);
  const floor = floorOf(moment, unit);
  return rounding === "down" ? floor : moved(floor, 1, unit) - 1;
}

const MILLISECONDS: Readonly<Record<Exclude<DateUnit, "y" | "M">, number>> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
};

function moved(moment: number, amount: number, unit: DateUnit): number {
  if (unit !== "y" && unit !== "M") return moment + amount * MILLISECONDS[unit];
  const months = unit === "y" ? 12 * amount : amount;
  const date = new Date(moment);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  // In a shorter month the day is the last one.
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, length));
}

function floorOf(moment: number, unit: DateUnit): number {
  const date = new Date(moment);
  switch (unit) {
    case "y":
      return Date.UTC(date.getUTCFullYear(), 0, 1);
    case "M":
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
    case "w": {
      // Weeks begin on Monday.
      const day = floorOf(moment, "d");
      return day - ((date.getUTCDay() + 6) % 7) * MILLISECONDS.d;
    }
    default:
      return moment - mod(moment, MILLISECONDS[unit]);
  }
}

function mod(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
