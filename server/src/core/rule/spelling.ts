import { closestWord } from "../base/closest.ts";
import { type TomlTable } from "../toml/model.ts";
import { type KeyContext } from "./keys.ts";
import { type RuleKey } from "./keyTypes.ts";

/** The known key that an unknown one was probably meant to be; none if that key is there already. */
export function meantKey(name: string, table: TomlTable, keys: readonly RuleKey[]): string | undefined {
  return closestWord(
    name,
    keys.map((key) => key.name).filter((known) => !table.byName.has(known)),
  );
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
    ({ name, required, ruleTypes }) =>
      required &&
      (ruleTypes === undefined || ruleType !== undefined) &&
      !table.byName.has(name) &&
      !meant.includes(name),
  );
}
