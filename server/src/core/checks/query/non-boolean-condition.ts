import { type FieldCheck } from "../check.ts";
import { problemsOfKind } from "../problems.ts";

export const nonBooleanCondition: FieldCheck = {
  id: "query/non-boolean-condition",
  on: "fields",
  languages: ["eql"],
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["eql-type-mismatch"],
  summary: "A value stands where a condition must.",
  why: "Only true and false can be joined by `and`, `or` and `not`, and only they can follow `where`. Elasticsearch refuses a bare text or number.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name != null'
`,
  // While the text cannot be read, what stands alone may be half of a comparison.
  run: (query) => (query.parse.errors.length === 0 ? problemsOfKind(query, "non-boolean") : []),
};
