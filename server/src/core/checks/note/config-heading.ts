import { type RuleDocument, type SourcedText } from "../../rule/model.ts";
import { type Span } from "../../text/span.ts";
import { replaceInText } from "../../toml/edits.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { mayHaveHeading, topHeadings } from "../noteHeadings.ts";
import { noteValidated } from "../noteOf.ts";
import { filledSetup, moveToSetup } from "../setupSection.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const configHeading: PlaceCheck = {
  id: "note/config-heading",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["note-config-heading"],
  summary: "A heading in `note` that speaks of configuration.",
  why: "What must be set up before a rule works stands below `## Setup`, from where Elastic's tool moves it to the key `setup`. Its loader refuses headings of level 2 with `config` in them, which rules of earlier years had.",
  bad: `[rule]
type = "eql"
note = """
## Configuration

Turn the audit log on.
"""
`,
  good: `[rule]
type = "eql"
note = """
## Setup

Turn the audit log on.
"""
`,
  run: (rule, place) => noteValidated(rule, place, (note) => findings(rule, note)),
};

function* findings(rule: RuleDocument, note: SourcedText): Generator<Finding> {
  if (!mayHaveHeading(note.value, "config")) return;
  const headings = topHeadings(note.value);
  const hasSetup = headings.some(({ level, text }) => level === 2 && text === "Setup");
  const setup = filledSetup(rule);
  for (const [i, { level, text, span }] of headings.entries()) {
    if (level !== 2 || !/config/i.test(text)) continue;
    yield {
      span: note.host.map.toHostSpan(span),
      message: `Elastic's loader refuses the heading \`${text}\`: \`## Setup\` is the one for this`,
      fixes: setup === undefined ? renamed(note, { span, hasSetup }) : moveToSetup(note, setup, headings, i),
    };
  }
}

/** Of two headings for setup the tool would take the first one alone. */
function renamed(
  note: SourcedText,
  { span, hasSetup }: { readonly span: Span; readonly hasSetup: boolean },
): Finding["fixes"] {
  return hasSetup ? [] : unsafeFix("Write Setup", replaceInText(note.host, span, "Setup"));
}
