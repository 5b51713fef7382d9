import { type QueryCheck } from "../check.ts";
import { eqlNodes } from "../eqlTree.ts";
import { fieldName } from "../fieldUse.ts";
import { replaceInString } from "../../query/eql/patternEdit.ts";
import { type EqlString } from "../../query/eql/index.ts";
import { spanOf } from "../../text/span.ts";
import { type Fix } from "../../text/edit.ts";

export const partialRegex: QueryCheck = {
  id: "query/partial-regex",
  on: "query",
  languages: ["eql"],
  severity: "hint",
  since: "0.1.0",
  when: "keystroke",
  summary: "A regular expression that looks as if it were to match a part of a long text.",
  why: "Lucene's expressions have to match the whole value. To find a part of a command line, a message or an address, begin and end with `.*`.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.command_line regex "-enc[a-z]*"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.command_line regex ".*-enc[a-z]*.*"'
`,
  *run(query) {
    const { text } = query.parse;
    for (const node of eqlNodes(query)) {
      if (node.kind !== "match" || (node.operator !== "regex" && node.operator !== "regex~")) continue;
      if (!isLongText(fieldName(node.operand))) continue;
      const values = node.right.kind === "list" ? node.right.items : [node.right];
      for (const value of values) {
        if (value.kind !== "string" || value.value === "" || isOpen(value.value)) continue;
        const message = "The expression has to match the whole value, not a part of it";
        yield { span: value.bodySpan, message, fixes: [opened(text, value)] };
      }
    }
  },
};

/** Fields whose whole value no author writes down. */
function isLongText(field: string | undefined): boolean {
  return (
    field !== undefined &&
    /(?:command_line|message|script_block_text|body\.content|url\.original)$/.test(field)
  );
}

/** Leaves something open at one of its ends, or says by an anchor that it wants none. */
function isOpen(pattern: string): boolean {
  return /^\(*(?:\.[*+]|\^|@)|(?:\.[*+]|\[\^[^\]]*\][*+]|\$|@)\)*$/.test(pattern);
}

function opened(text: string, value: EqlString): Fix {
  const { length } = value.value;
  const edits = [
    replaceInString(text, value, spanOf(0, 0), ".*"),
    replaceInString(text, value, spanOf(length, length), ".*"),
  ];
  return { title: "Look for it anywhere in the value", safety: "unsafe", edits };
}
