/** Values of a rule file as JSON, as Kibana gets them. */
import { type JsonValue } from "../engine/event.ts";
import { type TomlValue } from "../toml/model.ts";

export function plainToml(value: TomlValue): JsonValue {
  switch (value.kind) {
    case "array":
      return value.items.map(plainToml);
    case "table":
      return Object.fromEntries(value.entries.map(({ key, value: inner }) => [key.name, plainToml(inner)]));
    case "date":
      return value.text;
    case "hole":
      return null;
    default:
      return value.value;
  }
}
