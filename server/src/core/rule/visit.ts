/** Walks a rule file along the table of keys: each table with the keys it may have, each value with the type it must be. */
import { type TomlEntry, type TomlTable, type TomlValue } from "../toml/model.ts";
import { type KeyType, type RuleKey } from "./keyTypes.ts";
import { type KeyContext, keysOf } from "./keys.ts";
import { type RuleDocument } from "./model.ts";

export interface SectionVisit {
  /** Dotted name, as in the table of keys; "" is the top of the file. */
  readonly section: string;
  readonly table: TomlTable;
  readonly keys: readonly RuleKey[];
  readonly context: KeyContext;
}

export interface ValueVisit {
  readonly key: RuleKey;
  readonly entry: TomlEntry;
  /** The entry's value, or an item of it if that is a list. */
  readonly value: TomlValue;
  readonly type: KeyType;
}

export function keyContext(rule: RuleDocument): KeyContext {
  return { ruleType: rule.type, isDeprecated: rule.isDeprecated };
}

/** Every table that stands under known keys, from the top of the file down. */
export function sectionsIn(root: TomlTable, context: KeyContext): readonly SectionVisit[] {
  const found: SectionVisit[] = [];
  addSection(found, "", root, context);
  return found;
}

function addSection(found: SectionVisit[], section: string, table: TomlTable, context: KeyContext): void {
  const keys = keysOf(section, context);
  found.push({ section, table, keys, context });
  for (const entry of table.entries) {
    // Only tables and lists can hold a table.
    if (entry.value.kind !== "table" && entry.value.kind !== "array") continue;
    const known = keys.find((one) => one.name === entry.key.name);
    if (known !== undefined) addInside(found, known.type, entry.value, context);
  }
}

function addInside(found: SectionVisit[], type: KeyType, value: TomlValue, context: KeyContext): void {
  if (type.kind === "table" && value.kind === "table") {
    addSection(found, type.section, value, context);
  } else if (type.kind === "list" && value.kind === "array") {
    for (const item of value.items) addInside(found, type.item, item, context);
  }
}

/** Every value that stands under a known key, lists before their items. */
export function valuesIn(sections: readonly SectionVisit[]): readonly ValueVisit[] {
  const found: ValueVisit[] = [];
  for (const { table, keys } of sections) {
    for (const entry of table.entries) {
      const known = keys.find((one) => one.name === entry.key.name);
      if (known !== undefined) addItems(found, known, entry, entry.value, known.type);
    }
  }
  return found;
}

function addItems(
  found: ValueVisit[],
  key: RuleKey,
  entry: TomlEntry,
  value: TomlValue,
  type: KeyType,
): void {
  // Where an unclosed text ends is a guess.
  if (value.kind === "string" && !value.isClosed) return;
  const chosen = type.kind === "either" ? alternativeFor(type.types, value) : type;
  found.push({ key, entry, value, type: chosen });
  if (chosen.kind === "list" && value.kind === "array") {
    for (const item of value.items) addItems(found, key, entry, item, chosen.item);
  } else if (chosen.kind === "free-table" && chosen.values !== undefined && value.kind === "table") {
    for (const inner of value.entries) {
      addItems(found, { ...key, name: inner.key.name }, inner, inner.value, chosen.values);
    }
  }
}

/** Of several allowed types, the one that the value was meant to be. */
function alternativeFor(types: readonly KeyType[], value: TomlValue): KeyType {
  const wanted = value.kind === "array" ? "list" : "text";
  return types.find((type) => type.kind === wanted) ?? types[0] ?? { kind: "text" };
}
