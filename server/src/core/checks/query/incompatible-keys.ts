import { type FieldCheck } from "../check.ts";
import { problemsOfKind } from "../problems.ts";

export const incompatibleKeys: FieldCheck = {
  id: "query/incompatible-keys",
  on: "fields",
  languages: ["eql"],
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["eql-type-mismatch"],
  summary: "Keys in the same place have types that can never be equal.",
  why: "The keys after `by` are compared by their place. Elasticsearch refuses a number in the place of a text, so the rule fails at every run.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'sequence with maxspan=1m [process where true] by process.pid [network where true] by process.name'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'sequence with maxspan=1m [process where true] by process.pid [network where true] by process.parent.pid'
`,
  run: (query) => problemsOfKind(query, "incompatible-keys"),
};
