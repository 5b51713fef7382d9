import { type Span } from "../text/span.ts";
import { escaped, inlineCode } from "./markdown.ts";

/** A text of a query with its place, in query offsets. */
export interface QueryText {
  readonly span: Span;
  /** What the query language makes of it. */
  readonly value: string;
  /** Sentences in Markdown, the most important first. */
  readonly meaning: readonly string[];
}

const LONGEST = 300;

const PICTURES: ReadonlyMap<string, string> = new Map([
  ["\n", "␊"],
  ["\r", "␍"],
  ["\t", "␉"],
  ["\b", "␈"],
  ["\f", "␌"],
]);

/** On one line; what has no picture of its own is shown by one. */
export function shown(text: string): string {
  if (text === "") return "*nothing*";
  const visible = text.replace(/[\n\r\t\b\f]/g, (sign) => PICTURES.get(sign) ?? sign);
  const cut = visible.length <= LONGEST ? visible : `${visible.slice(0, LONGEST)}…`;
  // Two backticks in a row would end the code that they stand in.
  return cut.includes("``") ? escaped(cut) : inlineCode(cut);
}
