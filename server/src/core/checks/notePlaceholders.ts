/** Places of an investigation guide where Elastic's tool puts buttons: `$osquery_0`, the first entry of `[[transform.osquery]]`. */
import { type RuleDocument } from "../rule/model.ts";
import { tableIn, tablesIn } from "../rule/read.ts";
import { type Span, spanOf } from "../text/span.ts";
import { type TomlTable } from "../toml/model.ts";

export interface Placeholder {
  /** `osquery_0`. */
  readonly name: string;
  /** `osquery`; undefined if the name is not one word and a number. */
  readonly plugin: string | undefined;
  readonly index: number;
  /** In the note, with the dollar sign. */
  readonly span: Span;
}

export const PLUGINS: readonly string[] = ["osquery", "investigate"];

/** As Python's string templates find them. Names without an underscore are taken for ordinary text. */
export function placeholdersIn(note: string): readonly Placeholder[] {
  const found: Placeholder[] = [];
  for (const match of note.matchAll(/\$(?:\$|([_a-z][_a-z0-9]*)|\{([_a-z][_a-z0-9]*)\})/gi)) {
    const name = match[1] ?? match[2];
    if (name?.includes("_") !== true) continue;
    const [, plugin, digits = ""] = /^([^_]+)_(\d+)$/.exec(name) ?? [];
    const span = spanOf(match.index, match.index + match[0].length);
    found.push({ name, plugin, index: Number(digits), span });
  }
  return found;
}

/** Undefined if the file has no table `transform`. */
export function transformOf({ toml }: RuleDocument): TomlTable | undefined {
  return tableIn(toml.root, "transform");
}

/** Entries of each plugin that the table has. */
export function entriesOf(transform: TomlTable): ReadonlyMap<string, readonly TomlTable[]> {
  const plugins = PLUGINS.filter((plugin) => transform.byName.has(plugin));
  return new Map(plugins.map((plugin) => [plugin, tablesIn(transform, plugin)]));
}
