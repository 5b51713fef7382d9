import { type RuleDocument } from "../../rule/model.ts";
import { spanOf } from "../../text/span.ts";
import { replaceInText } from "../../toml/edits.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { headerSpan } from "../headerSpan.ts";
import { noteOf } from "../noteOf.ts";
import { entriesOf, placeholdersIn, transformOf } from "../notePlaceholders.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const unusedEntry: PlaceCheck = {
  id: "transform/unused-entry",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["transform-without-note", "note-placeholder-count"],
  tag: "unnecessary",
  summary: "A button in `transform` that the note has no place for.",
  why: "An entry shows up where the note has its placeholder: `$osquery_0` for the first entry of `[[transform.osquery]]`. Elastic's CI wants as many placeholders as entries, and a note where there is a `transform`.",
  bad: `[[transform.osquery]]
label = "Users"
query = "SELECT * FROM users"

[[transform.osquery]]
label = "Groups"
query = "SELECT * FROM groups"

[rule]
type = "eql"
note = """
- $osquery_0
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
  run: (rule, place) => unitTested(rule, place, findings(rule)),
};

function* findings(rule: RuleDocument): Generator<Finding> {
  const transform = transformOf(rule);
  if (transform === undefined || rule.rule === undefined) return;
  const note = noteOf(rule);
  if (note === undefined) {
    // A note that cannot be read has a finding of its own.
    if (rule.rule.byName.has("note")) return;
    const [entry] = [...entriesOf(transform).values()].flat();
    const span = headerSpan(transform.form === "implied" && entry !== undefined ? entry : transform);
    yield { span, message: "The rule has a `transform`, and no `note` to show it", fixes: [] };
    return;
  }
  const placeholders = placeholdersIn(note.value);
  for (const [plugin, entries] of entriesOf(transform)) {
    const indexes = new Set(placeholders.filter((one) => one.plugin === plugin).map(({ index }) => index));
    // A placeholder for no entry stands in the place of one that is missing here, and has a finding of its own.
    if ([...indexes].some((index) => entries.length <= index)) continue;
    for (const [i, entry] of entries.entries()) {
      if (indexes.has(i)) continue;
      const end = note.value.trimEnd().length;
      const edit = replaceInText(note.host, spanOf(end, end), `\n- $${plugin}_${i}`);
      yield {
        span: headerSpan(entry),
        message: `\`note\` has no \`$${plugin}_${i}\` for this entry`,
        fixes: unsafeFix(`Put $${plugin}_${i} at the end of note`, edit),
      };
    }
  }
}
