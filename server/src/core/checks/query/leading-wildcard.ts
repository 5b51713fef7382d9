import { type FieldCheck } from "../check.ts";
import { eqlNodes } from "../eqlTree.ts";
import { fieldName } from "../fieldUse.ts";

export const leadingWildcard: FieldCheck = {
  id: "query/leading-wildcard",
  on: "fields",
  languages: ["eql"],
  severity: "hint",
  since: "0.1.0",
  when: "keystroke",
  summary: "A pattern that begins with a wildcard, on a keyword field with many long values.",
  why: "Elasticsearch looks at every value of the field, at every run of the rule. Fields of type `wildcard`, such as `process.command_line`, are made for such patterns; on a keyword field, begin with as many characters as you know.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.executable : "*\\\\\\\\temp\\\\\\\\*"'
`.replaceAll("\\\\\\\\", "\\\\"),
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.command_line : "*temp*"'
`,
  *run(query, fields) {
    for (const node of eqlNodes(query)) {
      if (node.kind !== "match" || node.operator.startsWith("regex")) continue;
      const name = fieldName(node.operand);
      if (name === undefined || fields.get(name)?.type !== "keyword") continue;
      const values = node.right.kind === "list" ? node.right.items : [node.right];
      const open = values.filter((value) => value.kind === "string" && startsOpen(value.value));
      const [first] = open;
      if (first === undefined || open.length < fewestFor(name)) continue;
      const subject =
        open.length === 1 ? "A leading wildcard makes" : `${open.length} leading wildcards make`;
      const message = `${subject} Elasticsearch read every value of \`${name}\``;
      yield { span: first.span, message, fixes: [] };
    }
  },
};

/** How many such patterns are worth a word: one on fields with nearly as many values as there are events. */
function fewestFor(name: string): number {
  if (/(?:^|\.)(?:executable|path|working_directory|directory|query|target_path)$/.test(name)) return 1;
  return /(?:^|\.)args$/.test(name) ? MANY : Infinity;
}

/** Arguments are short and often the same; it takes many patterns to make a search slow. */
const MANY = 10;

/** `*` alone asks for any value, and `?:\` for any drive: both are cheap. */
function startsOpen(pattern: string): boolean {
  return /^\*+[^*]|^\?(?!:)/.test(pattern);
}
