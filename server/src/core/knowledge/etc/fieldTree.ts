/** Trees of field descriptions, as Beats and packages have them in `fields.yml`, flattened as Elastic's tools do it. */
import { type JsonObject, listIn, objectIn, textIn } from "../attackJson.ts";
import { multiFields } from "./ecs.ts";
import { type FieldTypes } from "./reading.ts";

export interface FlatField {
  readonly name: string;
  readonly field: JsonObject;
}

export function flattened(list: readonly unknown[], prefix: string): readonly FlatField[] {
  const found: FlatField[] = [];
  addFlattened(list, prefix, 0, found);
  return found;
}

/** A field without a type is a keyword. A field of its own wins over another field's index of the same name. */
export function typesIn(tree: readonly FlatField[]): FieldTypes {
  const fields = new Map<string, string>();
  for (const { name, field } of tree) {
    for (const [suffix, type] of multiFields(field)) fields.set(`${name}.${suffix}`, type);
  }
  for (const { name, field } of tree) fields.set(name, textIn(field, "type") ?? "keyword");
  return fields;
}

/** Elastic's own nest nine deep. */
const DEEPEST_NESTING = 64;

/**
 * A group puts its name before the names below it, and so does a `nested` field; any other field with
 * fields below it does not. Groups without fields, and what has no name, give nothing.
 */
function addFlattened(list: readonly unknown[], prefix: string, depth: number, found: FlatField[]): void {
  if (DEEPEST_NESTING < depth) return;
  for (const entry of list) {
    const field = objectIn(entry);
    if (field === undefined) continue;
    // One group of Filebeat has an empty name.
    const name = typeof field["name"] === "string" ? field["name"] : undefined;
    if (field["type"] === "group") {
      if (name === undefined) continue;
      // Some write `field` for a group with one field.
      const below = listIn(field, "field" in field ? "field" : "fields");
      addFlattened(below, groupPrefix(prefix, name, list.length), depth + 1, found);
    } else if ("fields" in field) {
      const inner =
        textIn(field, "name") !== undefined && field["type"] === "nested" ? `${prefix}${name}.` : prefix;
      addFlattened(listIn(field, "fields"), inner, depth + 1, found);
    } else if (name !== undefined) {
      found.push({ name: `${prefix}${name}`, field });
    }
  }
}

/** A group that stands alone and repeats the prefix is not doubled: `zoom` below `zoom.` stays `zoom.`. */
function groupPrefix(prefix: string, name: string, siblingCount: number): string {
  return siblingCount === 1 && `${name}.`.startsWith(prefix) ? `${name}.` : `${prefix}${name}.`;
}
