/** A half-open range of UTF-16 units. Which text it belongs to is said by the name of what holds it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function spanOf(start: number, end: number): Span {
  return { start, end };
}

/** The smallest span that covers both. */
export function cover(first: Span, second: Span): Span {
  return { start: Math.min(first.start, second.start), end: Math.max(first.end, second.end) };
}

/** True where a cursor at `offset` touches the span: both ends count. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

export function encloses(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function isEmpty(span: Span): boolean {
  return span.start === span.end;
}

export function textAt(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}
