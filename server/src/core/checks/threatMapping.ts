/** The groups of `threat_mapping`: an event matches if all entries of one group hold. */
import { tablesIn, textIn } from "../rule/read.ts";
import { type RuleDocument, type SourcedText } from "../rule/model.ts";
import { type TomlEntry, type TomlTable } from "../toml/model.ts";
import { truthOf } from "./readValue.ts";

export interface MappingEntry {
  readonly table: TomlTable;
  readonly field: SourcedText | undefined;
  readonly value: SourcedText | undefined;
  /** The key that negates the entry; undefined for one that must match. */
  readonly negation: TomlEntry | undefined;
}

export function mappingGroups({ rule }: RuleDocument): readonly (readonly MappingEntry[])[] {
  if (rule === undefined) return [];
  return tablesIn(rule, "threat_mapping").map((group) => tablesIn(group, "entries").map(mappingEntry));
}

function mappingEntry(table: TomlTable): MappingEntry {
  const negate = table.byName.get("negate");
  return {
    table,
    field: textIn(table, "field"),
    value: textIn(table, "value"),
    negation: truthOf(negate?.value) === true ? negate : undefined,
  };
}
