/** Looks into parsed JSON whose shape is not known to be right. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectIn(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

export function textIn(object: JsonObject | undefined, key: string): string | undefined {
  const value = object?.[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The list under a key; empty if there is none. */
export function listIn(object: JsonObject | undefined, key: string): readonly unknown[] {
  const value = object?.[key];
  // The elements of a list that JSON.parse made can be anything.
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

export function objectsIn(object: JsonObject | undefined, key: string): readonly JsonObject[] {
  return listIn(object, key).filter(isObject);
}

export function textsIn(object: JsonObject | undefined, key: string): readonly string[] {
  return listIn(object, key).filter((value) => typeof value === "string");
}
