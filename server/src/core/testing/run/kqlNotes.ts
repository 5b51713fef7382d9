/** What the reader of a run of a KQL rule should know. */
import { type KqlBase, type Scene } from "./kqlBase.ts";
import { type RuleInputs } from "./prepared.ts";

export function kqlNotes(
  { settings }: KqlBase,
  { times, window }: Scene,
  { events }: RuleInputs,
  alertCount: number,
): readonly string[] {
  const notes: string[] = [];
  const { maxSignals } = settings;
  if (maxSignals < alertCount)
    notes.push(`Kibana writes ${maxSignals} of these ${alertCount} alerts in one run`);
  const timeless = window === undefined ? 0 : events.filter((event) => !times.isTimed(event)).length;
  if (0 < timeless) {
    const some =
      timeless === 1 ? "1 event has no time and counts" : `${timeless} events have no time and count`;
    notes.push(`${some} as inside of the window`);
  }
  return notes;
}
