/** Texts of queries and events in a form that fits into a sentence. */
import { type Scalar, textOf, type ValueType } from "./value.ts";

/** On one line, and no longer than can be read at a glance: the middle gives way, for of paths the end matters. */
export function shortened(text: string, longest = 80): string {
  const line = text.length < MUCH ? text.trim().replace(/\s+/g, " ") : text;
  if (line.length <= longest) return line;
  const head = Math.ceil((longest * 2) / 3);
  const start = line.slice(0, head).replace(/[\uD800-\uDBFF]$/, "");
  const end = line.slice(line.length - (longest - head - 1)).replace(/^[\uDC00-\uDFFF]/, "");
  return `${start.trimEnd()}…${end.trimStart()}`;
}

const MUCH = 100_000;

/** A value as a sentence quotes it. */
export function quoted(value: Scalar, type: ValueType = "unknown"): string {
  if (value === null) return "null";
  if (value === "") return "empty";
  const text = typeof value === "string" && type !== "date" ? value : textOf(value, type);
  return `\`${cut(text).replace(/\p{Cc}/gu, escaped)}\``;
}

/** Unlike in a query, every blank of a value counts. */
function cut(text: string): string {
  if (text.length <= LONGEST_VALUE) return text;
  const start = text.slice(0, LONGEST_VALUE - TAIL).replace(/[\uD800-\uDBFF]$/, "");
  return `${start}…${text.slice(text.length - TAIL).replace(/^[\uDC00-\uDFFF]/, "")}`;
}

const LONGEST_VALUE = 80;
const TAIL = 25;

function escaped(character: string): string {
  const known = KNOWN_ESCAPES.get(character);
  return known ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

const KNOWN_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** The first few, and how many more there are. */
export function quotedList(values: readonly Scalar[], type: ValueType = "unknown"): string {
  const shown = values.slice(0, MOST_SHOWN).map((value) => quoted(value, type));
  const rest = values.length - shown.length;
  return rest === 0 ? shown.join(", ") : `${shown.join(", ")} and ${rest.toLocaleString("en")} more`;
}

const MOST_SHOWN = 3;
