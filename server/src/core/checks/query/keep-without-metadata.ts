import { type EmbeddedQuery } from "../../rule/model.ts";
import { type Span, spanOf } from "../../text/span.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { esqlValidated, IDENTITY } from "../esqlText.ts";
import { fixesInFile } from "../inFile.ts";

export const keepWithoutMetadata: PlaceCheck = {
  id: "query/keep-without-metadata",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["esql-keep-metadata"],
  summary: "A `KEEP` that drops what Kibana tells documents apart by.",
  why: "Without `_id`, `_version` and `_index` Kibana cannot find the document that a row is from: the alert has no other fields than the columns, and runs with windows that overlap raise it again. Elastic's loader wants the three, or `*`, in every `KEEP` of a query without `STATS`.",
  bad: `[rule]
type = "esql"
language = "esql"
query = '''
FROM logs-acme-* METADATA _id, _version, _index
| WHERE acme.action == "login"
| KEEP acme.user
'''
`,
  good: `[rule]
type = "esql"
language = "esql"
query = '''
FROM logs-acme-* METADATA _id, _version, _index
| WHERE acme.action == "login"
| KEEP acme.user, _id, _version, _index
'''
`,
  run: (rule, place) =>
    place.repository.bypasses.has("esql-keep") ? [] : esqlValidated(rule, place, findings),
};

/** More of them in one query help nobody. */
const MOST = 50;

function* findings({ text, host }: EmbeddedQuery): Generator<Finding> {
  if (/\|\s*stats\b/i.test(text)) return;
  let count = 0;
  for (const { index, 0: command, 1: list = "" } of text.matchAll(/\|\s*keep\b\s+([^|]+)/gi)) {
    if (MOST < ++count) return;
    const columns = list
      .replace(/\/\/.*/g, "")
      .split(",")
      .map((column) => column.trim());
    const missing = IDENTITY.filter((name) => !columns.includes(name));
    if (columns.includes("*") || missing.length === 0) continue;
    const span = spanOfColumns(list, index + command.length - list.length);
    const fix = {
      title: `Keep ${missing.join(", ")} too`,
      safety: "unsafe" as const,
      edits: [{ span: spanOf(span.end, span.end), text: `, ${missing.join(", ")}` }],
    };
    yield {
      span: host.map.toHostSpan(span),
      message: `\`KEEP\` drops ${missing.map((name) => `\`${name}\``).join(", ")}`,
      fixes: fixesInFile(host, [fix]),
    };
  }
}

/** From the first column to the end of the last one: a comment may follow. */
function spanOfColumns(list: string, start: number): Span {
  const plain = list.replace(/\/\/.*/g, (comment) => " ".repeat(comment.length));
  const lead = plain.length - plain.trimStart().length;
  return spanOf(start + lead, start + plain.trimEnd().length);
}
