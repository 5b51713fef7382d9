import { tagSpeltLike } from "../../knowledge/ruleTags.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { replaceTag, type RuleTags, tagTested } from "../ruleTags.ts";

export const wrongSpelling: PlaceCheck = {
  id: "tags/wrong-spelling",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["tag-case"],
  summary: "A tag of Elastic's rules in other letters or with other blanks.",
  why: "Kibana tells `Domain: endpoint` from `Domain: Endpoint`: who filters rules by one does not find the other. Elastic's CI refuses another case of letters in the tags that its rules share.",
  bad: `[rule]
type = "eql"
tags = ["Domain: endpoint"]
`,
  good: `[rule]
type = "eql"
tags = ["Domain: Endpoint"]
`,
  run: (rule, place) => tagTested(rule, place, findings),
};

function* findings({ items }: RuleTags): Generator<Finding> {
  for (const item of items) {
    const known = tagSpeltLike(item.value);
    if (known === undefined || !known.isSettled || known.tag === item.value) continue;
    // The CI sees the case of letters only.
    const isGuess = known.tag.toLowerCase() !== item.value.toLowerCase();
    const message = `Rules write this tag \`${known.tag}\``;
    yield { span: item.span, message, fixes: replaceTag(item, known.tag), isGuess };
  }
}
