/** Where a document holds the values of a field. */
import { type FieldTypes } from "../../query/fieldTypes.ts";
import { type FieldTarget } from "../../query/kql/fieldTargets.ts";
import { familyOf } from "../../query/kql/valueTypes.ts";
import { type JsonObject, type JsonValue } from "../event.ts";
import { compileAccess, type FieldAccess } from "../fieldAccess.ts";
import { type Present } from "../value.ts";
import { type ValueTest } from "./plan.ts";

/** Reads the field in a document, or in an object of the nested scope `path`. */
export function readerOf(types: FieldTypes, target: FieldTarget, path: string | undefined): FieldAccess {
  const source = sourceOf(types, target);
  if (target.type === "flattened" && target.mapped !== undefined) return readerOfKeys(source, path);
  return compileAccess(withinScope(source, path), types.get(source)?.nullValue);
}

/** A flattened field has the values of all of its keys. */
function readerOfKeys(name: string, path: string | undefined): FieldAccess {
  const prefix = `${name}.`;
  return (document) => {
    const values: Present[] = [];
    for (const leaf of leavesOf(document, path)) if (leaf.name.startsWith(prefix)) values.push(leaf.value);
    return values.length === 0 ? null : values;
  };
}

/** A sub-field such as `process.name.text` is not in the document: its values are those of the field above it. */
export function sourceOf(types: FieldTypes, { name, mapped }: FieldTarget): string {
  const parent = name.slice(0, Math.max(0, name.lastIndexOf(".")));
  const above = parent === "" || mapped === undefined ? undefined : familyOf(types.get(parent)?.type);
  return above !== undefined && above !== "holder" && above !== "flattened" ? parent : name;
}

/** Fields of nested objects are seen in the braces of their path only, and what the mapping does not have nowhere. */
export function isVisible(
  types: FieldTypes,
  { type, nestedIn }: FieldTarget,
  path: string | undefined,
): boolean {
  if (type === undefined) return !types.isComplete && (nestedIn === undefined || nestedIn === path);
  return nestedIn === path;
}

function withinScope(name: string, path: string | undefined): string {
  return path === undefined ? name : name.slice(path.length + 1);
}

/** Whether one of the values fits. */
export function someValue(access: FieldAccess, test: ValueTest): (document: JsonObject) => boolean {
  return (document) => {
    const values = access(document);
    if (values === null) return false;
    if (!isSeveral(values)) return test(values);
    for (const value of values) if (test(value)) return true;
    return false;
  };
}

export function isSeveral(values: Present | readonly Present[]): values is readonly Present[] {
  return typeof values === "object";
}

/** A value of a document with the whole name of its field. */
export interface Leaf {
  readonly name: string;
  readonly value: Present;
}

/** All values; `path` is the place of the document in a bigger one. */
export function* leavesOf(document: JsonObject, path: string | undefined): Generator<Leaf> {
  const pending: { readonly name: string; readonly value: JsonValue | undefined }[] = [
    { name: path ?? "", value: document },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { name, value } = next;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      yield { name, value };
    else if (isArray(value)) for (const item of value) pending.push({ name, value: item });
    else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        pending.push({ name: name === "" ? key : `${name}.${key}`, value: inner });
      }
    }
  }
}

/** `Array.isArray`, which the types do not believe of read-only arrays. */
export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
