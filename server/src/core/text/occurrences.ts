import { type Span, spanOf } from "./span.ts";

/** Where a part stands in a text, from the start on; none overlaps another. */
export function occurrences(text: string, part: string): readonly Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf(part); 0 <= at; at = text.indexOf(part, at + part.length))
    found.push(spanOf(at, at + part.length));
  return found;
}
