import { closestWord } from "../../base/closest.ts";
import { listed } from "../../base/listed.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type Edit } from "../../text/edit.ts";
import { type Span } from "../../text/span.ts";
import { appendItem, insertKey } from "../../toml/insertion.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { removeItem } from "../../toml/removal.ts";
import { headerSpan } from "../headerSpan.ts";
import {
  exchangedPackage,
  type IntegrationUse,
  integrationUse,
  isOfPackageWithoutDataset,
  isReadByIndex,
  type PackageSign,
  packageOfIndex,
} from "../integrationUse.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const missingIntegration: PlaceCheck = {
  id: "rule/missing-integration",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["int-missing-for-index", "int-tag-required", "int-tags-vs-datasets"],
  summary: "A package that the rule reads and `metadata.integration` does not name.",
  why: "Elastic's tools write the packages in `metadata.integration` into the rule as `related_integrations`, so that its users learn what to install. The CI compares them with the indices, by the first word after the first hyphen, and with the datasets in the query.",
  bad: `[metadata]
integration = ["okta"]

[rule]
type = "query"
index = ["logs-okta*", "logs-acme.firewall-*"]
language = "kuery"
query = "source.ip:10.0.0.1"
`,
  good: `[metadata]
integration = ["okta", "acme"]

[rule]
type = "query"
index = ["logs-okta*", "logs-acme.firewall-*"]
language = "kuery"
query = "source.ip:10.0.0.1"
`,
  run: (rule, place) =>
    place.repository.kind === "loose" ? [] : unitTested(rule, place, findings(rule, place)),
};

function* findings(rule: RuleDocument, place: RulePlace): Generator<Finding> {
  const use = integrationUse(rule, place);
  const { metadata } = rule;
  if (use === undefined || metadata === undefined || metadata.form === "implied") return;
  const names = use.named.map(({ value }) => value);
  const missing = new Map<string, PackageSign[]>();
  for (const sign of signs(use)) {
    // A misspelt name has a finding of its own.
    if (names.includes(sign.package) || closestWord(sign.package, names) !== undefined) continue;
    const same = missing.get(sign.package);
    if (same === undefined) missing.set(sign.package, [sign]);
    else same.push(sign);
  }
  if (missing.size === 0) return;
  // Another package that stands in its place has a finding of its own.
  const exchanged = exchangedPackage(use)?.named.value;
  if (exchanged !== undefined && isToldOf(exchanged, place)) return;
  const integration = metadata.byName.get("integration")?.value;
  // Something else than names has a finding of its own.
  if (integration !== undefined && integration.kind !== "string" && integration.kind !== "array") return;
  if (integration?.kind === "array" && use.named.length < integration.items.length) return;
  if (integration?.kind === "array" && integration.items.length === 0) {
    yield asEmptyList(integration.span, [...missing.values()].flat());
    return;
  }
  if (integration === undefined) {
    // A misspelt key has a finding of its own.
    if (closestWord("integration", metadata.byName.keys()) !== undefined) return;
    yield withoutKey(rule, [...missing.values()].flat());
    return;
  }
  for (const [name, [first]] of missing) {
    if (first === undefined) continue;
    yield {
      span: first.span,
      message: `\`${first.text}\` belongs to ${name}, which \`metadata.integration\` does not name`,
      fixes: fixesFor(rule, use, first),
      related: use.named.map(({ span, value }) => ({ span, message: `It names ${value}` })),
    };
  }
}

/** True of a package, and where names of others have findings of their own. */
function isToldOf(name: string, { queries }: RulePlace): boolean {
  const scope = queries[0]?.scope();
  const packages = scope?.schemas?.packages;
  return packages === undefined || packages.has(name) || scope?.subject.isValidated === true;
}

function* signs(use: IntegrationUse): Generator<PackageSign> {
  if (!use.readsAnyIndex) {
    for (const { value, span } of use.indexes) {
      const name = packageOfIndex(value);
      if (name !== undefined) yield { package: name, span, text: value };
    }
  }
  if (0 < use.packages.size) yield* use.datasets;
  if (use.readsAnyIndex || 0 < use.named.length) return;
  for (const { value, span } of use.indexes) {
    // The CI wants some package for these, whichever; events of Windows are what such an index holds.
    if (isOfPackageWithoutDataset(value) && packageOfIndex(value) === undefined)
      yield { package: "windows", span, text: value };
  }
}

function asEmptyList(span: Span, found: readonly PackageSign[]): Finding {
  const names = [...new Set(found.map((sign) => sign.package))].sort();
  const value = `[${names.map((name) => JSON.stringify(name)).join(", ")}]`;
  return {
    span,
    message: `\`integration\` names no package: the rule reads ${listed(names, "and")}`,
    fixes: unsafeFix(`Write ${value}`, { span, text: value }),
    related: found.map((sign) => ({ span: sign.span, message: `\`${sign.text}\`` })),
  };
}

function withoutKey({ metadata, toml }: RuleDocument, found: readonly PackageSign[]): Finding {
  const names = [...new Set(found.map((sign) => sign.package))].sort();
  const value = `[${names.map((name) => JSON.stringify(name)).join(", ")}]`;
  const edit = metadata && insertKey(toml, metadata, { name: "integration", value });
  return {
    span: metadata === undefined ? { start: 0, end: 0 } : headerSpan(metadata),
    message: `\`integration\` is missing from metadata: the rule reads ${listed(names, "and")}`,
    fixes: unsafeFix(`Insert integration = ${value}`, edit),
    related: found.map(({ span, text }) => ({ span, message: `\`${text}\`` })),
  };
}

function fixesFor(
  rule: RuleDocument,
  use: IntegrationUse,
  { package: name, span, text }: PackageSign,
): Finding["fixes"] {
  const list = rule.rule?.byName.get("index")?.value;
  const index = use.indexes.find((item) => item.span === span);
  if (index !== undefined && 0 < use.packages.size && !use.packages.has(name)) {
    // The query asks for datasets of other packages: the index is one too many.
    const edit = list?.kind === "array" ? removeItem(rule.toml, list, list.items.indexOf(index)) : undefined;
    return unsafeFix(`Remove ${text}`, edit);
  }
  const edits = added(rule, name);
  if (index !== undefined || isReadByIndex(name, use) || list?.kind !== "array")
    return unsafeFix(`Add ${name} to integration`, ...edits);
  const pattern = `logs-${text}-*`;
  const read = appendItem(rule.toml, list, JSON.stringify(pattern));
  return unsafeFix(`Add ${name} to integration, and ${pattern} to index`, ...edits, ...read);
}

/** A single name may stand without brackets. */
function added({ metadata, toml }: RuleDocument, name: string): readonly (Edit | undefined)[] {
  const value = metadata?.byName.get("integration")?.value;
  if (value?.kind === "array") {
    const edits = appendItem(toml, value, JSON.stringify(name));
    return edits.length === 0 ? [undefined] : edits;
  }
  if (value?.kind !== "string" || !value.isClosed) return [undefined];
  const both = [value.value, name].map((one) => JSON.stringify(one)).join(", ");
  return [{ span: value.span, text: `[${both}]` }];
}
