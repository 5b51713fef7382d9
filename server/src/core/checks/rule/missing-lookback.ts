import { type RuleDocument } from "../../rule/model.ts";
import { insertKey } from "../../toml/insertion.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { textsIn } from "../fieldKeys.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const missingLookback: PlaceCheck = {
  id: "rule/missing-lookback",
  on: "place",
  severity: "error",
  customSeverity: "info",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-lookback-endpoint"],
  summary: "A rule on events of Elastic Defend without `from`.",
  why: "Events of endpoints arrive late, and Kibana's own `now-6m` misses them. Elastic's CI wants a `from` in every rule that reads `logs-endpoint.events.*`; most have `now-9m`.",
  bad: `[rule]
type = "eql"
index = ["logs-endpoint.events.*"]
`,
  good: `[rule]
type = "eql"
from = "now-9m"
index = ["logs-endpoint.events.*"]
`,
  run: (rule, place) => (place.repository.kind === "loose" ? [] : unitTested(rule, place, findings(rule))),
};

const INDEX = "logs-endpoint.events.*";

function* findings({ rule, toml, type }: RuleDocument): Generator<Finding> {
  if (rule === undefined || rule.byName.has("from") || type === "machine_learning") return;
  // Building blocks need a `from` whatever they read.
  if (rule.byName.has("building_block_type")) return;
  const index = textsIn(rule, "index").find(({ value }) => value === INDEX);
  if (index === undefined) return;
  const edit = insertKey(toml, rule, { name: "from", value: '"now-9m"' });
  yield {
    span: index.span,
    message: `Rules on \`${INDEX}\` need a \`from\`, as its events arrive late`,
    fixes: unsafeFix('Insert from = "now-9m"', edit),
  };
}
