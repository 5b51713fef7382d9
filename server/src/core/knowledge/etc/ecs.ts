/** Reads `ecs_flat.json`: fields of the Elastic Common Schema with their multi-fields. */
import { type JsonObject, objectIn, objectsIn, textIn } from "../attackJson.ts";
import { type FieldTypes, type Reading, NO_FIELDS } from "./reading.ts";

export function readEcs(value: unknown): Reading<FieldTypes> {
  const table = objectIn(value);
  if (table === undefined) return { value: NO_FIELDS, problems: ["holds no table of fields"] };
  const fields = new Map<string, string>();
  const problems: string[] = [];
  for (const [name, description] of Object.entries(table)) {
    const field = objectIn(description);
    const type = textIn(field, "type");
    if (field === undefined || type === undefined) {
      problems.push(`has no type for \`${name}\``);
      continue;
    }
    fields.set(name, type);
    for (const [suffix, suffixType] of multiFields(field)) fields.set(`${name}.${suffix}`, suffixType);
  }
  if (fields.size === 0 && problems.length === 0) problems.push("has no fields");
  return { value: fields, problems };
}

/** Further indexes of a field: their names below it and their types. */
export function multiFields(field: JsonObject): readonly (readonly [string, string])[] {
  return objectsIn(field, "multi_fields").flatMap((multi) => {
    const [name, type] = [textIn(multi, "name"), textIn(multi, "type")];
    return name === undefined || type === undefined ? [] : [[name, type] as const];
  });
}
