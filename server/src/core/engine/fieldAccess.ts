/** Finds the values of a field in a document, whose names may be nested, dotted or both at once. */
import { type JsonObject, type JsonValue } from "./event.ts";
import { type Present } from "./value.ts";

/** One value, several, or null if the document has none: null, `[]` and `[null]` count as none. */
export type FieldValues = Present | null | readonly Present[];

export type FieldAccess = (document: JsonObject) => FieldValues;

/** `{"process.name": "a", "process": {"pid": 1}}` has both. `nullValue` stands in where a document says null. */
export function compileAccess(name: string, nullValue?: Present): FieldAccess {
  const parts = name.split(".");
  if (MOST_PARTS < parts.length) return () => null;
  const names = parts.map((_part, from) => parts.map((_last, to) => parts.slice(from, to + 1).join(".")));
  const path: Path = { names, length: parts.length, nullValue: nullValue ?? null };
  const [first = "", second = ""] = parts;
  if (parts.length === 1) return (document) => valuesOf(document[name], path);
  if (parts.length === 2) return (document) => valueInTwo(document, first, second, name, path);
  const steps = parts.map((part, from): Step => ({
    name: part,
    dotted: (names[from] ?? []).slice(from + 1),
  }));
  return (document) => valueAlong(document, steps, path);
}

/** Elasticsearch maps no field with so many parts: 20 unless it is told otherwise. */
const MOST_PARTS = 50;

/** The names of all fields that have a value in the document, in dotted form. */
export function* fieldsWithValue(document: JsonObject): Generator<string> {
  const pending: { readonly name: string; readonly value: JsonValue | undefined }[] = [
    { name: "", value: document },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { name, value } = next;
    if (isPresent(value)) yield name;
    else if (isArray(value)) for (const item of value) pending.push({ name, value: item });
    else {
      for (const [key, inner] of Object.entries(value ?? {})) {
        pending.push({ name: name === "" ? key : `${name}.${key}`, value: inner });
      }
    }
  }
}

interface Path {
  /** `names[from][to]`: the parts from one to the other, both included, joined by dots. */
  readonly names: readonly (readonly string[])[];
  readonly length: number;
  readonly nullValue: Present | null;
}

/** A part of the name, and the names that begin with it and go on. */
interface Step {
  readonly name: string;
  readonly dotted: readonly string[];
}

function valueInTwo(
  document: JsonObject,
  first: string,
  second: string,
  dotted: string,
  path: Path,
): FieldValues {
  const outer = document[first];
  const whole = document[dotted];
  if (whole !== undefined) return outer === undefined ? valuesOf(whole, path) : collected(document, path);
  if (typeof outer !== "object" || outer === null) return null;
  return isArray(outer) ? collected(document, path) : valuesOf(outer[second], path);
}

function valueAlong(document: JsonObject, steps: readonly Step[], path: Path): FieldValues {
  let value: JsonValue | undefined = document;
  for (const { name, dotted } of steps) {
    if (typeof value !== "object" || value === null) return null;
    if (isArray(value)) return collected(document, path);
    for (const longer of dotted) if (value[longer] !== undefined) return collected(document, path);
    value = value[name];
  }
  return valuesOf(value, path);
}

function valuesOf(value: JsonValue | undefined, path: Path): FieldValues {
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
      return value;
    case "object":
      if (value === null) return path.nullValue;
      return isArray(value) ? valuesOfArray(value, path) : null;
    default:
      return null; // Nothing there, or what every object of JavaScript inherits.
  }
}

function valuesOfArray(items: readonly JsonValue[], path: Path): FieldValues {
  const [first] = items;
  if (items.length === 1 && isPresent(first)) return first;
  return 1 < items.length && areAllPresent(items) ? items : collected(items, path, path.length);
}

function areAllPresent(items: readonly JsonValue[]): items is readonly Present[] {
  for (const item of items) if (!isPresent(item)) return false;
  return true;
}

/** Every way to read the name, from the given part on, through objects and arrays. */
function collected(value: JsonValue, path: Path, from = 0): FieldValues {
  const found: Present[] = [];
  const pending: { readonly value: JsonValue | undefined; readonly from: number }[] = [{ value, from }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, from } = next;
    if (isArray(value)) {
      for (let i = value.length - 1; 0 <= i; i--) pending.push({ value: value[i], from });
    } else if (from === path.length) {
      if (isPresent(value)) found.push(value);
      else if (value === null && path.nullValue !== null) found.push(path.nullValue);
    } else if (typeof value === "object" && value !== null) {
      const names = path.names[from] ?? [];
      for (let to = path.length - 1; from <= to; to--) {
        pending.push({ value: value[names[to] ?? ""], from: to + 1 });
      }
    }
  }
  return 1 < found.length ? found : (found[0] ?? null);
}

function isPresent(value: JsonValue | undefined): value is Present {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** `Array.isArray`, which the types do not believe of read-only arrays. */
function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
