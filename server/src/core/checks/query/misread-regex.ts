import { mapOfString } from "../../query/eql/index.ts";
import { replaceInString } from "../../query/eql/patternEdit.ts";
import { regexSlips } from "../../query/eql/regexSlips.ts";
import { type Fix } from "../../text/edit.ts";
import { type QueryCheck } from "../check.ts";
import { eqlNodes } from "../eqlTree.ts";
import { excerpt } from "../../text/excerpt.ts";

export const misreadRegex: QueryCheck = {
  id: "query/misread-regex",
  on: "query",
  languages: ["eql"],
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A part of a regular expression that Lucene reads otherwise than other engines.",
  why: 'Elasticsearch matches by Lucene, which has no anchors, no word boundaries, no lookaround and no lazy quantifiers: it reads them as characters, or refuses them. In turn `@`, `#`, `&`, `~`, `<` and `"` are operators, unless a backslash stands before them. The expression always has to match the whole value.',
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name regex "^cmd.*"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name regex "cmd.*"'
`,
  *run(query) {
    const { text } = query.parse;
    for (const node of eqlNodes(query)) {
      if (node.kind !== "match" || (node.operator !== "regex" && node.operator !== "regex~")) continue;
      const values = node.right.kind === "list" ? node.right.items : [node.right];
      for (const value of values) {
        if (value.kind !== "string") continue;
        const map = mapOfString(text, value);
        for (const { span, message, replacement } of regexSlips(value.value)) {
          const fixes: Fix[] = [];
          if (replacement !== undefined) {
            const edit = replaceInString(text, value, span, replacement);
            const title = replacement === "" ? `Remove ${excerpt(value.value, span)}` : `Write ${edit.text}`;
            fixes.push({ title, safety: "unsafe", edits: [edit] });
          }
          yield { span: map.toHostSpan(span), message, fixes };
        }
      }
    }
  },
};
