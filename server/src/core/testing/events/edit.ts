/** Changes single fields of a document, whether their names are nested, dotted or both. Documents stay as they are. */
import { type JsonObject, type JsonValue, isObject } from "../../engine/event.ts";

/** The field with this value alone, wherever it stood before; beside its relatives if there are any. */
export function withField(document: JsonObject, name: string, value: JsonValue): JsonObject {
  const existing = pathOf(document, name);
  if (existing !== undefined) return atPath(document, existing, value);
  return atPath(document, placeFor(document, name), value);
}

/** Without the field, and without what it leaves empty. */
export function withoutField(document: JsonObject, name: string): JsonObject {
  let rest = document;
  for (let path = pathOf(rest, name); path !== undefined; path = pathOf(rest, name)) {
    rest = withoutPath(rest, path);
  }
  return rest;
}

/** The value as it stands in the document; undefined if there is none. */
export function valueAt(document: JsonObject, name: string): JsonValue | undefined {
  const path = pathOf(document, name);
  if (path === undefined) return undefined;
  let value: JsonValue | undefined = document;
  for (const key of path) value = isObject(value) ? ownValue(value, key) : undefined;
  return value;
}

function ownValue(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

type Path = readonly string[];

/** The keys under which the field stands: `["process", "name"]`, `["process.name"]`, … */
function pathOf(object: JsonObject, name: string): Path | undefined {
  if (ownValue(object, name) !== undefined) return [name];
  for (let dot = name.indexOf("."); dot !== -1; dot = name.indexOf(".", dot + 1)) {
    const inner = ownValue(object, name.slice(0, dot));
    const below = isObject(inner) ? pathOf(inner, name.slice(dot + 1)) : undefined;
    if (below !== undefined) return [name.slice(0, dot), ...below];
  }
  return undefined;
}

/** A document of dotted names gets another; otherwise the field goes into the deepest object of its name. */
function placeFor(object: JsonObject, name: string): Path {
  for (let dot = name.lastIndexOf("."); dot !== -1; dot = name.lastIndexOf(".", dot - 1)) {
    const inner = ownValue(object, name.slice(0, dot));
    if (isObject(inner)) return [name.slice(0, dot), ...placeFor(inner, name.slice(dot + 1))];
    if (dot === 0) break;
  }
  const isDotted = Object.keys(object).some((key) => key.includes("."));
  return isDotted ? [name] : name.split(".");
}

function atPath(object: JsonObject, path: Path, value: JsonValue): JsonObject {
  const [key = "", ...rest] = path;
  if (rest.length === 0) return withKey(object, key, value);
  const inner = ownValue(object, key);
  return withKey(object, key, atPath(isObject(inner) ? inner : {}, rest, value));
}

/** In the place that the key has already. */
function withKey(object: JsonObject, key: string, value: JsonValue): JsonObject {
  const entries = Object.entries(object);
  const at = entries.findIndex(([name]) => name === key);
  return Object.fromEntries(at === -1 ? [...entries, [key, value]] : entries.with(at, [key, value]));
}

function withoutPath(object: JsonObject, path: Path): JsonObject {
  const [key = "", ...rest] = path;
  const inner = ownValue(object, key);
  const left = rest.length === 0 || !isObject(inner) ? undefined : withoutPath(inner, rest);
  if (left !== undefined && Object.keys(left).length !== 0) return withKey(object, key, left);
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}
