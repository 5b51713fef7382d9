import { listed } from "../../base/listed.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { removeItem } from "../../toml/removal.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { demandedValues } from "../demandedValues.ts";
import { textsIn } from "../fieldKeys.ts";
import { packageOfIndex } from "../integrationUse.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const unreadIndex: PlaceCheck = {
  id: "rule/unread-index",
  on: "place",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  tag: "unnecessary",
  summary: "An index pattern in which the query can find nothing.",
  why: "The query asks for datasets, and this pattern holds those of another package: its events never match. Elasticsearch reads them all the same. Either the index is one too many, or a dataset is missing from the query.",
  bad: `[rule]
type = "query"
index = ["logs-okta.system-*", "logs-github.audit-*"]
language = "kuery"
query = "data_stream.dataset:okta.system"
`,
  good: `[rule]
type = "query"
index = ["logs-okta.system-*", "logs-github.audit-*"]
language = "kuery"
query = "data_stream.dataset:(okta.system or github.audit)"
`,
  run: (rule, place) => findings(rule, place),
};

const FIELDS: readonly string[] = ["event.dataset", "data_stream.dataset"];

function* findings({ metadata, rule, toml }: RuleDocument, { queries }: RulePlace): Generator<Finding> {
  const query = queries.find(({ embedded }) => embedded.role === "query");
  const list = rule?.byName.get("index")?.value;
  if (rule === undefined || query === undefined || list?.kind !== "array") return;
  const datasets = demandedValues(query, FIELDS);
  if (datasets === undefined) return;
  // Where the rule names its packages, what it does not read is told by them.
  if (metadata !== undefined && 0 < textsIn(metadata, "integration").length) return;
  for (const item of textsIn(rule, "index").slice(0, MOST)) {
    const name = /^(?:logs|metrics|traces)-/.test(item.value) ? packageOfIndex(item.value) : undefined;
    if (name === undefined || [...datasets].some((dataset) => mayHold(item.value, name, dataset))) continue;
    yield {
      span: item.span,
      message: `The query asks for ${listed([...datasets].map((one) => `\`${one}\``))}, which \`${item.value}\` does not hold`,
      fixes: unsafeFix(`Remove ${item.value}`, removeItem(toml, list, list.items.indexOf(item))),
    };
  }
}

/** More of them no rule has. */
const MOST = 200;

/** Data streams are named after their dataset: `logs-okta.system-default` holds `okta.system`. */
function mayHold(index: string, name: string, dataset: string): boolean {
  const prefix = index.slice(index.indexOf("-") + 1).split(/[*-]/)[0] ?? "";
  return dataset.startsWith(prefix) || prefix.startsWith(dataset) || dataset.split(".")[0] === name;
}
