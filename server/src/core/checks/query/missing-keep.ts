import { type EmbeddedQuery } from "../../rule/model.ts";
import { type Fix } from "../../text/edit.ts";
import { spanOf, textAt } from "../../text/span.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { commandsOf, esqlValidated, wordOf } from "../esqlText.ts";
import { fixesInFile } from "../inFile.ts";

export const missingKeep: PlaceCheck = {
  id: "query/missing-keep",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["esql-keep-missing"],
  summary: "An ES|QL query that does not choose its columns.",
  why: "The columns that are left at the end are what the alert has, and the analyst sees. Elastic's loader wants a `KEEP` in every ES|QL rule. Kibana takes queries without one.",
  bad: `[rule]
type = "esql"
language = "esql"
query = '''
FROM logs-acme-* METADATA _id, _version, _index
| WHERE acme.action == "login"
'''
`,
  good: `[rule]
type = "esql"
language = "esql"
query = '''
FROM logs-acme-* METADATA _id, _version, _index
| WHERE acme.action == "login"
| KEEP *
'''
`,
  run: (rule, place) =>
    place.repository.bypasses.has("esql-keep") ? [] : esqlValidated(rule, place, findings),
};

function* findings({ text, host }: EmbeddedQuery): Generator<Finding> {
  if (/\|\s*keep\b\s+[^|]+/i.test(text)) return;
  const last = commandsOf(text).findLast(({ start, end }) => start < end);
  if (last === undefined) return;
  yield {
    span: host.map.toHostSpan(wordOf(text, last)),
    message: "The query ends without a `KEEP` that chooses the columns of the alert",
    fixes: fixesInFile(host, [withKeep(text)]),
  };
}

/** On a line of its own where the query has several, and not on that of a comment. */
function withKeep(text: string): Fix {
  const end = text.trimEnd().length;
  const isBlock = /[\r\n]/.test(text.trim()) || /\/\//.test(text);
  const word = commandsOf(text).map((command) => textAt(text, wordOf(text, command)));
  const keep = word.some((one) => /^[A-Z]/.test(one)) ? "KEEP *" : "keep *";
  const edits = [{ span: spanOf(end, end), text: `${isBlock ? "\n" : " "}| ${keep}` }];
  return { title: "Keep all columns", safety: "unsafe", edits };
}
