/** What an EQL query is compiled to, and what it needs beside the events. */
import { type FieldTypes } from "../../query/fieldTypes.ts";
import { type Span } from "../../text/span.ts";
import { type JsonObject } from "../event.ts";
import { type Work } from "../work.ts";

export interface EqlOptions {
  /** Default: `event.category`. */
  readonly categoryField: string;
  /** Default: `@timestamp`. */
  readonly timestampField: string;
  readonly tiebreakerField: string | undefined;
  /** How many events, sequences or samples are kept; Elasticsearch's default is 10. */
  readonly size: number;
  /** Which end is kept where there are more. */
  readonly resultPosition: "head" | "tail";
  readonly maxSamplesPerKey: number;
  /** Types of fields, and which are mapped at all; fields that are missing here count as mapped if an event has them. */
  readonly types: FieldTypes;
  /** Fields that are mapped because some event has them; undefined: not known, every field counts as mapped. */
  readonly seenFields: ReadonlySet<string> | undefined;
  /**
   * Told when a document makes the query fail in Elasticsearch, such as a division by zero, or takes more work than we
   * give it. The value then counts as null, so that the work can go on or be stopped, as the caller likes.
   */
  readonly onFailure?: (failure: Failure) => void;
  /** What an event may cost where several conditions are asked about it; without it each test counts by itself. */
  readonly work?: Work;
}

/** Does a condition hold for a document? */
export type Predicate = (document: JsonObject) => boolean;

export type KeyValue = string | number | boolean | null;

/**
 * The key tuples under which a document can take part: one for each combination of the values of its key fields.
 * Empty if a key that is not optional has no value.
 */
export type KeyReader = (document: JsonObject) => readonly (readonly KeyValue[])[];

/** Something that the engine cannot run: a test must not pass by ignorance. */
export interface Unsupported {
  readonly kind: "unsupported";
  /** What it is, in a few words. */
  readonly feature: string;
  readonly span: Span;
}

/** What a document is too much for: Elasticsearch, or the engine, whose answer then means nothing. */
export interface Failure extends Unsupported {
  readonly by: "elasticsearch" | "engine";
}
