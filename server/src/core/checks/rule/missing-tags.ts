import { type RuleDocument } from "../../rule/model.ts";
import { insertKey } from "../../toml/insertion.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { headerSpan } from "../headerSpan.ts";
import { tableLacking } from "../lacks.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const missingTags: PlaceCheck = {
  id: "rule/missing-tags",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-tags-missing"],
  summary: "A rule without `tags`.",
  why: "Tags are how rules are found in Kibana. Elastic's tests of them stop with a raw `TypeError` at a rule that has none, and then say nothing of any other rule.",
  bad: `[rule]
type = "eql"
`,
  good: `[rule]
type = "eql"
tags = ["Use Case: Threat Detection"]
`,
  run: (rule, place) =>
    place.repository.kind === "loose" || place.repository.bypasses.has("tags")
      ? []
      : unitTested(rule, place, findings(rule)),
};

function* findings(rule: RuleDocument): Generator<Finding> {
  const table = tableLacking(rule, "rule", "tags");
  if (table === undefined) return;
  const tactic = rule.threats[0]?.tactic?.name?.value;
  const tags = ["Use Case: Threat Detection", ...(tactic === undefined ? [] : [`Tactic: ${tactic}`])];
  const value = `[${tags.map((tag) => JSON.stringify(tag)).join(", ")}]`;
  const edit = insertKey(rule.toml, table, { name: "tags", value });
  yield {
    span: headerSpan(table),
    message: "`tags` is missing from rule",
    fixes: unsafeFix(`Insert tags = ${value}`, edit),
  };
}
