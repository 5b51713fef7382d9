import { type FieldCheck } from "../check.ts";
import { problemsOfKind } from "../problems.ts";

export const textField: FieldCheck = {
  id: "query/text-field",
  on: "fields",
  languages: ["eql"],
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["eql-text-field"],
  summary: "A text field is used where values are compared exactly.",
  why: "A text field is indexed word by word. Elasticsearch refuses to compare it in EQL unless one exact sub-field stands in for it, which fields such as `message` do not have, so the rule fails at every run.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name.text : "cmd.exe"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : "cmd.exe"'
`,
  run: (query) => problemsOfKind(query, "text-field"),
};
