/** Events as the engine takes them: JSON documents, nested or with dotted names, with where they came from. */

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: JsonValue | undefined;
}

export interface EventRecord {
  readonly document: JsonObject;
  /** 1-based line of the file that it stands in. */
  readonly line: number;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isList(value);
}

/** The language's own test leaves the items untyped. */
export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
