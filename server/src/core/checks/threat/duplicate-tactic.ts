import { type ThreatEntry } from "../../rule/model.ts";
import { attackEntries } from "../../rule/threats.ts";
import { type Fix } from "../../text/edit.ts";
import { type Span, encloses, spanOf, textAt } from "../../text/span.ts";
import { sectionOf } from "../../toml/edits.ts";
import { type TomlDocument } from "../../toml/model.ts";
import { type ThreatCheck } from "../check.ts";
import { threatExample } from "../threatExample.ts";

export const duplicateTactic: ThreatCheck = {
  id: "threat/duplicate-tactic",
  on: "threat",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["threat-duplicate-tactic"],
  summary: "Two entries for the same tactic.",
  why: "Elastic's CI wants one [[rule.threat]] for each tactic, with all of its techniques. The header of the second entry is marked, as the entry as a whole is one too many.",
  bad: `${threatExample({ technique: { id: "T1059", name: "Command and Scripting Interpreter" }, tactic: { id: "TA0002", name: "Execution" } })}
[[rule.threat]]
framework = "MITRE ATT&CK"

[rule.threat.tactic]
id = "TA0002"
name = "Execution"
reference = "https://attack.mitre.org/tactics/TA0002/"
`,
  good: threatExample({
    technique: { id: "T1059", name: "Command and Scripting Interpreter" },
    tactic: { id: "TA0002", name: "Execution" },
  }),
  *run(rule) {
    const first = new Map<string, ThreatEntry>();
    for (const entry of attackEntries(rule)) {
      const id = entry.tactic?.id;
      if (id === undefined) continue;
      const earlier = first.get(id.value);
      if (earlier === undefined) {
        first.set(id.value, entry);
        continue;
      }
      const related = [{ span: earlier.span, message: "The first entry for this tactic" }];
      const message = `${entry.tactic?.name?.value ?? id.value} has an entry already`;
      yield { span: entry.span, message, fixes: merge(rule.toml, earlier, entry), related };
    }
  },
};

/** Moves the techniques of the second entry to the end of the first one, and removes what is left. */
function merge(document: TomlDocument, first: ThreatEntry, second: ThreatEntry): readonly Fix[] {
  const firstSection = sectionOf(document, first.table);
  const secondSection = sectionOf(document, second.table);
  const techniques = second.techniques.map((technique) => sectionOf(document, technique.table));
  const isPlain = [first, second].every((entry) => entry.table.form === "header");
  if (!isPlain || techniques.some((span) => !encloses(secondSection, span))) return [];
  const moved = techniques.map((span) => textAt(document.text, span).trimEnd()).join("\n\n");
  const end = endOfText(document.text, firstSection);
  const edits = [
    { span: spanOf(end, end), text: moved === "" ? "" : `\n\n${moved}` },
    {
      span: spanOf(
        endOfText(document.text, spanOf(0, secondSection.start)),
        endOfText(document.text, secondSection),
      ),
      text: "",
    },
  ];
  const title = moved === "" ? "Remove this entry" : "Move its techniques to the first entry";
  return [
    {
      title,
      safety: "unsafe",
      edits: end < secondSection.start && end === edits[1]?.span.start ? joined(edits) : edits,
    },
  ];
}

/** Where the text of a section ends, without the blank lines after it. */
function endOfText(text: string, section: Span): number {
  return section.start + textAt(text, section).trimEnd().length;
}

/** An insertion and a deletion at the same place are one replacement. */
function joined(edits: readonly { readonly span: Span; readonly text: string }[]): Fix["edits"] {
  const [insertion, deletion] = edits;
  return insertion && deletion ? [{ span: deletion.span, text: insertion.text }] : edits;
}
