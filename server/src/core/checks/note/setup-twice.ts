import { type RuleDocument, type SourcedText } from "../../rule/model.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { mayHaveHeading, topHeadings } from "../noteHeadings.ts";
import { noteValidated } from "../noteOf.ts";
import { filledSetup, moveToSetup } from "../setupSection.ts";

export const setupTwice: PlaceCheck = {
  id: "note/setup-twice",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["note-setup-twice"],
  summary: "Setup in `note` as well as in `setup`.",
  why: "When Elastic's tool builds a rule, it moves the text below `## Setup` from the note to the key `setup`. Its loader refuses a rule that has both.",
  bad: `[rule]
type = "eql"
note = """
## Setup

Turn the audit log on.
"""
setup = "Turn the audit log on."
`,
  good: `[rule]
type = "eql"
setup = "Turn the audit log on."
`,
  run: (rule, place) => noteValidated(rule, place, (note) => findings(rule, note)),
};

function* findings(rule: RuleDocument, note: SourcedText): Generator<Finding> {
  const setup = filledSetup(rule);
  if (setup === undefined || !mayHaveHeading(note.value, "setup")) return;
  const headings = topHeadings(note.value);
  const index = headings.findIndex(({ level, text }) => level === 2 && text === "Setup");
  const heading = headings[index];
  if (heading === undefined) return;
  yield {
    span: note.host.map.toHostSpan(heading.span),
    message: "The rule has its setup in `setup` already",
    fixes: moveToSetup(note, setup, headings, index),
    related: [{ span: setup.keySpan, message: "The key `setup`" }],
  };
}
