import { type FieldCheck } from "../check.ts";
import { problemsOfKind } from "../problems.ts";

export const unusableField: FieldCheck = {
  id: "query/unusable-field",
  on: "fields",
  languages: ["eql"],
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["eql-text-field"],
  summary: "A field of a type that EQL cannot read.",
  why: "Objects, nested fields, places and the like have no value that EQL could compare: Elasticsearch refuses the query, so the rule fails at every run.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'network where source.geo.location != null'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'network where source.geo.country_iso_code != null'
`,
  run: (query) => problemsOfKind(query, "unusable-field"),
};
