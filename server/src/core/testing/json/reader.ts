/** The state of one run of the JSON reader, and what all of its parts need. */
import { type Span, spanOf } from "../../text/span.ts";
import { type JsonProblem } from "./model.ts";

export interface Reader {
  readonly text: string;
  readonly end: number;
  at: number;
  levels: number;
  readonly problems: JsonProblem[];
}

/** More problems than this in one value are of no use to anybody. */
const MOST_PROBLEMS = 20;

export function report(reader: Reader, span: Span, message: string, repair?: "repaired"): void {
  if (MOST_PROBLEMS <= reader.problems.length) return;
  const inside = spanOf(Math.min(span.start, reader.end), Math.min(span.end, reader.end));
  reader.problems.push({ span: inside, message, isRepaired: repair !== undefined });
}

export function isAtEnd({ at, end }: Reader): boolean {
  return end <= at;
}

/** The next character; empty at the end. */
export function peek({ text, at, end }: Reader): string {
  return at < end ? text.charAt(at) : "";
}

/** White space and comments, which JSON does not have. */
export function skipBlanks(reader: Reader): void {
  const { text, end } = reader;
  for (;;) {
    while (reader.at < end && isBlank(text.charCodeAt(reader.at))) reader.at++;
    if (end <= reader.at || text.charCodeAt(reader.at) !== SLASH) return;
    const start = reader.at;
    const opening = text.slice(start, start + 2);
    if (opening !== "//" && opening !== "/*") return;
    const closing = opening === "//" ? "\n" : "*/";
    const found = text.indexOf(closing, start + 2);
    reader.at = found === -1 ? end : Math.min(end, found + closing.length);
    report(reader, spanOf(start, reader.at), "JSON has no comments", "repaired");
  }
}

const SLASH = 0x2f;

export function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

/** A word or number up to the next blank, bracket, comma, colon or quote. */
export function wordSpan({ text, at, end }: Reader): Span {
  let to = at;
  while (to < end && !/[\s{}[\],:"']/.test(text.charAt(to))) to++;
  return spanOf(at, to);
}
