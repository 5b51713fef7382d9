import { typesRefusedByPython } from "../../query/eql/index.ts";
import { type FieldCheck } from "../check.ts";
import { eqlParseOf } from "../eqlParse.ts";
import { fieldTypesOf } from "../fieldTypes.ts";
import { refusedByCi } from "../refusedByCi.ts";

export const ciTypeMismatch: FieldCheck = {
  id: "query/ci-type-mismatch",
  on: "fields",
  languages: ["eql"],
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "Types that Elasticsearch converts and the CI of Elastic does not.",
  why: 'Elasticsearch turns the text in `process.pid == "4"` into a number when the query runs, and compares dates. The Python library that Elastic validates rules with takes neither. The types are those of ECS.',
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.pid == "4"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.pid == 4'
`,
  run: (query, fields) => refusedByCi(typesRefusedByPython(eqlParseOf(query), fieldTypesOf(fields))),
};
