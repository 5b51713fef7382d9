import { type RuleDocument, type SourcedText } from "../../rule/model.ts";
import { type Edit } from "../../text/edit.ts";
import { cover } from "../../text/span.ts";
import { replaceInText } from "../../toml/edits.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { mayHaveHeading, type NoteHeading, topHeadings } from "../noteHeadings.ts";
import { noteValidated } from "../noteOf.ts";
import { filledSetup, moveToSetup } from "../setupSection.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const setupHeading: PlaceCheck = {
  id: "note/setup-heading",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["note-setup-level", "note-setup-case"],
  summary: "A setup heading in `note` that is not `## Setup`.",
  why: "When Elastic's tool builds a rule, it moves the text below `## Setup` from the note to the key `setup`. Its loader refuses a setup heading of another level or in other letters, which it would not find.",
  bad: `[rule]
type = "eql"
note = """
### Setup

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

/** More headings than this no guide has. */
const MOST = 200;

function* findings(rule: RuleDocument, note: SourcedText): Generator<Finding> {
  if (!mayHaveHeading(note.value, "setup")) return;
  const setup = filledSetup(rule);
  const headings = topHeadings(note.value).slice(0, MOST);
  for (const [i, heading] of headings.entries()) {
    if (heading.text.toLowerCase() !== "setup") continue;
    if (heading.level === 2 && heading.text === "Setup") continue;
    const { signs, span } = heading;
    const isLevel = heading.level !== 2;
    yield {
      span: note.host.map.toHostSpan(isLevel ? cover(signs ?? span, span) : span),
      message: isLevel
        ? `The setup heading is of level 2, not ${heading.level}: \`## Setup\``
        : `The setup heading is spelt \`Setup\`, not \`${heading.text}\``,
      fixes:
        setup === undefined
          ? unsafeFix("Write ## Setup", ...edits(note, heading))
          : moveToSetup(note, setup, headings, i),
    };
  }
}

function edits(
  { host }: SourcedText,
  { signs, span, level, text }: NoteHeading,
): readonly (Edit | undefined)[] {
  if (level !== 2)
    return [signs === undefined ? undefined : replaceInText(host, cover(signs, span), "## Setup")];
  return text === "Setup" ? [] : [replaceInText(host, span, "Setup")];
}
