import { closestWord } from "../../base/closest.ts";
import { listed } from "../../base/listed.ts";
import { textIn } from "../../rule/read.ts";
import { type SourcedText } from "../../rule/model.ts";
import { TIMELINE_TEMPLATES, templateOfId, templateOfTitle } from "../../rule/timelines.ts";
import { type TomlTable } from "../../toml/model.ts";
import { type Fix } from "../../text/edit.ts";
import { replaceText } from "../../toml/edits.ts";
import { type PlaceCheck } from "../check.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const unknownTimeline: PlaceCheck = {
  id: "rule/unknown-timeline",
  on: "place",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-timeline-id", "rule-timeline-title"],
  summary: "A Timeline template that Kibana does not bring along.",
  why: "Elastic's loader knows the ten templates that Kibana comes with, and refuses another id or title, unless `_config.yaml` says `bypass_timeline_template_validation: true`. Rules outside such a repository may name templates of their own: there only a misspelt title is reported, as a warning.",
  bad: `[rule]
type = "eql"
timeline_id = "db366523-f1c6-4c1f-8731-6ce5ed9e5717"
timeline_title = "Generic Endpoint Timelines"
`,
  good: `[rule]
type = "eql"
timeline_id = "db366523-f1c6-4c1f-8731-6ce5ed9e5717"
timeline_title = "Generic Endpoint Timeline"
`,
  *run({ rule }, { repository }) {
    if (rule === undefined || repository.bypasses.has("timeline-template")) return;
    for (const unknown of unknownTexts(rule)) {
      const isLoose = repository.kind === "loose";
      if (isLoose && unknown.meant === undefined) continue;
      yield {
        span: unknown.written.span,
        message: `Kibana brings no Timeline template ${unknown.sentence}`,
        fixes: replaced(unknown),
        isGuess: isLoose,
      };
    }
  },
};

interface UnknownText {
  readonly written: SourcedText;
  readonly sentence: string;
  readonly meant: string | undefined;
}

function* unknownTexts(rule: TomlTable): Generator<UnknownText> {
  const id = textIn(rule, "timeline_id");
  const title = textIn(rule, "timeline_title");
  if (id !== undefined && templateOfId(id.value) === undefined) {
    const meant = title && templateOfTitle(title.value)?.id;
    yield { written: id, sentence: `of id \`${id.value}\``, meant };
  }
  if (title !== undefined && templateOfTitle(title.value) === undefined) {
    const titles = TIMELINE_TEMPLATES.map((template) => template.title);
    const meant = (id && templateOfId(id.value)?.title) ?? closestWord(title.value, titles);
    const sentence = `\`${title.value}\`${meant === undefined ? `: it has ${listed(titles, "and")}` : `, did you mean \`${meant}\`?`}`;
    yield { written: title, sentence, meant };
  }
}

function replaced({ written, meant }: UnknownText): readonly Fix[] {
  const edit = meant === undefined ? undefined : replaceText(written.host, meant);
  return unsafeFix(`Replace by ${meant ?? ""}`, edit);
}
