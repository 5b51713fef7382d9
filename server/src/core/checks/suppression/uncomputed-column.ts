import { closestWord } from "../../base/closest.ts";
import { tableIn } from "../../rule/read.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { replaceText } from "../../toml/edits.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { textsIn } from "../fieldKeys.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const uncomputedColumn: PlaceCheck = {
  id: "suppression/uncomputed-column",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["suppression-field"],
  summary: "Alerts are grouped by a column that the ES|QL query does not make.",
  why: "Columns named `Esql.…` and `Esql_priv.…` are made by the query. A name in `group_by` that the query gives to nothing is missing from every alert, and suppression then does what `missing_fields_strategy` says. Elastic's CI looks for the place where the column is made.",
  bad: `[rule]
type = "esql"
language = "esql"
query = "from logs-* | stats Esql.user_count = count_distinct(user.id) by host.id | keep Esql.user_count, host.id"
[rule.alert_suppression]
group_by = ["Esql.users_count"]
missing_fields_strategy = "suppress"
`,
  good: `[rule]
type = "esql"
language = "esql"
query = "from logs-* | stats Esql.user_count = count_distinct(user.id) by host.id | keep Esql.user_count, host.id"
[rule.alert_suppression]
group_by = ["Esql.user_count"]
missing_fields_strategy = "suppress"
`,
  run: (rule, place) => unitTested(rule, place, findings(rule)),
};

function* findings({ rule, queries }: RuleDocument): Generator<Finding> {
  const suppression = rule && tableIn(rule, "alert_suppression");
  if (suppression === undefined) return;
  const made = queries.find(({ role, language }) => role === "query" && language === "esql")?.text ?? "";
  for (const host of textsIn(suppression, "group_by")) {
    const { value, span } = host;
    if (!/^Esql(_priv)?\./.test(value) || isMade(made, value)) continue;
    const meant = closestWord(value, madeColumns(made));
    yield {
      span,
      message: `The query makes no column \`${value}\`${meant === undefined ? "" : `, did you mean \`${meant}\`?`}`,
      fixes: meant === undefined ? [] : unsafeFix(`Replace by ${meant}`, replaceText(host, meant)),
    };
  }
}

function madeColumns(query: string): readonly string[] {
  const names = new Set(query.match(/\bEsql(?:_priv)?\.[\w.]*\w/g));
  return [...names].filter((name) => isMade(query, name));
}

/** Where a name stands before `=`, after `AS`, or in a pattern of GROK or DISSECT. */
function isMade(query: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`\\b${escaped}\\s*=(?!=)|\\bAS\\s+${escaped}\\b|[:{]${escaped}\\}`, "i").test(query);
}
