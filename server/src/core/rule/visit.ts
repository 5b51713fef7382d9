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

export function* visitSections(rule: RuleDocument): Generator<SectionVisit> {
  yield* visitSection("", rule.toml.root, keyContext(rule));
}

function* visitSection(section: string, table: TomlTable, context: KeyContext): Generator<SectionVisit> {
  const keys = keysOf(section, context);
  yield { section, table, keys, context };
  for (const entry of table.entries) {
    const found = keys.find((one) => one.name === entry.key.name);
    if (found !== undefined) yield* visitInside(found.type, entry.value, context);
  }
}

function* visitInside(type: KeyType, value: TomlValue, context: KeyContext): Generator<SectionVisit> {
  if (type.kind === "table" && value.kind === "table") {
    yield* visitSection(type.section, value, context);
  } else if (type.kind === "list" && value.kind === "array") {
    for (const item of value.items) yield* visitInside(type.item, item, context);
  }
}

/** Every value that stands under a known key, lists before their items. */
export function* visitValues(rule: RuleDocument): Generator<ValueVisit> {
  for (const { table, keys } of visitSections(rule)) {
    for (const entry of table.entries) {
      const found = keys.find((one) => one.name === entry.key.name);
      if (found !== undefined) yield* visitItems(found, entry, entry.value, found.type);
    }
  }
}

function* visitItems(key: RuleKey, entry: TomlEntry, value: TomlValue, type: KeyType): Generator<ValueVisit> {
  // Where an unclosed text ends is a guess.
  if (value.kind === "string" && !value.isClosed) return;
  const chosen = type.kind === "either" ? alternativeFor(type.types, value) : type;
  yield { key, entry, value, type: chosen };
  if (chosen.kind !== "list" || value.kind !== "array") return;
  for (const item of value.items) yield* visitItems(key, entry, item, chosen.item);
}

/** Of several allowed types, the one that the value was meant to be. */
function alternativeFor(types: readonly KeyType[], value: TomlValue): KeyType {
  const wanted = value.kind === "array" ? "list" : "text";
  return types.find((type) => type.kind === wanted) ?? types[0] ?? { kind: "text" };
}
