import { type KqlOptions } from "../../server/src/core/engine/kql/plan.ts";
import { type FieldTypes } from "../../server/src/core/query/fieldTypes.ts";
import { fieldTypesOfMapping } from "../../server/src/core/query/mapping.ts";

/** One field of every type, by its type. */
export const TYPES: FieldTypes = fieldTypesOfMapping({
  mappings: {
    properties: {
      "@timestamp": { type: "date" },
      key: { type: "keyword", fields: { text: { type: "text" } } },
      wild: { type: "wildcard" },
      text: { type: "match_only_text" },
      version: { type: "version" },
      long: { type: "long" },
      float: { type: "float" },
      half: { type: "half_float" },
      bool: { type: "boolean" },
      ip: { type: "ip" },
      flat: { type: "flattened" },
      place: { type: "geo_point" },
      empty: { type: "keyword", null_value: "none" },
      object: { properties: { key: { type: "keyword" }, long: { type: "long" } } },
      items: {
        type: "nested",
        properties: {
          name: { type: "keyword" },
          size: { type: "long" },
          parts: { type: "nested", properties: { id: { type: "long" } } },
        },
      },
    },
  },
});

/** Nothing is known of any field. */
export const NO_TYPES: FieldTypes = { get: () => undefined, isComplete: false, names: () => [] };

/** A Wednesday. */
export const NOW = Date.parse("2024-05-29T10:20:30.400Z");

export const OPTIONS: KqlOptions = { types: TYPES, now: NOW };
