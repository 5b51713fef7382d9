/** Values of TOML as JSON, and JSON as Elastic's tools print it: keys in order, at every level. */
import { type JsonObject, type JsonValue } from "../engine/event.ts";
import { type TomlTable, type TomlValue } from "../toml/model.ts";

/** What cannot be read is left out. */
export function jsonOfTable({ entries }: TomlTable): JsonObject {
  const pairs = entries.map(({ key, value }) => [key.name, jsonOf(value)] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}

export function jsonOf(value: TomlValue): JsonValue | undefined {
  switch (value.kind) {
    case "string":
    case "integer":
    case "float":
    case "boolean":
      return value.value;
    case "date":
      return value.text;
    case "array":
      return value.items.flatMap((item) => jsonOf(item) ?? []);
    case "table":
      return jsonOfTable(value);
    case "hole":
      return undefined;
  }
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isList(value);
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** With the keys of every table in the order of their code units. */
export function sortedJson(value: JsonValue): JsonValue {
  if (isList(value)) return value.map(sortedJson);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(
    names.flatMap((name) => {
      const inner = value[name];
      return inner === undefined ? [] : [[name, sortedJson(inner)] as const];
    }),
  );
}

/** Without blanks, and all beyond ASCII escaped, as Python writes it. */
export function asciiJson(value: JsonValue): string {
  return JSON.stringify(sortedJson(value)).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
