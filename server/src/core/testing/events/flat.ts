/** A document by dotted names, as tables and alerts show it. */
import { type JsonObject, type JsonValue, isObject } from "../../engine/event.ts";

/** Lists stay as they are; an empty object is a value. Of a name that stands twice the later one counts. */
export function flattened(document: JsonObject): JsonObject {
  const fields: [string, JsonValue][] = [];
  const pending: { readonly name: string; readonly value: JsonValue }[] = [{ name: "", value: document }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { name, value } = next;
    const inner = isObject(value) ? Object.entries(value) : [];
    if (inner.length === 0) {
      if (name !== "") fields.push([name, value]);
      continue;
    }
    for (const [key, one] of inner.reverse()) {
      if (one !== undefined) pending.push({ name: name === "" ? key : `${name}.${key}`, value: one });
    }
  }
  return Object.fromEntries(fields);
}
