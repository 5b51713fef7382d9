import { type QueryCheck } from "../check.ts";

export const querySyntax: QueryCheck = {
  id: "query/syntax",
  on: "query",
  languages: ["eql", "kuery", "esql", "lucene"],
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["kql-syntax", "kql-keyword-space", "eql-syntax", "eql-sequence", "eql-sample", "eql-pipe"],
  summary: "The query is not one of its language.",
  why: "Elasticsearch refuses the query, so the rule fails at every run. The rest of the query is still checked as far as it can be read.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name = "bash"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name == "bash"'
`,
  run: ({ parse }) => parse.errors,
};
