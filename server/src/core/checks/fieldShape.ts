import { type FieldCatalog, type FieldInfo } from "../knowledge/fields.ts";

/** True if the schema asks for one value, not a list. A field that is in no schema may hold several. */
export function holdsOneValue(fields: FieldCatalog, name: string): boolean {
  const info = fields.get(name);
  const owner = info && ownerOf(fields, info);
  return owner !== undefined && !owner.isList;
}

const TEXT_TYPES: ReadonlySet<string> = new Set([
  "keyword",
  "constant_keyword",
  "wildcard",
  "text",
  "match_only_text",
]);

/** True if values are compared as texts: not as addresses, dates or versions. */
export function holdsText(fields: FieldCatalog, name: string): boolean {
  const type = fields.get(name)?.type;
  return type !== undefined && TEXT_TYPES.has(type);
}

function ownerOf(fields: FieldCatalog, info: FieldInfo): FieldInfo | undefined {
  return info.multiFieldOf === undefined ? info : fields.get(info.multiFieldOf);
}
