/** The objects that stand under the path of a nested field. */
import { type JsonObject, type JsonValue } from "../event.ts";
import { isArray } from "./fields.ts";

/** In the order of the document; the path may be nested, dotted or both. */
export function nestedObjects(path: string): (document: JsonObject) => readonly JsonObject[] {
  const parts = path.split(".");
  const rests = parts.map((_part, from) => parts.slice(from).join("."));
  return (document) => {
    const found: JsonObject[] = [];
    collect(document, 0, { parts, rests }, found);
    return found;
  };
}

interface Path {
  readonly parts: readonly string[];
  /** From each part on, joined by dots. */
  readonly rests: readonly string[];
}

function collect(value: JsonValue | undefined, from: number, path: Path, found: JsonObject[]): void {
  if (isArray(value)) {
    for (const item of value) collect(item, from, path, found);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const rest = path.rests[from];
  if (rest === undefined) {
    found.push(value);
    return;
  }
  for (let to = from + 1; to <= path.parts.length; to++) {
    const key = path.parts.slice(from, to).join(".");
    if (Object.hasOwn(value, key)) collect(value[key], to, path, found);
  }
  const spread = entriesBelow(value, `${rest}.`);
  if (spread.length !== 0) found.push(Object.fromEntries(spread));
}

/** `{"items.name": "a"}` is an object under `items` that is written out. */
function entriesBelow(
  value: JsonObject,
  prefix: string,
): readonly (readonly [string, JsonValue | undefined])[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    key.startsWith(prefix) ? [[key.slice(prefix.length), inner] as const] : [],
  );
}
