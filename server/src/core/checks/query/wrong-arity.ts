import { type FieldCheck } from "../check.ts";
import { problemsOfKind } from "../problems.ts";

export const wrongArity: FieldCheck = {
  id: "query/wrong-arity",
  on: "fields",
  languages: ["eql"],
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["eql-arity"],
  summary: "A function is given too few or too many values.",
  why: "Elasticsearch refuses the query, so the rule fails at every run.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where endsWith(process.name)'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where endsWith(process.name, ".exe")'
`,
  run: (query) => problemsOfKind(query, "arity"),
};
