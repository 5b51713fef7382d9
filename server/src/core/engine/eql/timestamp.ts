/** Points in time as events give them: ISO 8601 text or milliseconds since 1970, exact to the nanosecond. */
import { type JsonValue } from "../event.ts";

export interface Timestamp {
  /** Since 1970, rounded down. */
  readonly milliseconds: number;
  /** What comes on top of the milliseconds: 0 to 999,999. */
  readonly nanoseconds: number;
}

/** Of several times the earliest counts, as when Elasticsearch sorts by a field. */
export function parseTimestamp(value: JsonValue | undefined): Timestamp | undefined {
  if (typeof value === "string") return parseIso(value) ?? parseEpoch(value);
  if (typeof value === "number") return fromNumber(value);
  if (!Array.isArray(value)) return undefined;
  const times = value.flatMap((one: JsonValue) => parseTimestamp(one) ?? []);
  return times.reduce<Timestamp | undefined>(
    (first, time) => (first === undefined || compareTimes(time, first) < 0 ? time : first),
    undefined,
  );
}

export function compareTimes(left: Timestamp, right: Timestamp): number {
  if (left.milliseconds !== right.milliseconds) return left.milliseconds < right.milliseconds ? -1 : 1;
  return left.nanoseconds - right.nanoseconds;
}

/** Is there more than `span` milliseconds between the two? */
export function isFurther(from: Timestamp, to: Timestamp, span: number): boolean {
  const distance = to.milliseconds - from.milliseconds;
  return distance === span ? from.nanoseconds < to.nanoseconds : span < distance;
}

function fromNumber(value: number): Timestamp | undefined {
  if (!Number.isFinite(value)) return undefined;
  const milliseconds = Math.floor(value);
  const nanoseconds = Math.min(Math.round((value - milliseconds) * 1_000_000), 999_999);
  return { milliseconds, nanoseconds };
}

/** Milliseconds written as text, where a number would lose what is behind the point. */
function parseEpoch(text: string): Timestamp | undefined {
  const [, sign, whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const nanoseconds = Number(fraction.slice(0, 6).padEnd(6, "0"));
  if (sign !== "-") return { milliseconds: Number(whole), nanoseconds };
  if (nanoseconds === 0) return { milliseconds: 0 - Number(whole), nanoseconds };
  return { milliseconds: -1 - Number(whole), nanoseconds: 1_000_000 - nanoseconds };
}

/**
 * `2024`, `2024-05`, `2024-05-31`, `2024-05-31T12:30:00.123456789+02:00`: what Elasticsearch calls
 * `strict_date_optional_time`. Read by hand, for this is done for every event. A character that does not belong there
 * makes one of the numbers NaN.
 */
function parseIso(text: string): Timestamp | undefined {
  const end = text.length;
  if (end !== 4 && text.charCodeAt(4) !== HYPHEN) return undefined;
  const year = numberAt(text, 0, 4);
  const month = end === 4 ? 1 : numberAt(text, 5, 2);
  if (7 < end && text.charCodeAt(7) !== HYPHEN) return undefined;
  const day = end <= 7 ? 1 : numberAt(text, 8, 2);
  const days = daysSince1970(year, month, day);
  if (end <= 10) return Number.isNaN(days) ? undefined : { milliseconds: days * DAY, nanoseconds: 0 };
  if (text.charCodeAt(10) !== LETTER_T) return undefined;
  const hour = numberAt(text, 11, 2);
  const hasMinute = text.charCodeAt(13) === COLON;
  const minute = hasMinute ? numberAt(text, 14, 2) : 0;
  const hasSecond = hasMinute && text.charCodeAt(16) === COLON;
  const second = hasSecond ? numberAt(text, 17, 2) : 0;
  if (!(hour < 24 && minute < 60 && second < 60)) return undefined;
  const at = hasSecond ? 19 : hasMinute ? 16 : 13;
  const hasFraction = hasSecond && (text.charCodeAt(at) === POINT || text.charCodeAt(at) === COMMA);
  const afterFraction = hasFraction ? endOfDigits(text, at + 1) : at;
  if (hasFraction && afterFraction === at + 1) return undefined;
  const fraction = hasFraction ? billionths(text, at + 1, afterFraction) : 0;
  const minutes = hour * 60 + minute - offsetMinutes(text, afterFraction);
  const milliseconds = days * DAY + minutes * 60_000 + second * 1000 + Math.floor(fraction / 1_000_000);
  return Number.isNaN(milliseconds) ? undefined : { milliseconds, nanoseconds: fraction % 1_000_000 };
}

const HYPHEN = 0x2d;
const PLUS = 0x2b;
const COMMA = 0x2c;
const POINT = 0x2e;
const COLON = 0x3a;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;
const DAY = 86_400_000;

function numberAt(text: string, start: number, length: number): number {
  let value = 0;
  for (let at = start; at < start + length; at++) value = value * 10 + digitAt(text, at);
  return value;
}

function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 0x30;
  return 0 <= digit && digit <= 9 ? digit : NaN;
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  while (!Number.isNaN(digitAt(text, end))) end++;
  return end;
}

/** The digits of a fraction, to nine places. */
function billionths(text: string, start: number, end: number): number {
  const length = Math.min(end - start, 9);
  return numberAt(text, start, length) * 10 ** (9 - length);
}

/** `Z`, `+02`, `+0200`, `+02:00` or nothing, up to the end of the text. */
function offsetMinutes(text: string, at: number): number {
  if (at === text.length) return 0;
  const sign = text.charCodeAt(at);
  if (sign === LETTER_Z) return at + 1 === text.length ? 0 : NaN;
  if (sign !== PLUS && sign !== HYPHEN) return NaN;
  const length = text.length - at;
  const minuteAt = text.charCodeAt(at + 3) === COLON ? at + 4 : at + 3;
  const isWhole = length === 3 || minuteAt + 2 === text.length;
  const minutes = numberAt(text, at + 1, 2) * 60 + (length === 3 ? 0 : numberAt(text, minuteAt, 2));
  if (!isWhole) return NaN;
  return sign === PLUS ? minutes : -minutes;
}

const DAYS_BEFORE_MONTH: readonly number[] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

/** NaN if there is no such day. */
function daysSince1970(year: number, month: number, day: number): number {
  const before = DAYS_BEFORE_MONTH[month - 1] ?? NaN;
  const after = DAYS_BEFORE_MONTH[month] ?? NaN;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = after - before + (isLeap && month === 2 ? 1 : 0);
  if (!(1 <= day && day <= length)) return NaN;
  const leapDays = leapDaysBefore(year) - leapDaysBefore(1970) + (isLeap && 2 < month ? 1 : 0);
  return (year - 1970) * 365 + leapDays + before + day - 1;
}

function leapDaysBefore(year: number): number {
  const last = year - 1;
  return Math.floor(last / 4) - Math.floor(last / 100) + Math.floor(last / 400);
}
