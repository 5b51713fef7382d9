import { type RuleDocument, type SourcedText } from "../../rule/model.ts";
import { type Fix } from "../../text/edit.ts";
import { spanOf } from "../../text/span.ts";
import { replaceInText } from "../../toml/edits.ts";
import { type TomlTable } from "../../toml/model.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { noteOf } from "../noteOf.ts";
import { entriesOf, type Placeholder, placeholdersIn, PLUGINS, transformOf } from "../notePlaceholders.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const unknownPlaceholder: PlaceCheck = {
  id: "note/unknown-placeholder",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["note-placeholder-without-transform", "note-placeholder-count"],
  summary: "A placeholder in `note` for a button that `transform` does not have.",
  why: "Elastic's tool puts the first entry of `[[transform.osquery]]` in the place of `$osquery_0`, and so on; what has no entry stays as it is, and the analyst reads `$osquery_9`. Elastic's CI counts the placeholders, and in a rule without `transform` refuses every name with an underscore after a dollar sign.",
  bad: `[[transform.osquery]]
label = "Users"
query = "SELECT * FROM users"

[rule]
type = "eql"
note = """
- $osquery_0
- $osquery_1
"""
`,
  good: `[[transform.osquery]]
label = "Users"
query = "SELECT * FROM users"

[rule]
type = "eql"
note = """
- $osquery_0
"""
`,
  run: (rule, place) => {
    const note = noteOf(rule);
    return note?.value.includes("$") === true ? unitTested(rule, place, findings(rule, note)) : [];
  },
};

function* findings(rule: RuleDocument, note: SourcedText): Generator<Finding> {
  const transform = transformOf(rule);
  const placeholders = placeholdersIn(note.value);
  if (transform === undefined) {
    for (const placeholder of placeholders.slice(0, MOST)) {
      yield {
        span: note.host.map.toHostSpan(placeholder.span),
        message: `\`$${placeholder.name}\` is a placeholder, and the rule has no \`transform\``,
        fixes: newEntry(rule, placeholder),
      };
    }
    return;
  }
  const entries = entriesOf(transform);
  const names = new Map(PLUGINS.map((plugin) => [plugin, namesOf(placeholders, plugin)]));
  let count = 0;
  for (const placeholder of placeholders) {
    const found = count < MOST ? finding(note, { placeholder, names, entries }) : undefined;
    if (found === undefined) continue;
    count++;
    yield found;
  }
}

/** More findings than this in one guide help nobody. */
const MOST = 50;

function namesOf(placeholders: readonly Placeholder[], plugin: string): ReadonlySet<string> {
  return new Set(placeholders.filter((one) => one.plugin === plugin).map(({ name }) => name));
}

interface Counted {
  readonly placeholder: Placeholder;
  /** Names of placeholders by plugin. */
  readonly names: ReadonlyMap<string, ReadonlySet<string>>;
  readonly entries: ReadonlyMap<string, readonly TomlTable[]>;
}

function finding(note: SourcedText, { placeholder, names, entries }: Counted): Finding | undefined {
  const { plugin, index, name } = placeholder;
  const span = note.host.map.toHostSpan(placeholder.span);
  if (plugin === undefined) {
    // The CI splits such a name in two, and stops if there are three parts.
    const isStopped = /_\d+$/.test(name);
    return isStopped
      ? { span, message: `Elastic's CI cannot read the placeholder \`$${name}\``, fixes: [] }
      : undefined;
  }
  const list = entries.get(plugin);
  if (list === undefined && !PLUGINS.includes(plugin)) return undefined;
  const count = list?.length ?? 0;
  if (index < count && String(index) === name.slice(plugin.length + 1)) return undefined;
  const used = names.get(plugin) ?? new Set<string>();
  const unused = [...Array(count).keys()].filter((i) => !used.has(`${plugin}_${i}`));
  return {
    span,
    message: `\`transform.${plugin}\` has ${count === 1 ? "one entry" : `${count} entries`}: there is no \`$${name}\``,
    fixes:
      unused.length === 0
        ? removed(note, placeholder)
        : unused.flatMap((i) =>
            unsafeFix(
              `Replace by $${plugin}_${i}`,
              replaceInText(note.host, placeholder.span, `$${plugin}_${i}`),
            ),
          ),
    // The CI compares numbers only, and of the plugins only those that have entries.
    isGuess: list === undefined || used.size === count,
  };
}

/** An entry to fill in, above the table `rule`, where Elastic's files have it. */
function newEntry({ rule, toml }: RuleDocument, { plugin, index }: Placeholder): readonly Fix[] {
  const header = rule === undefined ? undefined : toml.headerOf.get(rule);
  if (header === undefined || plugin === undefined || index !== 0 || !PLUGINS.includes(plugin)) return [];
  const second = plugin === "osquery" ? 'query = ""' : "providers = []";
  const text = `[[transform.${plugin}]]\nlabel = ""\n${second}\n\n`;
  const at = spanOf(header.span.start, header.span.start);
  return [{ title: `Insert [[transform.${plugin}]]`, safety: "unsafe", edits: [{ span: at, text }] }];
}

/** With its line, if it is all that stands there. */
function removed({ host, value }: SourcedText, { name, span }: Placeholder): readonly Fix[] {
  const start = value.lastIndexOf("\n", span.start) + 1;
  const newline = value.indexOf("\n", span.end);
  const end = newline < 0 ? value.length : newline + 1;
  const isAlone =
    /^(?:\s*[-*+]\s)?\s*$/.test(value.slice(start, span.start)) && value.slice(span.end, end).trim() === "";
  const edit = { span: host.map.toHostSpan(isAlone ? spanOf(start, end) : span), text: "" };
  return [{ title: `Remove $${name}`, safety: "unsafe", edits: [edit] }];
}
