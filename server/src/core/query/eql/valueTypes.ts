/** The types that Elasticsearch tells apart in EQL, and which of them go together. */
import { type MappedField } from "../fieldTypes.ts";

/** `number` is one of which nobody can say whether it is whole. `unknown` goes with everything, so nothing is said of it. */
export type EqlType =
  | "string"
  | "integer"
  | "decimal"
  | "number"
  | "boolean"
  | "date"
  | "ip"
  | "version"
  | "binary"
  | "null"
  | "unknown";

/** What is known of an expression before it is run. */
export interface EqlValue {
  readonly type: EqlType;
  /** Whether it is the same for every event; undefined where that hangs on a field which may not be mapped. */
  readonly isConstant: boolean | undefined;
  /** Why the field cannot be compared exactly, if it cannot. */
  readonly inexact: "text" | "normalized" | undefined;
}

export const UNKNOWN: EqlValue = { type: "unknown", isConstant: undefined, inexact: undefined };

export function valueOfType(type: EqlType, isConstant: boolean | undefined): EqlValue {
  return { type, isConstant, inexact: undefined };
}

/** Types as mappings and field capabilities name them, by what they are in EQL. */
const MAPPED_TYPES: ReadonlyMap<string, EqlType> = new Map([
  ...["keyword", "constant_keyword", "wildcard"].map((name) => [name, "string"] as const),
  ...["text", "match_only_text", "annotated_text", "search_as_you_type", "semantic_text"].map(
    (name) => [name, "string"] as const,
  ),
  ...["byte", "short", "integer", "long", "unsigned_long", "token_count"].map(
    (name) => [name, "integer"] as const,
  ),
  ...["half_float", "float", "double", "scaled_float"].map((name) => [name, "decimal"] as const),
  ["boolean", "boolean"],
  ["date", "date"],
  ["date_nanos", "date"],
  ["ip", "ip"],
  ["version", "version"],
  ["binary", "binary"],
]);

const KEYWORD_TYPES: ReadonlySet<string> = new Set(["keyword", "constant_keyword", "wildcard"]);

/** Undefined for types that EQL cannot use. */
export function typeOfField(field: MappedField): EqlType | undefined {
  return MAPPED_TYPES.get(field.type);
}

/** A text field is compared through its exact sub-field, of which there must be just one. */
export function inexactness(field: MappedField): EqlValue["inexact"] {
  if (field.isNormalized) return "normalized";
  const isText = MAPPED_TYPES.get(field.type) === "string" && !KEYWORD_TYPES.has(field.type);
  return isText && field.exactSubfields.length !== 1 ? "text" : undefined;
}

export function isNumeric(type: EqlType): boolean {
  return type === "integer" || type === "decimal" || type === "number";
}

/** Null and unknown values go with every type. */
export function isOpen(type: EqlType): boolean {
  return type === "null" || type === "unknown";
}

/** Whether values of the two types can stand in one list, or be keys in one place. */
export function areCompatible(left: EqlType, right: EqlType): boolean {
  return left === right || isOpen(left) || isOpen(right) || (isNumeric(left) && isNumeric(right));
}

/** The type of a sum or product. */
export function arithmeticType(operands: readonly EqlType[]): EqlType {
  if (operands.some((type) => type === "null")) return "null";
  if (operands.some((type) => type === "decimal")) return "decimal";
  return operands.every((type) => type === "integer") ? "integer" : "number";
}

/** Constant if all are. */
export function allConstant(values: readonly EqlValue[]): boolean | undefined {
  if (values.some(({ isConstant }) => isConstant === false)) return false;
  return values.every(({ isConstant }) => isConstant === true) ? true : undefined;
}

const DESCRIPTIONS: Readonly<Record<EqlType, string>> = {
  string: "text",
  integer: "a number",
  decimal: "a decimal number",
  number: "a number",
  boolean: "true or false",
  date: "a date",
  ip: "an IP address",
  version: "a version",
  binary: "binary data",
  null: "null",
  unknown: "something unknown",
};

/** For messages: "a number". */
export function described(type: EqlType): string {
  return DESCRIPTIONS[type];
}
