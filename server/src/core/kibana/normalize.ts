/** Texts as Elastic's build leaves them: the lines of most are joined. */
import { type JsonObject, type JsonValue, isList, isObject } from "../engine/event.ts";

/** Texts in which a line break means something. */
const KEPT: ReadonlySet<string> = new Set(["query", "note", "setup", "message"]);

export function normalized(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      value === undefined || KEPT.has(name) ? value : normalizedValue(value),
    ]),
  );
}

function normalizedValue(value: JsonValue): JsonValue {
  if (typeof value === "string") return joinedLines(value);
  if (isList(value)) return value.map(normalizedValue);
  return isObject(value) ? normalized(value) : value;
}

function joinedLines(text: string): string {
  return text
    .split(/\r\n|[\n\r]/)
    .map((line) => line.trim())
    .join(" ")
    .trim();
}
