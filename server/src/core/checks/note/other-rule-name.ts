import { type RuleDocument, type SourcedText } from "../../rule/model.ts";
import { textIn } from "../../rule/read.ts";
import { endRunStart } from "../../text/ends.ts";
import { spanOf } from "../../text/span.ts";
import { replaceInText, replaceText } from "../../toml/edits.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { noteOf } from "../noteOf.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const otherRuleName: PlaceCheck = {
  id: "note/other-rule-name",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["note-rule-name"],
  summary: "An investigation guide for a rule of another name.",
  why: "A guide's title is `### Investigating`, followed by the name of the rule, whatever the case of letters. A title with another name was forgotten when the rule was renamed, or copied from another rule. Elastic's CI refuses it. The rule's name is marked if the guide still goes by the one under which the rule was shipped.",
  bad: `[rule]
type = "eql"
name = "Shell Started by a Web Server"
note = """
### Investigating Shell Started by a Database
"""
`,
  good: `[rule]
type = "eql"
name = "Shell Started by a Web Server"
note = """
### Investigating Shell Started by a Web Server
"""
`,
  run: (rule, place) => {
    const note = noteOf(rule);
    return note === undefined ? [] : unitTested(rule, place, findings(rule, note, shippedName(rule, place)));
  },
};

/** Nobody puts so many blanks before a name. */
const MUCH = 200;

const TITLE = /### Investigating(?:[ \t]+|(?=[\r\n]|$))/g;

function withoutSigns(name: string): string {
  return name.slice(0, endRunStart(name, /[^a-z0-9[\]()]/)).replace(/^[^a-z0-9]+/, "");
}

/** The name under which the version lock knows the rule. */
function shippedName({ rule }: RuleDocument, { repository }: RulePlace): string | undefined {
  const id = rule && textIn(rule, "rule_id");
  return id && repository.records.shipped()?.get(id.value)?.name;
}

function* findings(
  { name }: RuleDocument,
  note: SourcedText,
  shipped: string | undefined,
): Generator<Finding> {
  // What a malformed name has too much has a finding of its own.
  const wanted = name === undefined ? "" : withoutSigns(name.value.toLowerCase());
  if (name === undefined || wanted === "") return;
  const text = note.value;
  const titles = [...text.matchAll(TITLE)].map(({ index, 0: title }) => index + title.length);
  // The name may stand on the next line, and something may follow it.
  if (
    titles.some((at) =>
      text
        .slice(at, at + wanted.length + MUCH)
        .trimStart()
        .toLowerCase()
        .startsWith(wanted),
    )
  )
    return;
  const [first] = titles;
  if (first === undefined) return;
  const [line = ""] = text.slice(first).split(/[\r\n]/, 1);
  const end = first + endRunStart(line, /[ \t]/);
  const written = text.slice(first, end);
  const renamed =
    written === "" ? [] : unsafeFix(`Rename the rule to ${written}`, replaceText(name.host, written));
  const space = /[ \t]$/.test(text.slice(0, first)) ? "" : " ";
  const title = note.host.map.toHostSpan(written === "" ? spanOf(first - 1, first) : spanOf(first, end));
  // A guide that goes by the name under which the rule was shipped has stayed as it was: the rule's name has changed.
  const isRenamed = shipped !== undefined && written.toLowerCase().startsWith(shipped.toLowerCase());
  yield {
    span: isRenamed ? name.span : title,
    message: isRenamed
      ? `The guide in \`note\` still goes by the rule's former name \`${shipped}\``
      : `This guide is for a rule of another name than \`${name.value}\``,
    fixes: [
      ...unsafeFix(
        `Write ${name.value}`,
        replaceInText(note.host, spanOf(first, end), `${space}${name.value}`),
      ),
      ...renamed,
    ],
    related: isRenamed
      ? [{ span: title, message: "The title of the guide" }]
      : [{ span: name.span, message: "The rule's name" }],
  };
}
