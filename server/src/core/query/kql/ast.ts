import { type Span } from "../../text/span.ts";

/** A whole query. A blank one has no condition and matches every document. */
export interface KqlQuery {
  readonly kind: "query";
  readonly span: Span;
  readonly condition: KqlCondition | undefined;
}

/** What holds for a document or does not. */
export type KqlCondition =
  | KqlLogic<KqlCondition>
  | KqlNot<KqlCondition>
  | KqlGroup<KqlCondition>
  | KqlIs
  | KqlRange
  | KqlNested
  | KqlFreeText
  | KqlInvalid
  | KqlHole;

/** What stands after `field:`. One value, or several in parentheses. */
export type KqlValue =
  KqlLogic<KqlValue> | KqlNot<KqlValue> | KqlGroup<KqlValue> | KqlLiteral | KqlInvalid | KqlHole;

/** Two operands or more, all of one level: `a and b and c`. */
export interface KqlLogic<T> {
  readonly kind: "and" | "or";
  readonly span: Span;
  readonly operands: readonly T[];
  /** Empty spans where the author left the word out. */
  readonly operatorSpans: readonly Span[];
}

export interface KqlNot<T> {
  readonly kind: "not";
  readonly span: Span;
  readonly operatorSpan: Span;
  readonly operand: T;
}

/** Parentheses. */
export interface KqlGroup<T> {
  readonly kind: "group";
  readonly span: Span;
  readonly inner: T;
  readonly closeSpan: Span | undefined;
}

/** `field:value`, `field:(one or another)`. */
export interface KqlIs {
  readonly kind: "is";
  readonly span: Span;
  readonly field: KqlLiteral | KqlHole;
  readonly operatorSpan: Span;
  readonly value: KqlValue;
}

export type KqlRangeOperator = "<" | "<=" | ">" | ">=";

/** `field > value`. */
export interface KqlRange {
  readonly kind: "range";
  readonly span: Span;
  readonly field: KqlLiteral | KqlHole;
  readonly operator: KqlRangeOperator;
  readonly operatorSpan: Span;
  readonly value: KqlLiteral | KqlInvalid | KqlHole;
}

/** `field:{ condition }`: one of the objects under the field satisfies all of the condition. */
export interface KqlNested {
  readonly kind: "nested";
  readonly span: Span;
  readonly field: KqlLiteral | KqlHole;
  readonly operatorSpan: Span;
  readonly inner: KqlCondition;
  readonly openSpan: Span;
  readonly closeSpan: Span | undefined;
}

/** A value without a field. */
export interface KqlFreeText {
  readonly kind: "text";
  readonly span: Span;
  readonly value: KqlLiteral;
}

/** The name of a field, or a value. */
export interface KqlLiteral {
  readonly kind: "literal";
  readonly span: Span;
  readonly form: "quoted" | "unquoted";
  /** What Kibana takes it for. Numbers stay strings; in quotes everything is one. */
  readonly type: "string" | "wildcard" | "boolean" | "null";
  /** The decoded text, in which every wildcard is a `*`. */
  readonly text: string;
  /** The text between the wildcards, which are stars without a backslash; one piece if there is none. */
  readonly pieces: readonly string[];
}

/** What the author wrote where it cannot stand, such as a field in a list of values. */
export interface KqlInvalid {
  readonly kind: "invalid";
  readonly span: Span;
  readonly parts: readonly (KqlCondition | KqlValue)[];
}

/** Something that is missing. */
export interface KqlHole {
  readonly kind: "hole";
  readonly span: Span;
}

export type KqlAst = KqlQuery | KqlCondition | KqlValue;
