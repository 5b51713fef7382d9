import { type Span } from "../text/span.ts";

/** A field as a query names it. */
export interface FieldRef {
  /** The name without backticks or `?`: `process.parent.name`. */
  readonly name: string;
  readonly span: Span;
  /** Written `?field`: may be missing from the mapping. */
  readonly optional: boolean;
}

/** A function call as a query names it. */
export interface CallRef {
  readonly name: string;
  readonly span: Span;
}

/** What checks ask of a query without knowing its language. Spans are in query offsets. */
export interface QueryFacts {
  readonly fields: readonly FieldRef[];
  readonly calls: readonly CallRef[];
}
