import { type RuleDocument } from "../../rule/model.ts";
import { removeItem } from "../../toml/removal.ts";
import { type TomlString } from "../../toml/model.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { type RuleTags, tagTested } from "../ruleTags.ts";

export const duplicateTag: PlaceCheck = {
  id: "tags/duplicate-tag",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["tag-duplicate"],
  tag: "unnecessary",
  summary: "A tag that the rule has already.",
  why: "The second one has no effect. Elastic's CI refuses it.",
  bad: `[rule]
type = "eql"
tags = ["OS: Linux", "OS: Linux"]
`,
  good: `[rule]
type = "eql"
tags = ["OS: Linux", "OS: Windows"]
`,
  run: (rule, place) => tagTested(rule, place, (tags) => findings(rule, tags)),
};

function* findings({ toml }: RuleDocument, { list, items }: RuleTags): Generator<Finding> {
  const first = new Map<string, TomlString>();
  for (const item of items) {
    const earlier = first.get(item.value);
    if (earlier === undefined) {
      first.set(item.value, item);
      continue;
    }
    const edit = removeItem(toml, list, list.items.indexOf(item));
    yield {
      span: item.span,
      message: `The rule has the tag \`${item.value}\` already`,
      fixes: edit === undefined ? [] : [{ title: `Remove ${item.value}`, safety: "safe", edits: [edit] }],
      related: [{ span: earlier.span, message: "The first one" }],
    };
  }
}
