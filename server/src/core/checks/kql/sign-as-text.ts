import { type QueryCheck } from "../check.ts";
import { kqlParseOf } from "../kqlParse.ts";
import { textSlips } from "../kqlSigns.ts";

export const signAsText: QueryCheck = {
  id: "kql/sign-as-text",
  on: "query",
  languages: ["kuery"],
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["kql-syntax"],
  summary: "A sign of another language, which KQL takes for text.",
  why: "Commas, single quotes, `==`, `&&`, `!` and ranges in brackets have no meaning in KQL. Kibana looks for the whole text with the sign in it, so the rule finds nothing.",
  bad: `[rule]
type = "query"
language = "kuery"
query = "process.name:(nginx, httpd)"
`,
  good: `[rule]
type = "query"
language = "kuery"
query = "process.name:(nginx or httpd)"
`,
  run: (query) => [...textSlips(kqlParseOf(query))].filter(({ kind }) => kind === "sign"),
};
