import { type RuleDocument } from "../../rule/model.ts";
import { type RuleType } from "../../rule/keyTypes.ts";
import { textsIn } from "../fieldKeys.ts";
import { insertKey } from "../../toml/insertion.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { headerSpan } from "../headerSpan.ts";
import { tableLacking } from "../lacks.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const missingIndex: PlaceCheck = {
  id: "rule/missing-index",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-index-or-dataview"],
  summary: "A rule that names neither index patterns nor a data view.",
  why: "Kibana then searches whatever its advanced settings list, which differs from space to space. Elastic's CI wants `index` or `data_view_id` in every rule but those of ES|QL, machine learning and indicator match.",
  bad: `[rule]
type = "eql"
`,
  good: `[rule]
type = "eql"
index = ["logs-endpoint.events.*"]
`,
  run: (rule, place) => (place.repository.kind === "loose" ? [] : unitTested(rule, place, findings(rule))),
};

const FREE: ReadonlySet<RuleType> = new Set(["esql", "machine_learning", "threat_match"] as const);

function* findings(rule: RuleDocument): Generator<Finding> {
  const { metadata, type } = rule;
  const table = tableLacking(rule, "rule", "index") && tableLacking(rule, "rule", "data_view_id");
  if (table === undefined || type === undefined || FREE.has(type)) return;
  const packages = metadata === undefined ? [] : textsIn(metadata, "integration").map(({ value }) => value);
  const value = `[${packages.map((name) => JSON.stringify(`logs-${name}*`)).join(", ")}]`;
  const edit = packages.length === 0 ? undefined : insertKey(rule.toml, table, { name: "index", value });
  yield {
    span: headerSpan(table),
    message: "`index` or `data_view_id` is missing from rule",
    fixes: unsafeFix(`Insert index = ${value}`, edit),
  };
}
