import { type RuleDocument } from "../../rule/model.ts";
import { insertKey } from "../../toml/insertion.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { headerSpan } from "../headerSpan.ts";
import { tableLacking } from "../lacks.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const missingLicense: PlaceCheck = {
  id: "rule/missing-license",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-license-missing"],
  summary: "A rule without `license` in Elastic's repository.",
  why: "Rules of Elastic's repository name their licence. Without the key Elastic's test stops with `'NoneType' object has no attribute 'lower'`. Rules of your own are free.",
  bad: `[rule]
type = "eql"
`,
  good: `[rule]
type = "eql"
license = "Elastic License v2"
`,
  run: (rule, place) => (place.repository.kind === "elastic" ? unitTested(rule, place, findings(rule)) : []),
};

function* findings(rule: RuleDocument): Generator<Finding> {
  const table = tableLacking(rule, "rule", "license");
  if (table === undefined) return;
  const key = { name: "license", value: '"Elastic License v2"' };
  yield {
    span: headerSpan(table),
    message: "`license` is missing from rule",
    fixes: unsafeFix(`Insert ${key.name} = ${key.value}`, insertKey(rule.toml, table, key)),
  };
}
