import { type FieldCheck } from "../check.ts";
import { problemsOfKind } from "../problems.ts";

export const unknownFunction: FieldCheck = {
  id: "query/unknown-function",
  on: "fields",
  languages: ["eql"],
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A function that Elasticsearch does not have.",
  why: "Elasticsearch refuses the query, so the rule fails at every run. Elastic's own CI does not look at the names of functions, so the mistake is only seen when the rule runs.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where startWith(process.name, "cmd")'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where startsWith(process.name, "cmd")'
`,
  run: (query) => problemsOfKind(query, "unknown-function"),
};
