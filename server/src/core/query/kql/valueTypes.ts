/** Which values Elasticsearch takes for a field of a type. */
import { isAddress, isAddressOrBlock } from "../addresses.ts";
import { type KqlLiteral } from "./ast.ts";
import { parseDateMath } from "./dateMath.ts";

export type Asked = "is" | "wildcard" | "range";

/** Types that work alike. */
export type TypeFamily =
  "keyword" | "version" | "text" | "integer" | "decimal" | "boolean" | "ip" | "date" | "flattened" | "holder";

const FAMILIES: ReadonlyMap<string, TypeFamily> = new Map([
  ...family("keyword", "keyword", "constant_keyword", "wildcard"),
  ...family("version", "version"),
  ...family("text", "text", "match_only_text", "annotated_text", "search_as_you_type"),
  ...family("integer", "long", "integer", "short", "byte", "unsigned_long"),
  ...family("decimal", "double", "float", "half_float", "scaled_float"),
  ...family("boolean", "boolean"),
  ...family("ip", "ip"),
  ...family("date", "date", "date_nanos"),
  ...family("flattened", "flattened"),
  ...family("holder", "object", "nested"),
]);

function family(name: TypeFamily, ...types: readonly string[]): readonly (readonly [string, TypeFamily])[] {
  return types.map((type) => [type, name]);
}

/** Undefined for types of other uses, such as places, and where there is none. */
export function familyOf(type: string | undefined): TypeFamily | undefined {
  return type === undefined ? undefined : FAMILIES.get(type);
}

/** Why the search fails, as the beginning of a sentence that goes on with the field; undefined if it does not. */
export function refusalOf(type: string | undefined, value: KqlLiteral, asked: Asked): string | undefined {
  const known = familyOf(type);
  if (known === undefined || known === "holder") return undefined;
  if (asked === "wildcard") {
    if (known === "flattened") return refusalOfKey(value);
    return TAKE_WILDCARDS.has(known) ? undefined : "Wildcards fit keywords and texts alone";
  }
  // Where a range has no limit it takes all.
  if (asked === "range" && value.type === "null") return undefined;
  const { text } = value;
  switch (known) {
    case "integer":
    case "decimal":
      return value.type !== "boolean" && isNumber(text) ? undefined : `\`${text}\` is no number`;
    case "boolean":
      return /^(?:true|false|)$/.test(text) ? undefined : `\`${text}\` is neither true nor false`;
    case "ip":
      if (asked === "range") return isAddress(text) ? undefined : `\`${text}\` is no address`;
      return isAddressOrBlock(text) ? undefined : `\`${text}\` is no address or block of addresses`;
    case "date":
      return parseDateMath(text) === undefined ? `\`${text}\` is no date` : undefined;
    default:
      return undefined;
  }
}

const TAKE_WILDCARDS: ReadonlySet<TypeFamily> = new Set(["keyword", "version", "text"]);

/**
 * Kibana knows no keys of a flattened field, and asks for them by `query_string`. Elasticsearch makes a prefix of `abc*`,
 * which it looks for under the key. Any other pattern it compares with the key and the value together
 * (`KeyedFlattenedFieldType` has no `normalizedWildcardQuery` of its own), so that only a star at the start gets past the
 * key; at blanks it takes the pattern apart.
 */
function refusalOfKey({ text, pieces }: KqlLiteral): string | undefined {
  if (/\s/.test(text)) return "Elasticsearch takes this pattern apart at its blanks";
  const isPrefix = pieces.length === 2 && pieces[1] === "";
  return isPrefix || pieces[0] === "" ? undefined : "Elasticsearch compares this pattern with the key, too";
}

/** As Java reads a decimal number. */
export function isNumber(text: string): boolean {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text);
}
