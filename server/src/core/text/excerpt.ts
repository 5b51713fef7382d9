/** Texts in a form that fits into a sentence: on one line, and no longer than can be read at a glance. */
import { type Span } from "./span.ts";

/** A part of a query, without its end if it is long. */
export function excerpt(text: string, span: Span): string {
  // Of a long part, more than is shown even if much of it is indentation.
  const line = onOneLine(text.slice(span.start, Math.min(span.end, span.start + 20 * LONGEST_EXCERPT)));
  return line.length <= LONGEST_EXCERPT ? line : `${startOf(line, LONGEST_EXCERPT - 1)}…`;
}

const LONGEST_EXCERPT = 60;

/** The middle gives way, for of paths the end matters. */
export function shortened(text: string, longest = 80): string {
  const line = text.length < MUCH ? onOneLine(text.trim()) : text;
  if (line.length <= longest) return line;
  const head = Math.ceil((longest * 2) / 3);
  return `${startOf(line, head).trimEnd()}…${endOf(line, longest - head - 1).trimStart()}`;
}

/** Of a longer text it takes too long to find all blanks. */
const MUCH = 100_000;

function onOneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** No character is cut in two. */
export function startOf(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
}

export function endOf(text: string, length: number): string {
  return text.slice(text.length - length).replace(/^[\uDC00-\uDFFF]/, "");
}
