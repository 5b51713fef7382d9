import { type QueryCheck } from "../check.ts";
import { kqlParseOf } from "../kqlParse.ts";
import { textSlips } from "../kqlSigns.ts";

export const commentAsText: QueryCheck = {
  id: "kql/comment-as-text",
  on: "query",
  languages: ["kuery"],
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["kql-syntax"],
  summary: "A comment, which KQL takes for text.",
  why: "KQL has no comments. Kibana adds the words to the value before them, or looks for them in all fields, so the rule finds nothing. Elastic's CI refuses them. What is to be said of a query belongs into the TOML file, behind a `#`.",
  bad: `[rule]
type = "query"
language = "kuery"
query = "process.name:nginx // web servers"
`,
  good: `[rule]
type = "query"
language = "kuery"
query = "process.name:nginx"
`,
  run: (query) => [...textSlips(kqlParseOf(query))].filter(({ kind }) => kind === "comment"),
};
