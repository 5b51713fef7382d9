import { type FieldCheck } from "../check.ts";
import { problemsOfKind } from "../problems.ts";

export const fieldComparison: FieldCheck = {
  id: "query/field-comparison",
  on: "fields",
  languages: ["eql"],
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A field is compared with something that is not constant.",
  why: "In a comparison or a list, Elasticsearch takes only constants beside a field and refuses the query. Functions of two fields are allowed: `endsWith(user.name, host.name)`.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name == process.parent.name'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where startsWith~(process.name, process.parent.name)'
`,
  run: (query) => problemsOfKind(query, "field-comparison"),
};
