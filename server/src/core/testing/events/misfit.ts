/** Values that Elasticsearch does not take into a field of a given type. */
import { parseTimestamp } from "../../engine/eql/timestamp.ts";
import { type JsonValue, isObject } from "../../engine/event.ts";
import { parseAddress } from "../../engine/ip.ts";
import { numberFrom, readBoolean } from "../../engine/value.ts";

const NUMBERS = [
  "long",
  "integer",
  "short",
  "byte",
  "unsigned_long",
  "double",
  "float",
  "half_float",
  "scaled_float",
];
const TEXTS = ["keyword", "constant_keyword", "wildcard", "text", "match_only_text", "version"];
const OBJECTS = ["object", "nested", "flattened"];

type Test = (value: string | number | boolean) => boolean;

const TESTS: ReadonlyMap<string, Test> = new Map([
  ...NUMBERS.map((type): [string, Test] => [type, isNumber]),
  ...TEXTS.map((type): [string, Test] => [type, () => true]),
  ["boolean", (value) => value === "" || (typeof value !== "number" && readBoolean(value) !== undefined)],
  ["date", (value) => parseTimestamp(value) !== undefined],
  ["date_nanos", (value) => parseTimestamp(value) !== undefined],
  ["ip", (value) => typeof value === "string" && parseAddress(value) !== undefined],
]);

/** Numbers may be written as texts; fractions are cut off. */
function isNumber(value: string | number | boolean): boolean {
  if (typeof value === "string") return !Number.isNaN(numberFrom(value.trim()));
  return typeof value === "number";
}

/** Types of which we know what they take, with the test of single values. */
export function fits(value: JsonValue, type: string): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).every((item) => fits(item, type)); // Just checked.
  if (OBJECTS.includes(type)) return isObject(value);
  const test = TESTS.get(type);
  if (test === undefined) return true;
  return typeof value !== "object" && test(value);
}
