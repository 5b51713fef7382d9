/** How far a rule looks back beyond the time between its runs: what `from` and `interval` come to. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type Schedule, scheduleOf } from "../checks/schedule.ts";
import { inlineCode, paragraphs } from "./markdown.ts";
import { type InlayHint } from "./inlayHintsModel.ts";

/** Behind `from`, else behind `interval`; without either, Kibana's defaults are nobody's arithmetic. */
export function lookBackHints(snapshot: Snapshot): readonly InlayHint[] {
  const schedule = scheduleOf(snapshot.rule());
  const extra = additionalTime(schedule);
  const place = schedule.from ?? schedule.intervalKey;
  if (extra === undefined || place === undefined) return [];
  return [
    { kind: "lookBack", offset: place.span.end, label: labelOf(extra), subject: { kind: "look-back" } },
  ];
}

/** What Kibana calls the additional look-back time; less than zero where events are missed. */
function additionalTime({ lookback, interval }: Schedule): number | undefined {
  return lookback === undefined || interval === undefined ? undefined : lookback - interval;
}

function labelOf(extra: number): string {
  if (extra === 0) return "no additional look-back";
  return extra < 0 ? `gap of ${inUnits(-extra)}` : `${inUnits(extra)} additional look-back`;
}

export function lookBackMarkdown(snapshot: Snapshot): string | undefined {
  const schedule = scheduleOf(snapshot.rule());
  const { lookback, interval, from, to, intervalKey } = schedule;
  const extra = additionalTime(schedule);
  if (extra === undefined || lookback === undefined || interval === undefined) return undefined;
  const written = [
    from === undefined ? "`from` is absent and counts as `now-6m`" : `\`from\` is ${inlineCode(from.value)}`,
    ...(to === undefined ? [] : [`\`to\` is ${inlineCode(to.value)}`]),
    intervalKey === undefined
      ? "`interval` is absent and counts as `5m`"
      : `\`interval\` is ${inlineCode(intervalKey.value)}`,
  ];
  return paragraphs(
    `${inUnits(lookback)} − ${inUnits(interval)} = **${extra < 0 ? "−" : ""}${inUnits(Math.abs(extra))}**`,
    meaningOf(extra),
    written.map((line) => `- ${line}`).join("\n"),
  );
}

function meaningOf(extra: number): string {
  if (extra < 0)
    return "Each run begins later than the last one ended: events in between are never searched.";
  if (extra === 0) return "Each run begins where the last one ended: events that arrive late are missed.";
  return "Each run searches this much of the time before it again, and finds events that arrived late.";
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
] as const;

/** In every unit that it takes: `1d 2h`. */
function inUnits(milliseconds: number): string {
  const parts: string[] = [];
  let left = milliseconds;
  for (const [unit, size] of UNITS) {
    const amount = Math.floor(left / size);
    if (0 < amount) parts.push(`${amount}${unit}`);
    left -= amount * size;
  }
  return parts.length === 0 ? "0" : parts.join(" ");
}
