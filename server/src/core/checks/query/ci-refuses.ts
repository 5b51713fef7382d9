import { refusedByPython } from "../../query/eql/index.ts";
import { type QueryCheck } from "../check.ts";
import { eqlParseOf } from "../eqlParse.ts";
import { refusedByCi } from "../refusedByCi.ts";

export const ciRefuses: QueryCheck = {
  id: "query/ci-refuses",
  on: "query",
  languages: ["eql"],
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["eql-syntax"],
  summary: "Syntax that Elasticsearch reads and the CI of Elastic refuses.",
  why: "Elastic validates rules with a Python library that knows less of EQL than Elasticsearch: categories in quotes, `@timestamp` without backticks, `\\uXXXX`, nested comments and more. Outside of Elastic's repository the rule works.",
  bad: `[rule]
type = "eql"
language = "eql"
query = '"process" where process.pid == 4'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.pid == 4'
`,
  run: (query) => refusedByCi(refusedByPython(eqlParseOf(query))),
};
