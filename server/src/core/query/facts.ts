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

/** A literal string that a field is compared with for equality (EQL `==` and `in`, KQL `field:value`), negated or not. */
export interface EqualityRef {
  readonly field: string;
  readonly value: string;
  /** Of the value. */
  readonly span: Span;
}

/** A part that schemas are chosen for on its own: a step of a sequence with the keys it is joined by, or the whole query. */
export interface QueryPart {
  readonly span: Span;
  readonly fields: readonly FieldRef[];
  readonly equalities: readonly EqualityRef[];
}

/** A list of values that a field is compared with. */
export interface ValueList {
  readonly field: string;
  readonly values: readonly string[];
  /** Of the comparison, without its `not`. */
  readonly span: Span;
}

/** What checks ask of a query without knowing its language. Spans are in query offsets. */
export interface QueryFacts {
  readonly fields: readonly FieldRef[];
  readonly calls: readonly CallRef[];
  readonly equalities: readonly EqualityRef[];
  /** At least one. */
  readonly parts: readonly QueryPart[];
}
