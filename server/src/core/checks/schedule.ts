/** When a rule runs and what it looks back to, as far as its keys say so in plain numbers. */
import { textIn } from "../rule/read.ts";
import { type RuleDocument, type SourcedText } from "../rule/model.ts";

export interface Schedule {
  /** From the beginning of the window to its end, in milliseconds; undefined if it cannot be told. */
  readonly lookback: number | undefined;
  /** In milliseconds; undefined if it cannot be told. */
  readonly interval: number | undefined;
  readonly from: SourcedText | undefined;
  readonly to: SourcedText | undefined;
  readonly intervalKey: SourcedText | undefined;
}

const MINUTE = 60_000;

const UNITS: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", MINUTE],
  ["h", 60 * MINUTE],
  ["d", 24 * 60 * MINUTE],
]);

/** Kibana's defaults stand for keys that are absent: `now-6m`, `now` and `5m`. */
export function scheduleOf({ rule }: RuleDocument): Schedule {
  const from = rule && textIn(rule, "from");
  const to = rule && textIn(rule, "to");
  const intervalKey = rule && textIn(rule, "interval");
  // A key that stands there and cannot be read says nothing, not even the default.
  const textOf = (name: string, written: SourcedText | undefined, usual: string): string =>
    written?.value ?? (rule?.byName.has(name) === true ? "" : usual);
  const [start, end] = [fromNow(textOf("from", from, "now-6m")), fromNow(textOf("to", to, "now"))];
  const lookback = start === undefined || end === undefined ? undefined : end - start;
  const interval = duration(textOf("interval", intervalKey, "5m"));
  return { lookback, interval, from, to, intervalKey };
}

function fromNow(text: string): number | undefined {
  if (text === "now") return 0;
  const [, sign, length = ""] = /^now([+-])(\w+)$/.exec(text) ?? [];
  const time = duration(length);
  return time === undefined ? undefined : sign === "-" ? -time : time;
}

function duration(text: string): number | undefined {
  const [, amount, unit = ""] = /^(\d+)([a-z]+)$/.exec(text) ?? [];
  const factor = UNITS.get(unit);
  return factor === undefined ? undefined : Number(amount) * factor;
}

/** In the largest unit that needs no fraction: `90m`, `2h`. */
export function durationText(milliseconds: number): string {
  const [unit, factor] = [...UNITS].findLast(([, size]) => milliseconds % size === 0) ?? ["ms", 1];
  return `${milliseconds / factor}${unit}`;
}

/** In whole minutes, rounded up: what a rule's `from` and `interval` are written in. */
export function minutesText(milliseconds: number): string {
  return `${Math.ceil(milliseconds / MINUTE)}m`;
}
