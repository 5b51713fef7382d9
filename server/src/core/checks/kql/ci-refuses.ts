import { refusedByPython } from "../../query/kql/index.ts";
import { type QuerySyntaxError } from "../../query/language.ts";
import { encloses, textAt } from "../../text/span.ts";
import { type AnalyzedQuery, type PlaceCheck } from "../check.ts";
import { fixesInFile } from "../inFile.ts";
import { kqlParseOf } from "../kqlParse.ts";
import { textSlips } from "../kqlSigns.ts";
import { refusedByCi } from "../refusedByCi.ts";

export const kqlCiRefuses: PlaceCheck = {
  id: "kql/ci-refuses",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["kql-syntax", "kql-keyword-case", "kql-keyword-space"],
  summary: "Syntax that Kibana reads and the CI of Elastic refuses.",
  why: "Elastic validates rules with a Python library that knows less of KQL than Kibana: `AND` in capitals, values with blanks and no quotes, `\\uXXXX` and more. Outside of Elastic's repository the rule works. With `normalize_kql_keywords: true` in `_config.yaml` keywords may stand in capitals.",
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
  *run(_, { queries, repository }) {
    const { normalizesKqlKeywords } = repository;
    for (const query of queries) {
      if (query.support.id !== "kuery") continue;
      const { host } = query.embedded;
      const refused = refusedIn(query).filter(
        ({ span }) => !normalizesKqlKeywords || !isKeywordInCapitals(textAt(query.embedded.text, span)),
      );
      for (const finding of refusedByCi(refused))
        yield {
          ...finding,
          span: host.map.toHostSpan(finding.span),
          fixes: fixesInFile(host, finding.fixes),
        };
    }
  },
};

function refusedIn(query: AnalyzedQuery): readonly QuerySyntaxError[] {
  const parse = kqlParseOf(query);
  if (parse.errors.length !== 0) return [];
  // What is no query in the author's sense either has a finding of its own.
  const slips = [...textSlips(parse)];
  return [...refusedByPython(parse)].filter(
    ({ span }) => !slips.some(({ within }) => encloses(within, span)),
  );
}

function isKeywordInCapitals(word: string): boolean {
  return /^(?:and|or|not)$/i.test(word) && word !== word.toLowerCase();
}
