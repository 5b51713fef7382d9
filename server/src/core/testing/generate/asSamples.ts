/** Documents that were made as sample events: one on each line. */
import { type JsonObject } from "../../engine/event.ts";
import { type SampleEvent } from "../sampleEvents.ts";

export function asSampleEvents(documents: readonly JsonObject[]): readonly SampleEvent[] {
  return documents.map((document, i) => ({
    document,
    line: i + 1,
    shape: "document",
    span: { start: 0, end: 0 },
    path: [],
    index: undefined,
    id: undefined,
  }));
}

/** As an events file holds them. */
export function asNdjson(documents: readonly JsonObject[]): string {
  return documents.map((document) => `${JSON.stringify(document)}\n`).join("");
}
