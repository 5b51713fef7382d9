/** Values of TOML as JSON, and JSON as Elastic's tools print it: keys in order, at every level. */
import { type JsonObject, type JsonValue, isList, isObject } from "../engine/event.ts";
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
      // One by one: a list in a list stays one.
      return value.items.map(jsonOf).filter((item) => item !== undefined);
    case "table":
      return jsonOfTable(value);
    case "hole":
      return undefined;
  }
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

/** Without blanks, and all beyond ASCII escaped, as Python writes it where it is told to leave out blanks. */
export function asciiJson(value: JsonValue): string {
  return escaped(JSON.stringify(sortedJson(value)));
}

/** As Python writes it otherwise: a blank behind each comma and colon. */
export function spacedJson(value: JsonValue): string {
  if (isList(value)) return `[${value.map(spacedJson).join(", ")}]`;
  if (!isObject(value)) return escaped(JSON.stringify(value));
  const members = Object.keys(value)
    .sort()
    .flatMap((name) => {
      const inner = value[name];
      return inner === undefined ? [] : [`${escaped(JSON.stringify(name))}: ${spacedJson(inner)}`];
    });
  return `{${members.join(", ")}}`;
}

function escaped(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
