/** Points in time in fields of dates, as milliseconds since 1970. */
import { parseTimestamp } from "./eql/timestamp.ts";
import { type Present } from "./value.ts";

/** What a date in a query stands for: `2024-05-31` is a whole day. */
export interface DateRange {
  readonly first: number;
  readonly last: number;
}

/** NaN if it is no date. */
export function timeOf(value: Present): number {
  return typeof value === "boolean" ? NaN : (parseTimestamp(value)?.milliseconds ?? NaN);
}

const PARTS = /^(\d{4})(-\d\d)?(-\d\d)?(?:T(\d\d)(:\d\d)?(:\d\d)?(.*))?$/;

/** Undefined if it is no date; date math such as `now-1d` is none. */
export function dateRange(value: string | number): DateRange | undefined {
  const first = timeOf(value);
  if (Number.isNaN(first)) return undefined;
  const parts = typeof value === "string" ? PARTS.exec(value) : null;
  return { first, last: parts === null ? first : timeOf(completed(parts)) };
}

/** Elasticsearch fills what is missing at the end of a range: with the first month and day, and the last moment of it. */
function completed([
  text,
  year,
  month = "-01",
  day = "-01",
  hour,
  minute,
  second,
  rest,
]: RegExpExecArray): string {
  if (second !== undefined)
    return /^[.,]/.test(rest ?? "")
      ? text
      : `${year}${month}${day}T${hour}${minute}${second}.999${rest ?? ""}`;
  const zone = rest ?? "";
  return `${year}${month}${day}T${hour ?? "23"}${minute ?? ":59"}:59.999${zone}`;
}
