/** What becomes of the text of an events file, one line of text for each event and problem. */
import { allSampleEvents } from "../../server/src/core/testing/sampleEvents.ts";

/** `line shape document`, and where it says so ` in index` and ` #id`. */
export function eventsOf(text: string): readonly string[] {
  return allSampleEvents(text).events.map(({ line, shape, document, index, id }) => {
    const place = `${index === undefined ? "" : ` in ${index}`}${id === undefined ? "" : ` #${id}`}`;
    return `${line} ${shape} ${JSON.stringify(document)}${place}`;
  });
}

/** `line kind "text": message` */
export function problemsOf(text: string): readonly string[] {
  return allSampleEvents(text).problems.map(({ line, kind, span, message }) => {
    return `${line} ${kind} ${JSON.stringify(text.slice(span.start, span.end))}: ${message}`;
  });
}
