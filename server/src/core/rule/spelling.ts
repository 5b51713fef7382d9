import { closestWord } from "../base/closest.ts";
import { type TomlTable } from "../toml/model.ts";
import { type KeyContext } from "./keys.ts";
import { type RuleKey } from "./keyTypes.ts";

/** The known key that an unknown one was probably meant to be; none if that key has its value already. */
export function meantKey(name: string, table: TomlTable, keys: readonly RuleKey[]): string | undefined {
  const free = keys.map((key) => key.name).filter((known) => !isTaken(table, known));
  return closestWord(name, free) ?? onlyPartOf(name, free);
}

/** `names` is part of `field_names`, and of no other key. */
function onlyPartOf(name: string, known: readonly string[]): string | undefined {
  const whole = known.filter((one) => `_${one}_`.includes(`_${name}_`));
  return whole.length === 1 ? whole[0] : undefined;
}

/** A table that only a longer header names is not written yet, and a list of tables can have one more. */
function isTaken(table: TomlTable, name: string): boolean {
  const value = table.byName.get(name)?.value;
  if (value === undefined) return false;
  if (value.kind === "table") return value.form !== "implied";
  return value.kind !== "array" || value.form !== "tables";
}

/**
 * Required keys that neither stand in the table nor are meant by a misspelt one.
 * While the rule's type is not known, only keys that every type needs.
 */
export function missingKeys(
  table: TomlTable,
  keys: readonly RuleKey[],
  { ruleType }: KeyContext,
): readonly RuleKey[] {
  const unknown = table.entries
    .map((entry) => entry.key.name)
    .filter((name) => !keys.some((key) => key.name === name));
  const meant = unknown.map((name) => meantKey(name, table, keys));
  return keys.filter(
    ({ name, required, ruleTypes, unless, onlyWith }) =>
      required &&
      (onlyWith === undefined || isWritten(table, onlyWith)) &&
      (ruleTypes === undefined || ruleType !== undefined) &&
      ![name, ...unless].some((one) => isWritten(table, one)) &&
      !meant.includes(name),
  );
}

function isWritten(table: TomlTable, name: string): boolean {
  const value = table.byName.get(name)?.value;
  return value !== undefined && (value.kind !== "table" || value.form !== "implied");
}
