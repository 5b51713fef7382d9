import { type RuleDocument } from "../../rule/model.ts";
import { type Span, encloses } from "../../text/span.ts";
import { type AnalyzedQuery, type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { fixesInFile } from "../inFile.ts";
import { shortenings } from "../kqlLists.ts";
import { kqlParseOf } from "../kqlParse.ts";
import { unitTested } from "../unitTests.ts";

export const notOptimized: PlaceCheck = {
  id: "query/not-optimized",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["kql-not-optimized"],
  summary: "A KQL query that Elastic's tool would write shorter.",
  why: "Elastic's CI rewrites each KQL query and refuses it if another one comes out: comparisons of one field under one `and` or `or` become a list of values, `not` moves before the field and is written once, and parentheses without effect go. The query means the same either way.",
  bad: `[rule]
type = "query"
language = "kuery"
query = "process.name:nginx or process.name:httpd"
`,
  good: `[rule]
type = "query"
language = "kuery"
query = "process.name:(nginx or httpd)"
`,
  run: (rule, place) => unitTested(rule, place, findings(rule, place)),
};

/** The CI leaves queries with this text alone. */
const EXEMPT = "powershell.file.script_block_text";

/** More findings than this in one query help nobody. */
const MOST = 20;

function* findings(_: RuleDocument, { queries }: RulePlace): Generator<Finding> {
  const query = queries.find(({ embedded }) => embedded.role === "query");
  if (query?.support.id === "kuery" && !query.embedded.text.includes(EXEMPT)) yield* inQuery(query);
}

function* inQuery(query: AnalyzedQuery): Generator<Finding> {
  const { text, ast, errors } = kqlParseOf(query);
  if (errors.length !== 0) return;
  const { host } = query.embedded;
  const told: Span[] = [];
  for (const { span, message, title, edits } of shortenings(text, ast)) {
    if (MOST <= told.length) return;
    // What a fix outside rewrites is looked at again after it.
    if (told.some((outer) => encloses(outer, span))) continue;
    if (edits?.length === 1) told.push(...edits.map((edit) => edit.span));
    const fixes = edits === undefined ? [] : fixesInFile(host, [{ title, safety: "safe", edits }]);
    yield { span: host.map.toHostSpan(span), message, fixes };
  }
}
