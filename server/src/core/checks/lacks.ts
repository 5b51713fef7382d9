import { keysOf } from "../rule/keys.ts";
import { meantKey } from "../rule/spelling.ts";
import { type RuleDocument } from "../rule/model.ts";
import { keyContext } from "../rule/visit.ts";
import { type TomlTable } from "../toml/model.ts";

/** The table, if it is there and has neither the key nor a misspelt form of it, which has a finding of its own. */
export function tableLacking(
  rule: RuleDocument,
  section: "rule" | "metadata",
  name: string,
): TomlTable | undefined {
  const table = rule[section];
  if (table === undefined || table.form === "implied" || table.byName.has(name)) return undefined;
  const keys = keysOf(section, keyContext(rule));
  const unknown = table.entries.filter(({ key }) => !keys.some((known) => known.name === key.name));
  return unknown.some(({ key }) => meantKey(key.name, table, keys) === name) ? undefined : table;
}
