import { type Span } from "../text/span.ts";

const MAX_LENGTH = 60;

/** A part of a query on one line, cut short, for a message. */
export function excerpt(text: string, span: Span): string {
  // Of a long part, more than is shown even if much of it is indentation.
  const line = text.slice(span.start, Math.min(span.end, span.start + 20 * MAX_LENGTH)).replace(/\s+/g, " ");
  return line.length <= MAX_LENGTH ? line : `${line.slice(0, MAX_LENGTH - 1)}…`;
}
