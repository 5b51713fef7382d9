/** Reads a flat table of field names and types: the files of Endgame and Endpoint. */
import { objectIn } from "../attackJson.ts";
import { type FieldTypes, type Reading, NO_FIELDS } from "./reading.ts";

export function readFlatFields(value: unknown): Reading<FieldTypes> {
  const table = objectIn(value);
  if (table === undefined) return { value: NO_FIELDS, problems: ["holds no table of fields"] };
  const fields = new Map<string, string>();
  const problems: string[] = [];
  for (const [name, type] of Object.entries(table)) {
    if (typeof type === "string") fields.set(name, type);
    else problems.push(`has no type for \`${name}\``);
  }
  if (fields.size === 0 && problems.length === 0) problems.push("has no fields");
  return { value: fields, problems };
}
