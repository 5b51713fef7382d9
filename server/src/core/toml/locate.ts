/** What stands at an offset of a TOML file: one answer for hovers, completion and links. */
import { touches } from "../text/span.ts";
import { type TomlDocument, type TomlEntry, type TomlKey, type TomlTable, type TomlValue } from "./model.ts";

export type TomlPlace =
  | { readonly kind: "key"; readonly path: readonly string[]; readonly key: TomlKey }
  | {
      readonly kind: "value";
      readonly path: readonly string[];
      readonly value: TomlValue;
      /** The table that holds the value, innermost. */
      readonly table: TomlTable;
    };

/**
 * The key or value that a cursor at `offset` touches. A path names keys from the root, without list indexes:
 * `rule, threat, tactic, id`. Undefined between entries.
 */
export function locate(document: TomlDocument, offset: number): TomlPlace | undefined {
  for (const header of document.headers) {
    if (!touches(header.span, offset)) continue;
    const index = header.parts.findIndex((part) => touches(part.span, offset));
    const key = header.parts[index];
    if (key === undefined) return undefined;
    return { kind: "key", path: header.parts.slice(0, index + 1).map((part) => part.name), key };
  }
  const header = document.headers.findLast((one) => one.span.end <= offset);
  const table = header?.table ?? document.root;
  return locateIn(table, header?.parts.map((part) => part.name) ?? [], offset);
}

function locateIn(table: TomlTable, path: readonly string[], offset: number): TomlPlace | undefined {
  for (const entry of table.entries) {
    if (isMadeByHeaders(entry)) continue;
    const entryPath = [...path, entry.key.name];
    if (touches(entry.key.span, offset)) return { kind: "key", path: entryPath, key: entry.key };
    const place = locateValue(table, entry.value, entryPath, offset);
    if (place !== undefined) return place;
  }
  return undefined;
}

function isMadeByHeaders(entry: TomlEntry): boolean {
  const { value } = entry;
  return value.kind === "array" ? value.form === "tables" : value.kind === "table" && value.form === "header";
}

function locateValue(
  table: TomlTable,
  value: TomlValue,
  path: readonly string[],
  offset: number,
): TomlPlace | undefined {
  if (value.kind === "table" && value.form !== "inline") return locateIn(value, path, offset);
  if (!touches(value.span, offset)) return undefined;
  if (value.kind === "table") return locateIn(value, path, offset) ?? { kind: "value", path, value, table };
  if (value.kind === "array") {
    for (const item of value.items) {
      const place = locateValue(table, item, path, offset);
      if (place !== undefined) return place;
    }
  }
  return { kind: "value", path, value, table };
}
