import { textIn } from "../../rule/read.ts";
import { type RuleDocument, type SourcedText } from "../../rule/model.ts";
import { templateOfId, templateOfTitle } from "../../rule/timelines.ts";
import { replaceText } from "../../toml/edits.ts";
import { insertKey } from "../../toml/insertion.ts";
import { removeEntry } from "../../toml/removal.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { tableLacking } from "../lacks.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const timelineMismatch: PlaceCheck = {
  id: "rule/timeline-mismatch",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-timeline-pair"],
  summary: "Id and title of a Timeline template that are not a pair.",
  why: "Id and title together name the template that an investigation opens with. Kibana wants both or neither; Elastic's CI compares them with the templates that Kibana brings along.",
  bad: `[rule]
type = "eql"
timeline_id = "db366523-f1c6-4c1f-8731-6ce5ed9e5717"
`,
  good: `[rule]
type = "eql"
timeline_id = "db366523-f1c6-4c1f-8731-6ce5ed9e5717"
timeline_title = "Generic Endpoint Timeline"
`,
  run: (rule, place) => unitTested(rule, place, findings(rule, place)),
};

function* findings(rule: RuleDocument, { repository }: RulePlace): Generator<Finding> {
  const id = rule.rule && textIn(rule.rule, "timeline_id");
  const title = rule.rule && textIn(rule.rule, "timeline_title");
  if (id === undefined || title === undefined) {
    if (id !== undefined) yield* half(rule, "timeline_id", id);
    if (title !== undefined) yield* half(rule, "timeline_title", title);
    return;
  }
  const template = templateOfId(id.value);
  // What is no template of Kibana's has a finding of its own, or is of the author's making.
  if (template === undefined || template.title === title.value) return;
  const titled = templateOfTitle(title.value);
  if (titled === undefined && !repository.bypasses.has("timeline-template")) return;
  yield {
    span: title.span,
    message: `The Timeline template of this id is \`${template.title}\``,
    fixes: [
      ...unsafeFix(`Set timeline_title to ${template.title}`, replaceText(title.host, template.title)),
      ...(titled === undefined
        ? []
        : unsafeFix(`Set timeline_id to that of ${titled.title}`, replaceText(id.host, titled.id))),
    ],
    related: [{ span: id.span, message: "The id" }],
  };
}

type Half = "timeline_id" | "timeline_title";

function* half(rule: RuleDocument, name: Half, written: SourcedText): Generator<Finding> {
  const other: Half = name === "timeline_id" ? "timeline_title" : "timeline_id";
  const table = tableLacking(rule, "rule", other);
  if (table === undefined) return;
  const value =
    name === "timeline_id" ? templateOfId(written.value)?.title : templateOfTitle(written.value)?.id;
  const entry = table.byName.get(name);
  const inserted =
    value === undefined ? undefined : insertKey(rule.toml, table, { name: other, value: `"${value}"` });
  yield {
    span: written.span,
    message: `\`${name}\` needs \`${other}\` beside it`,
    fixes: [
      ...unsafeFix(`Insert ${other} = "${value ?? ""}"`, inserted),
      ...unsafeFix(`Remove ${name}`, entry && removeEntry(rule.toml, table, entry)),
    ],
  };
}
