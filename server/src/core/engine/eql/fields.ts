/** Fields of a document, with their values as the type of the field reads them. */
import { type EqlField } from "../../query/eql/index.ts";
import { type MappedField } from "../../query/fieldTypes.ts";
import { compileAccess } from "../fieldAccess.ts";
import { timeOf } from "../date.ts";
import { canonicalAddress } from "../ip.ts";
import { fitsKeyword } from "../keyword.ts";
import { numberFrom, type Present, readBoolean, type ValueType } from "../value.ts";
import { type Compiled, constantOf, distinct, type Evaluate, isSeveral, REFUSED } from "./compiled.ts";
import { type CompileContext, refuse } from "./context.ts";
import { type EqlOptions } from "./plan.ts";

/** Types that EQL can work with; of others it refuses the field. */
const TYPES: ReadonlyMap<string, ValueType> = new Map([
  ...["keyword", "constant_keyword", "wildcard", "text", "match_only_text"].map(
    (type) => [type, "string"] as const,
  ),
  ...["long", "integer", "short", "byte", "unsigned_long"].map((type) => [type, "integer"] as const),
  ...["double", "float", "half_float", "scaled_float"].map((type) => [type, "double"] as const),
  ["boolean", "boolean"],
  ["date", "date"],
  ["date_nanos", "date"],
  ["ip", "ip"],
  ["version", "version"],
  ["alias", "unknown"],
]);

export function compileField(context: CompileContext, field: EqlField): Compiled {
  const { name, span, optionalSpan } = field;
  const { options } = context;
  if (field.incomplete) {
    refuse(context, "a field without its whole name", span);
    return REFUSED;
  }
  const mapped = options.types.get(name);
  if (optionalSpan !== undefined && !isMapped(options, name)) return constantOf(null, "null");
  if (mapped?.nestedIn !== undefined || mapped?.type === "nested") {
    refuse(context, `the field \`${name}\` of nested documents`, span);
    return REFUSED;
  }
  const type = typeOfField(options, name);
  if (type === undefined) {
    refuse(context, `the field \`${name}\` of the type ${mapped?.type ?? ""}`, span);
    return REFUSED;
  }
  return {
    type,
    evaluate: fieldReader(options, name, type),
    constant: undefined,
    isField: true,
    test: undefined,
  };
}

/** Undefined if EQL cannot work with its type. */
export function typeOfField(options: EqlOptions, name: string): ValueType | undefined {
  const mapped = options.types.get(name);
  if (mapped !== undefined) return TYPES.get(mapped.type);
  return name === options.timestampField ? "date" : "unknown";
}

/** In the schema, or known to be in an event. */
function isMapped({ types, seenFields }: EqlOptions, name: string): boolean {
  return seenFields === undefined || seenFields.has(name) || types.get(name) !== undefined;
}

export function fieldReader(options: EqlOptions, name: string, type: ValueType): Evaluate {
  const source = sourceOf(options, name);
  const access = compileAccess(source, options.types.get(source)?.nullValue);
  const convert = options.types.get(name)?.type === "keyword" ? indexedKeyword : converterTo(type);
  if (convert === undefined) return access;
  return (document) => {
    const values = access(document);
    if (values === null) return null;
    if (!isSeveral(values)) return convert(values);
    if (values.every((value) => convert(value) === value)) return values;
    // What the type cannot read is no value, so it must not stand beside the others as one.
    return distinct(values.flatMap((value) => convert(value) ?? []));
  };
}

/** A sub-field such as `file.path.text` is not in the document: its values are those of the field above it. */
function sourceOf({ types }: EqlOptions, name: string): string {
  const parent = name.slice(0, Math.max(0, name.lastIndexOf(".")));
  const above = types.get(parent);
  return above !== undefined && types.get(name) !== undefined && isLeaf(above) ? parent : name;
}

function isLeaf({ type }: MappedField): boolean {
  return type !== "alias" && TYPES.has(type);
}

function indexedKeyword(value: Present): string | null {
  const text = typeof value === "string" ? value : String(value);
  return fitsKeyword(text) ? text : null;
}

/** Undefined where any value will do as it is. Null: it cannot be read as the type. */
function converterTo(type: ValueType): ((value: Present) => Present | null) | undefined {
  switch (type) {
    case "string":
    case "version":
      return (value) => (typeof value === "string" ? value : String(value));
    case "integer":
      return (value) => {
        const number = numberOf(value);
        return number === null ? null : Math.trunc(number) + 0;
      };
    case "double":
    case "number":
      return numberOf;
    case "boolean":
      return (value) => (value === "" ? false : (readBoolean(value) ?? null));
    case "date":
      return (value) => numberOrNull(timeOf(value));
    case "ip":
      return (value) => (typeof value === "string" ? (canonicalAddress(value) ?? null) : null);
    default:
      return undefined;
  }
}

/** A number that is written as text is one all the same. */
function numberOf(value: Present): number | null {
  if (typeof value === "number") return value;
  return typeof value === "string" ? numberOrNull(numberFrom(value)) : null;
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
