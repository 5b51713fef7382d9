import { constantClauses } from "../../query/eql/constantClauses.ts";
import { type QueryCheck } from "../check.ts";
import { wholeEvents } from "../eqlTree.ts";

export const alwaysFalse: QueryCheck = {
  id: "query/always-false",
  on: "query",
  languages: ["eql"],
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A clause that is true of no event.",
  why: "Under `and` the rule never matches; under `or` the clause has no effect. A comparison with null other than `== null` and `!= null` is never true, whatever the event, and neither is its opposite.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : "cmd.exe" and 1 > 2'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : "cmd.exe" and process.pid > 2'
`,
  *run(query) {
    for (const { condition } of wholeEvents(query)) {
      for (const { span, value } of constantClauses(condition)) {
        if (value === false) yield { span, message: "This is never true", fixes: [] };
        if (value === null)
          yield { span, message: "This is never true, and its opposite is not either", fixes: [] };
      }
    }
  },
};
