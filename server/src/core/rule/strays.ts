import { type TomlKey, type TomlTable } from "../toml/model.ts";
import { type RuleDocument } from "./model.ts";
import { keysOf } from "./keys.ts";
import { type SectionVisit, keyContext } from "./visit.ts";

/** Keys that stand in a table to which they do not belong. */
export interface StrayKeys {
  readonly table: TomlTable;
  readonly home: "rule" | "metadata";
  readonly keys: readonly [TomlKey, ...TomlKey[]];
}

/**
 * Keys of `[rule]` that stand in `[metadata]` or under the header of another table, and keys of `[metadata]` in `[rule]`:
 * the mistake is a header that is missing or stands too early, and it is one.
 */
export function strayKeys(rule: RuleDocument): readonly StrayKeys[] {
  return rule.sections().flatMap((visit) => straysIn(visit, rule) ?? []);
}

function straysIn({ section, table, keys }: SectionVisit, rule: RuleDocument): StrayKeys | undefined {
  if (section === "" || table.form === "inline") return undefined;
  const home = section === "rule" ? "metadata" : "rule";
  const homeKeys = keysOf(home, keyContext(rule));
  const [first, ...others] = table.entries
    .map(({ key }) => key)
    .filter(
      ({ name }) =>
        !keys.some((known) => known.name === name) && homeKeys.some((known) => known.name === name),
    );
  return first && { table, home, keys: [first, ...others] };
}
