import { type QueryCheck } from "../check.ts";
import { replaceWith, asGuess } from "../../query/fixes.ts";
import { spanOf } from "../../text/span.ts";
import { eqlNodes } from "../eqlTree.ts";

export const driveLetter: QueryCheck = {
  id: "query/drive-letter",
  on: "query",
  languages: ["eql"],
  severity: "hint",
  since: "0.1.0",
  when: "keystroke",
  summary: "A path that begins with a drive letter where a wildcard can stand.",
  why: "Windows need not be installed on drive C. After `:` and `like`, `?:\\\\` stands for any drive.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.executable : "C:\\\\Windows\\\\*.exe"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.executable : "?:\\\\Windows\\\\*.exe"'
`,
  *run(query) {
    for (const node of eqlNodes(query)) {
      if (node.kind !== "match" || node.operator.startsWith("regex")) continue;
      const values = node.right.kind === "list" ? node.right.items : [node.right];
      for (const value of values) {
        if (value.kind !== "string" || !/^[A-Za-z]:\\/.test(value.value)) continue;
        const { start } = value.bodySpan;
        const letter = spanOf(start, start + 1);
        const message = `The path is looked for on drive ${value.value.charAt(0)} only`;
        yield { span: letter, message, fixes: [asGuess(replaceWith(letter, "?", "Look on every drive"))] };
      }
    }
  },
};
