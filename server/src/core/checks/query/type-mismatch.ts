import { type FieldCheck } from "../check.ts";
import { problemsOfKind } from "../problems.ts";

export const typeMismatch: FieldCheck = {
  id: "query/type-mismatch",
  on: "fields",
  languages: ["eql", "kuery"],
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["kql-value-type", "eql-type-mismatch"],
  summary: "A value of a type that the operator or function does not take.",
  why: "Elasticsearch refuses the query when it learns the types of the fields from the indices, so the rule fails at every run. The types are those of the schemas that the rule reads; without these, of ECS alone.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.pid : 4'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.pid == 4'
`,
  run: (query) => problemsOfKind(query, "type"),
};
