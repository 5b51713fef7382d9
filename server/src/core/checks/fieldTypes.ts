import { type FieldCatalog, type FieldInfo } from "../knowledge/fields.ts";
import { type FieldTypes, type MappedField } from "../query/fieldTypes.ts";

const EXACT_TYPES: ReadonlySet<string> = new Set(["keyword", "constant_keyword", "wildcard"]);

/** A schema as verifiers ask for it: an index may have more fields than the schema knows. */
export function fieldTypesOf(fields: FieldCatalog): FieldTypes {
  return {
    isComplete: false,
    get(name) {
      const info = fields.get(name);
      return info === undefined ? undefined : mappedField(fields, info);
    },
    // Only a whole list of names is good for suggestions.
    names: () => [],
  };
}

/** What lies in a field that the schema calls nested is often mapped otherwise by integrations: it is not held against it. */
function mappedField(fields: FieldCatalog, { name, type }: FieldInfo): MappedField {
  const exactSubfields = EXACT_TYPES.has(type) ? [] : exactSubfieldsOf(fields, name);
  return { name, type, exactSubfields, isNormalized: false, nestedIn: undefined, nullValue: undefined };
}

/** Sub-fields are named by convention. */
function exactSubfieldsOf(fields: FieldCatalog, name: string): readonly string[] {
  return ["keyword", "raw"]
    .map((suffix) => `${name}.${suffix}`)
    .filter((subfield) => fields.get(subfield) !== undefined);
}
