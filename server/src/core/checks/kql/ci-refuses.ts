import { refusedByPython } from "../../query/kql/index.ts";
import { encloses } from "../../text/span.ts";
import { type QueryCheck } from "../check.ts";
import { kqlParseOf } from "../kqlParse.ts";
import { textSlips } from "../kqlSigns.ts";
import { refusedByCi } from "../refusedByCi.ts";

export const kqlCiRefuses: QueryCheck = {
  id: "kql/ci-refuses",
  on: "query",
  languages: ["kuery"],
  severity: "error",
  customSeverity: "warning",
  since: "0.2.0",
  when: "keystroke",
  upstream: ["kql-syntax", "kql-keyword-case", "kql-keyword-space"],
  summary: "Syntax that Kibana reads and the CI of Elastic refuses.",
  why: "Elastic validates rules with a Python library that knows less of KQL than Kibana: `AND` in capitals, values with blanks and no quotes, `\\uXXXX` and more. Outside of Elastic's repository the rule works.",
  bad: `[rule]
type = "query"
language = "kuery"
query = "process.name:nginx AND user.name:root"
`,
  good: `[rule]
type = "query"
language = "kuery"
query = "process.name:nginx and user.name:root"
`,
  run(query) {
    const parse = kqlParseOf(query);
    if (parse.errors.length !== 0) return [];
    // What is no query in the author's sense either has a finding of its own.
    const slips = [...textSlips(parse)];
    const refused = [...refusedByPython(parse)].filter(
      ({ span }) => !slips.some(({ within }) => encloses(within, span)),
    );
    return refusedByCi(refused);
  },
};
