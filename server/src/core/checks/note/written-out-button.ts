import { type RuleDocument, type SourcedText } from "../../rule/model.ts";
import { type Edit } from "../../text/edit.ts";
import { spanOf } from "../../text/span.ts";
import { replaceInText } from "../../toml/edits.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { noteOf } from "../noteOf.ts";
import { entriesOf, placeholdersIn, transformOf } from "../notePlaceholders.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";
import { type WrittenButton, writtenButtons } from "../writtenButton.ts";

export const writtenOutButton: PlaceCheck = {
  id: "note/written-out-button",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["note-explicit-plugin"],
  summary: "A button of a guide that is written out in `note`.",
  why: "Kibana reads `!{osquery{…}}` and `!{investigate{…}}` in a note. In Elastic's repository buttons stand in `transform`, where their keys are checked, and the note has a placeholder such as `$osquery_0`; its CI refuses them in the note. Rules of your own work either way.",
  bad: `[rule]
type = "eql"
note = """
!{osquery{"label":"Users","query":"SELECT * FROM users"}}
"""
`,
  good: `[[transform.osquery]]
label = "Users"
query = "SELECT * FROM users"

[rule]
type = "eql"
note = """
$osquery_0
"""
`,
  run: (rule, place) => {
    const note = noteOf(rule);
    return note === undefined ? [] : unitTested(rule, place, findings(rule, note));
  },
};

function* findings(rule: RuleDocument, note: SourcedText): Generator<Finding> {
  for (const button of writtenButtons(note.value)) {
    yield {
      span: note.host.map.toHostSpan(button.opening),
      message: `Elastic's CI wants this button in \`[[transform.${button.plugin}]]\`, and a placeholder here`,
      fixes: fixesFor(rule, note, button),
    };
  }
}

function fixesFor(rule: RuleDocument, note: SourcedText, button: WrittenButton): Finding["fixes"] {
  const { plugin, whole } = button;
  if (whole === undefined) return [];
  const transform = transformOf(rule);
  const count = (transform && entriesOf(transform).get(plugin)?.length) ?? 0;
  const used = new Set(placeholdersIn(note.value).map(({ name }) => name));
  const unused = [...Array(count).keys()].map((i) => `${plugin}_${i}`).filter((name) => !used.has(name));
  const moved = unsafeFix(
    `Move it to [[transform.${plugin}]]`,
    replaceInText(note.host, whole, `$${plugin}_${count}`),
    newEntry(rule, button),
  );
  return [
    ...unused.flatMap((name) =>
      unsafeFix(`Replace by $${name}`, replaceInText(note.host, whole, `$${name}`)),
    ),
    ...moved,
  ];
}

/** Above the table `rule`, after the entries that there are. */
function newEntry({ rule, toml }: RuleDocument, { plugin, texts }: WrittenButton): Edit | undefined {
  const header = rule === undefined ? undefined : toml.headerOf.get(rule);
  const [label, query] = [texts?.get("label"), texts?.get("query")];
  const isPlain = plugin === "osquery" && texts?.size === 2;
  if (header === undefined || label === undefined || query === undefined || !isPlain) return undefined;
  const lines = [
    `[[transform.${plugin}]]`,
    `label = ${JSON.stringify(label)}`,
    `query = ${JSON.stringify(query)}`,
  ];
  return { span: spanOf(header.span.start, header.span.start), text: `${lines.join("\n")}\n\n` };
}
