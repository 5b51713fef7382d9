import { type RuleDocument } from "../../rule/model.ts";
import { type Edit } from "../../text/edit.ts";
import { replaceText } from "../../toml/edits.ts";
import { appendItem } from "../../toml/insertion.ts";
import { removeItem } from "../../toml/removal.ts";
import { type TomlString } from "../../toml/model.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { exchangedPackage, type IntegrationUse, integrationUse, isReadByIndex } from "../integrationUse.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const unreadIntegration: PlaceCheck = {
  id: "rule/unread-integration",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["int-index-missing", "int-tags-vs-datasets"],
  summary: "A package in `metadata.integration` that the rule does not read.",
  why: "Users of the rule are told to install the packages in `metadata.integration`. Elastic's CI wants an index `logs-` followed by the package's name for each of them, and, where the query names datasets, that they are the packages of these.",
  bad: `[metadata]
integration = ["okta", "acme"]

[rule]
type = "query"
index = ["logs-okta*"]
language = "kuery"
query = "source.ip:10.0.0.1"
`,
  good: `[metadata]
integration = ["okta"]

[rule]
type = "query"
index = ["logs-okta*"]
language = "kuery"
query = "source.ip:10.0.0.1"
`,
  run: (rule, place) => unitTested(rule, place, findings(rule, place)),
};

function* findings(rule: RuleDocument, place: RulePlace): Generator<Finding> {
  const use = integrationUse(rule, place);
  if (use === undefined) return;
  const packages = place.queries[0]?.scope()?.schemas?.packages;
  const isAlertsOnly = use.indexes.every(({ value }) => value === ".alerts-security.*");
  for (const item of use.named) {
    const name = item.value;
    // What is no package has a finding of its own.
    if (packages !== undefined && !packages.has(name)) continue;
    if (!isAlertsOnly && !use.readsAnyIndex && !isReadByIndex(name, use)) yield withoutIndex(rule, use, item);
    else if (isWithoutDataset(name, use)) yield withoutDataset(rule, use, item);
  }
}

/** A dataset whose package is not named stands in the place of this one, and has a finding of its own. */
function isWithoutDataset(name: string, { packages, datasets, named }: IntegrationUse): boolean {
  if (packages.size === 0 || packages.has(name)) return false;
  return datasets.every((sign) => named.some(({ value }) => value === sign.package));
}

function withoutIndex(rule: RuleDocument, use: IntegrationUse, item: TomlString): Finding {
  const name = item.value;
  const own = [...new Set(use.datasets.filter((sign) => sign.package === name).map(({ text }) => text))];
  const patterns = own.length === 0 ? [`logs-${name}.*`] : own.map((dataset) => `logs-${dataset}-*`);
  const list = rule.rule?.byName.get("index")?.value;
  const values = patterns.map((pattern) => JSON.stringify(pattern)).join(", ");
  const edits: readonly (Edit | undefined)[] =
    list?.kind === "array" ? appendItem(rule.toml, list, values) : [undefined];
  // Where the query asks for the package's datasets, it is the indices that are wrong.
  const [index] = use.indexes;
  const place =
    use.packages.has(name) && index !== undefined ? (use.indexes.length === 1 ? index : list) : item;
  const exchanged = exchangedPackage(use);
  const replacement =
    exchanged?.named === item
      ? unsafeFix(`Replace by ${exchanged.meant}`, replaceText(item, exchanged.meant))
      : undefined;
  return {
    span: (place ?? item).span,
    message: `No index begins with \`logs-${name}\`, though \`metadata.integration\` names ${name}`,
    fixes: replacement ?? [...unsafeFix(`Read ${patterns.join(", ")}`, ...edits), ...removal(rule, item)],
    related: place === item ? [] : [{ span: item.span, message: "The integration" }],
  };
}

function withoutDataset(rule: RuleDocument, { datasets }: IntegrationUse, item: TomlString): Finding {
  return {
    span: item.span,
    message: `The query names datasets, and none of ${item.value}`,
    fixes: removal(rule, item),
    related: datasets.map(({ span, text }) => ({ span, message: `It asks for \`${text}\`` })),
  };
}

function removal({ metadata, toml }: RuleDocument, item: TomlString): Finding["fixes"] {
  const list = metadata?.byName.get("integration")?.value;
  const edit = list?.kind === "array" ? removeItem(toml, list, list.items.indexOf(item)) : undefined;
  return unsafeFix(`Remove ${item.value}`, edit);
}
