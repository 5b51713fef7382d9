import { type QueryCheck } from "../check.ts";
import { kqlParseOf } from "../kqlParse.ts";
import { textSlips } from "../kqlSigns.ts";

export const connectiveAsText: QueryCheck = {
  id: "kql/connective-as-text",
  on: "query",
  languages: ["kuery"],
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["kql-syntax"],
  summary: "A connective with nothing on one side of it, which KQL takes for text.",
  why: "Kibana takes a word without something on both sides for text: `process.name:cmd.exe and` looks for a process with the name `cmd.exe and`, and finds none. Elastic's CI refuses it.",
  bad: `[rule]
type = "query"
language = "kuery"
query = "process.name:nginx and"
`,
  good: `[rule]
type = "query"
language = "kuery"
query = "process.name:nginx"
`,
  run: (query) => [...textSlips(kqlParseOf(query))].filter(({ kind }) => kind === "connective"),
};
