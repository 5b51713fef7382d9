import { spellingDistance } from "../../base/spellingDistance.ts";
import { TAG_PREFIXES, namesAfter, tagSpeltLike } from "../../knowledge/ruleTags.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { prefixOf, replaceTag, type RuleTags, tagTested } from "../ruleTags.ts";

export const unknownPrefix: PlaceCheck = {
  id: "tags/unknown-prefix",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["tag-prefix"],
  summary: "A tag that begins with none of the prefixes that Elastic's rules use.",
  why: "Elastic sorts the tags of its rules by a prefix, such as `Use Case:`, and its CI refuses tags without one. Rules of your own may have any tags.",
  bad: `[rule]
type = "eql"
tags = ["Threat Detection"]
`,
  good: `[rule]
type = "eql"
tags = ["Use Case: Threat Detection"]
`,
  run: (rule, place) => tagTested(rule, place, findings),
};

function* findings({ items }: RuleTags): Generator<Finding> {
  for (const item of items) {
    const tag = item.value;
    // A known tag in other letters has a finding of its own.
    if (TAG_PREFIXES.some((prefix) => tag.includes(prefix)) || tagSpeltLike(tag) !== undefined) continue;
    const meant = meantTags(tag);
    const written = prefixOf(tag);
    const what =
      written === undefined ? "has no prefix" : `begins with \`${written}\`, which is no known prefix`;
    const message = `The tag ${what} such as \`OS:\`, \`Use Case:\` or \`Data Source:\``;
    yield { span: item.span, message, fixes: meant.flatMap((other) => replaceTag(item, other)) };
  }
}

/** Known tags of this name under another prefix, or the name under the prefix that was meant. */
function meantTags(tag: string): readonly string[] {
  const written = prefixOf(tag);
  const name = tag.slice(written?.length ?? 0).trim();
  const named = TAG_PREFIXES.filter((prefix) =>
    namesAfter(prefix).some((known) => known.toLowerCase() === name.toLowerCase()),
  ).map((prefix) => tagSpeltLike(`${prefix} ${name}`)?.tag ?? `${prefix} ${name}`);
  if (0 < named.length || written === undefined || name === "") return named;
  const near = TAG_PREFIXES.find(
    (prefix) => spellingDistance(prefix.toLowerCase(), written.toLowerCase()) <= 2,
  );
  return near === undefined ? [] : [`${near} ${name}`];
}
