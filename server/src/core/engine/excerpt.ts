/** Values of events in a form that fits into a sentence. */
import { endOf, startOf } from "../text/excerpt.ts";
import { type Scalar, textOf, type ValueType } from "./value.ts";

/** A value as a sentence quotes it. */
export function quoted(value: Scalar, type: ValueType = "unknown"): string {
  if (value === null) return "null";
  if (value === "") return "empty";
  const text = typeof value === "string" && type !== "date" ? value : textOf(value, type);
  return `\`${cut(text).replace(/\p{Cc}/gu, escaped)}\``;
}

/** Unlike in a query, every blank of a value counts. */
function cut(text: string): string {
  return text.length <= LONGEST_VALUE ? text : `${startOf(text, LONGEST_VALUE - TAIL)}…${endOf(text, TAIL)}`;
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
