/** How messages name an event: by its line, or by its place where several events stand on one line. */
import { type SampleEvent } from "../sampleEvents.ts";

export function eventNames(events: readonly SampleEvent[]): (event: SampleEvent) => string {
  const lines = new Set(events.map(({ line }) => line));
  if (lines.size === events.length) return ({ line }) => `line ${line}`;
  const places = new Map(events.map((event, i) => [event, i + 1]));
  return (event) => {
    const place = places.get(event);
    return place === undefined ? `line ${event.line}` : `event ${place} (line ${event.line})`;
  };
}
