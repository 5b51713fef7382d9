/** The fields that Kibana knows of the indices of a rule. */
import { type FieldTypes } from "../fieldTypes.ts";

export interface DataViewField {
  readonly name: string;
  /** Kibana's type: `string`, `number`, `date`, … */
  readonly type: string;
  /** Elasticsearch's types; several where indices differ. */
  readonly esTypes: readonly string[];
  /** The nested field that it belongs to. */
  readonly nestedPath: string | undefined;
}

export interface DataView {
  readonly fields: readonly DataViewField[];
}

/** What Kibana would know of the fields if their indices had these types. */
export function dataViewOf(types: FieldTypes, names: Iterable<string>): DataView {
  const fields: DataViewField[] = [];
  for (const name of new Set(names)) {
    const field = types.get(name);
    if (field === undefined || field.type === "object") continue;
    const { type, nestedIn } = field;
    const esType = FAMILIES.get(type) ?? type;
    fields.push({ name, type: KIBANA_TYPES.get(type) ?? type, esTypes: [esType], nestedPath: nestedIn });
  }
  return { fields };
}

/** Kibana asks for the capabilities of fields, where Elasticsearch names what a type behaves like. */
const FAMILIES: ReadonlyMap<string, string> = new Map([
  ["constant_keyword", "keyword"],
  ["wildcard", "keyword"],
  ["match_only_text", "text"],
]);

const KIBANA_TYPES: ReadonlyMap<string, string> = new Map([
  ...["keyword", "constant_keyword", "wildcard", "text", "match_only_text", "version", "flattened"].map(
    (type) => [type, "string"] as const,
  ),
  ...[
    "long",
    "integer",
    "short",
    "byte",
    "unsigned_long",
    "double",
    "float",
    "half_float",
    "scaled_float",
  ].map((type) => [type, "number"] as const),
  ["date_nanos", "date"],
]);

/** Of several pieces, the fields that match the pattern with a wildcard between them. */
export function fieldsNamed(view: DataView | undefined, pieces: readonly string[]): readonly DataViewField[] {
  if (view === undefined) return [];
  const [first = ""] = pieces;
  if (pieces.length === 1) return view.fields.filter(({ name }) => name === first);
  return view.fields.filter(({ name }) => matchesPieces(name, pieces));
}

/** Whether the pieces stand in the text in order, the first at its start and the last at its end. */
export function matchesPieces(text: string, pieces: readonly string[]): boolean {
  const [first = ""] = pieces;
  const last = pieces.at(-1) ?? "";
  if (pieces.length === 1) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}

/** A nested field stands in the braces of its path, and nothing else does. In Kibana's words. */
export function nestedMistakes(
  fields: readonly DataViewField[],
  path: string | undefined,
): readonly string[] {
  return fields.flatMap(({ name, nestedPath }) => {
    if (nestedPath === path) return [];
    if (nestedPath === undefined)
      return [`${name} is not a nested field but is in nested group "${path ?? ""}" in the KQL expression.`];
    if (path === undefined)
      return [`${name} is a nested field, but is not in a nested group in the KQL expression.`];
    return [
      `Nested field ${name} is being queried with the incorrect nested path. The correct path is ${nestedPath}.`,
    ];
  });
}
