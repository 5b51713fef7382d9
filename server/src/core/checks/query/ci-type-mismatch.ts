import { typesRefusedByPython } from "../../query/eql/index.ts";
import { type FieldCheck } from "../check.ts";
import { eqlParseOf } from "../eqlParse.ts";
import { inTypeVectors } from "../fieldTypes.ts";
import { kqlMixedPatterns } from "../kqlMixedPatterns.ts";
import { kqlRefusedByCi } from "../kqlTypes.ts";
import { refusedByCi } from "../refusedByCi.ts";

export const ciTypeMismatch: FieldCheck = {
  id: "query/ci-type-mismatch",
  on: "fields",
  languages: ["eql", "kuery"],
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: [
    "kql-field-multi-type",
    "kql-value-type",
    "kql-wildcard-type",
    "kql-nested",
    "eql-type-mismatch",
  ],
  summary: "Types that Elasticsearch converts and the CI of Elastic does not.",
  why: 'Elasticsearch turns the text in `process.pid == "4"` into a number when the query runs, and compares dates. The Python library that Elastic validates rules with takes neither. In KQL it refuses true and false in quotes, wildcards in values of text fields, and a name with a star that stands for fields of several types. The types are those of the schemas that the rule reads; without these, of ECS alone.',
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
  run(query, scope) {
    if (query.support.id === "kuery") {
      const refused = inTypeVectors(scope, query.facts, (types) => kqlRefusedByCi(query, types));
      return refusedByCi([...kqlMixedPatterns(query, scope), ...refused]);
    }
    const parse = eqlParseOf(query);
    return refusedByCi(inTypeVectors(scope, query.facts, (types) => [...typesRefusedByPython(parse, types)]));
  },
};
