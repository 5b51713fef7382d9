/** Points in time as rules write them, and what was probably meant by those that nobody can read. */
import { parseDateMath } from "../query/kql/dateMath.ts";

/** Date math or a date; milliseconds since 1970, which Elasticsearch takes in queries, are none in a rule. */
export function isTime(text: string): boolean {
  return parseDateMath(text) !== undefined && !/^-?\d+$/.test(text);
}

/** `now-9m` for `9m`, `now-9min` and `now - 9 minutes`; undefined if it is anybody's guess. */
export function meantTime(text: string): string | undefined {
  const [, amount, word = ""] =
    /^(?:now)?(?:\s*-)?\s*(\d{1,9})\s*([a-z]+)(?:\s+ago)?$/i.exec(text.trim()) ?? [];
  const unit = UNITS.get(word) ?? UNITS.get(word.toLowerCase());
  if (amount !== undefined && unit !== undefined) return `now-${amount}${unit}`;
  const plain = text.replace(/\s+/g, "").toLowerCase();
  return plain !== text && isTime(plain) ? plain : undefined;
}

const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    y: ["y", "yr", "yrs", "year", "years"],
    M: ["M", "mo", "mon", "month", "months"],
    w: ["w", "wk", "week", "weeks"],
    d: ["d", "day", "days"],
    h: ["h", "hr", "hrs", "hour", "hours"],
    m: ["m", "min", "mins", "minute", "minutes"],
    s: ["s", "sec", "secs", "second", "seconds"],
  }).flatMap(([unit, words]) => words.map((word) => [word, unit] as const)),
);
