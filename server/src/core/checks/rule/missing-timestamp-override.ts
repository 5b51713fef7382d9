import { textIn } from "../../rule/read.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { replaceText } from "../../toml/edits.ts";
import { insertKey } from "../../toml/insertion.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { eqlQueryOf } from "../eqlTree.ts";
import { headerSpan } from "../headerSpan.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const missingTimestampOverride: PlaceCheck = {
  id: "rule/missing-timestamp-override",
  on: "place",
  severity: "error",
  customSeverity: "info",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-timestamp-override"],
  summary: "A rule that looks for events by when they happened, not by when they arrived.",
  why: 'An event that arrives late has an old `@timestamp`, which the window of no later run covers. `timestamp_override = "event.ingested"` looks for the time of arrival, and falls back to `@timestamp`. Elastic\'s CI wants it in rules in EQL and KQL, apart from sequences, whose order it would change.',
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : "cmd.exe"'
timestamp_override = "@timestamp"
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : "cmd.exe"'
timestamp_override = "event.ingested"
`,
  run: (rule, place) =>
    place.repository.kind === "loose" ? [] : unitTested(rule, place, findings(rule, place)),
};

const FIELD = "event.ingested";
const INSERTED = `timestamp_override = "${FIELD}"`;

function* findings({ rule, toml }: RuleDocument, { queries }: RulePlace): Generator<Finding> {
  const query = queries.find(({ embedded }) => embedded.role === "query");
  if (rule === undefined || query === undefined) return;
  if (query.support.id === "eql" && eqlQueryOf(query).body.kind === "sequence") return;
  const entry = rule.byName.get("timestamp_override");
  const written = textIn(rule, "timestamp_override");
  if (entry !== undefined && (written === undefined || written.value === FIELD)) return;
  const edit =
    written === undefined
      ? insertKey(toml, rule, { name: "timestamp_override", value: `"${FIELD}"` })
      : replaceText(written.host, FIELD);
  yield {
    span: written?.span ?? headerSpan(rule),
    message: `Events that arrive late are missed without \`${INSERTED}\``,
    fixes: unsafeFix(written === undefined ? `Insert ${INSERTED}` : `Write ${FIELD}`, edit),
  };
}
