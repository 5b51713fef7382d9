/** Reads the text of an events file, whatever tool wrote it, into events that know where they stand. */
import { type EventRecord } from "../engine/event.ts";
import { type Span } from "../text/span.ts";
import { type EventShape } from "./events/document.ts";
import { eventCollector } from "./events/collect.ts";
import { readDocuments } from "./events/segments.ts";

/** An event with its origin. */
export interface SampleEvent extends EventRecord {
  readonly shape: EventShape;
  /** All of it in the text, with what is wrapped around the document. */
  readonly span: Span;
  /** The keys that lead from there to the document. */
  readonly path: readonly string[];
  /** Where Elasticsearch had it, if the text says so. */
  readonly index: string | undefined;
  readonly id: string | undefined;
}

export type EventsProblemKind =
  | "broken-json"
  /** JSON, but no event. */
  | "no-event"
  | "too-large"
  /** A line of a `_bulk` request without the line that belongs to it. */
  | "half-pair"
  /** The file holds Kibana's export of rules. */
  | "rule-export";

export interface EventsProblem {
  readonly kind: EventsProblemKind;
  readonly span: Span;
  readonly line: number;
  /** One sentence without a full stop. */
  readonly message: string;
}

export interface SampleEvents {
  /** In the order of the text; none if the file is refused. */
  readonly events: readonly SampleEvent[];
  readonly problems: readonly EventsProblem[];
  /** Why nothing of the file is used. */
  readonly refusal: EventsProblem | undefined;
}

/** What can be read is used, whatever stands around it. Yields often enough to be stopped at any time. */
export function* readSampleEvents(text: string): Generator<undefined, SampleEvents> {
  const collector = eventCollector(text);
  yield* readDocuments(text, collector);
  return collector.finish();
}

/** For texts of a few megabytes at most. */
export function allSampleEvents(text: string): SampleEvents {
  const work = readSampleEvents(text);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
