import { textIn } from "../../rule/read.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { spanOf } from "../../text/span.ts";
import { replaceInText } from "../../toml/edits.ts";
import { insertKey } from "../../toml/insertion.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { textsIn } from "../fieldKeys.ts";
import { headerSpan } from "../headerSpan.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const missingTriage: PlaceCheck = {
  id: "note/missing-triage",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["note-triage-missing"],
  summary: "A severe rule of Elastic's without a section on triage and analysis.",
  why: "Elastic's CI wants `## Triage and analysis` in the note of every rule that has `Elastic` among its authors and the severity high or critical. Building blocks may go without.",
  bad: `[rule]
type = "eql"
author = ["Elastic"]
note = "Ask the owner of the host."
severity = "high"
`,
  good: `[rule]
type = "eql"
author = ["Elastic"]
note = """
## Triage and analysis

Ask the owner of the host.
"""
severity = "high"
`,
  run: (rule, place) => (place.repository.kind === "loose" ? [] : unitTested(rule, place, findings(rule))),
};

function* findings({ rule, toml, name }: RuleDocument): Generator<Finding> {
  if (rule === undefined || rule.form === "implied" || rule.byName.has("building_block_type")) return;
  const severity = textIn(rule, "severity");
  if (severity?.value !== "high" && severity?.value !== "critical") return;
  if (!textsIn(rule, "author").some(({ value }) => value.toLowerCase() === "elastic")) return;
  const entry = rule.byName.get("note");
  const note = textIn(rule, "note");
  if (entry !== undefined && note === undefined) return;
  if (note?.value.toLowerCase().includes("## triage and analysis") === true) return;
  const title = `## Triage and analysis\n\n### Investigating ${name?.value ?? ""}`.trimEnd();
  const text = `"""\n${title}\n"""`;
  const edit =
    note === undefined
      ? insertKey(toml, rule, { name: "note", value: text })
      : replaceInText(note.host, spanOf(0, 0), "## Triage and analysis\n\n");
  yield {
    span: note?.keySpan ?? headerSpan(rule),
    message: `A rule of Elastic's with the severity ${severity.value} has a section \`## Triage and analysis\` in its \`note\``,
    fixes: name?.value.includes("\\") === true ? [] : unsafeFix("Insert ## Triage and analysis", edit),
    related: [{ span: severity.span, message: "The severity" }],
  };
}
