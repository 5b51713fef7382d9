/** What `metadata.integration` says of a rule, and what its indices and datasets say, as Elastic's CI compares the two. */
import { MACHINE_LEARNING, WITHOUT_DATASET } from "../knowledge/packageUses.ts";
import { type FieldScope } from "../knowledge/scope.ts";
import { textIn } from "../rule/read.ts";
import { type RuleDocument } from "../rule/model.ts";
import { type Span } from "../text/span.ts";
import { type TomlString } from "../toml/model.ts";
import { type AnalyzedQuery, type RulePlace } from "./check.ts";
import { textsIn } from "./fieldKeys.ts";

/** A package that something in the rule belongs to. */
export interface PackageSign {
  readonly package: string;
  readonly span: Span;
  /** The index or dataset. */
  readonly text: string;
}

export interface IntegrationUse {
  /** Items of `metadata.integration`. */
  readonly named: readonly TomlString[];
  readonly indexes: readonly TomlString[];
  /** Packages whose datasets the query names. */
  readonly datasets: readonly PackageSign[];
  /** Packages that the CI takes the query to read: those of datasets, and named ones that need none. */
  readonly packages: ReadonlySet<string>;
  /** Rules on the results of machine-learning packages, and a few others, read indices of any name. */
  readonly readsAnyIndex: boolean;
}

/** More of them no rule has. */
const MOST = 200;

/** Undefined for rules that the CI does not compare: those in ES|QL or Lucene, and those without `index`. */
export function integrationUse(rule: RuleDocument, { queries }: RulePlace): IntegrationUse | undefined {
  const query = queries.find(({ embedded }) => embedded.role === "query");
  if (rule.rule === undefined || query === undefined || query.parse.errors.length !== 0) return undefined;
  const indexes = textsIn(rule.rule, "index").slice(0, MOST);
  // A single text in the place of the list has a finding of its own.
  if (indexes.length === 0 || rule.rule.byName.get("index")?.value.kind !== "array") return undefined;
  const named = rule.metadata === undefined ? [] : textsIn(rule.metadata, "integration").slice(0, MOST);
  const datasets = datasetSigns(
    query,
    named.map(({ value }) => value),
  );
  const withDataset = new Set(datasets.map((sign) => sign.package));
  const whole = named.filter(
    ({ value }) => MACHINE_LEARNING.has(value) || (WITHOUT_DATASET.has(value) && !withDataset.has(value)),
  );
  const id = textIn(rule.rule, "rule_id")?.value;
  return {
    named,
    indexes,
    datasets,
    packages: new Set([...withDataset, ...whole.map(({ value }) => value)]),
    readsAnyIndex:
      rule.type === "threat_match" ||
      (id !== undefined && EXEMPT_RULES.has(id)) ||
      named.some(({ value }) => MACHINE_LEARNING.has(value)),
  };
}

/** Values that `event.dataset` and `data_stream.dataset` are compared with, negated or not. */
function datasetSigns(query: AnalyzedQuery, named: readonly string[]): readonly PackageSign[] {
  const isPackage = packageTest(query.scope(), named);
  return query.facts.equalities.flatMap(({ field, value, span }) => {
    const name = value.split(".")[0] ?? "";
    if ((field !== "event.dataset" && field !== "data_stream.dataset") || !isPackage(name)) return [];
    return [{ package: name, span: query.embedded.host.map.toHostSpan(span), text: value }];
  });
}

/** Datasets of Beats modules have no package. Without a list of packages, one that is named or whose fields we know will do. */
function packageTest(scope: FieldScope | undefined, named: readonly string[]): (name: string) => boolean {
  const packages = scope?.schemas?.packages;
  if (packages !== undefined) return (name) => packages.has(name);
  return (name) =>
    named.includes(name) || WITHOUT_DATASET.has(name) || scope?.vendorFields?.hasRoot(name) === true;
}

/** The package that an index belongs to: the first word after its first hyphen. Undefined for general ones. */
export function packageOfIndex(index: string): string | undefined {
  if (GENERAL.has(index)) return undefined;
  if (index === "apm-*-transaction*") return "apm";
  const hyphen = index.indexOf("-");
  const [first, second] = [
    hyphen < 0 ? index : index.slice(0, hyphen),
    hyphen < 0 ? "" : index.slice(hyphen + 1),
  ];
  return /[\p{L}\p{N}_]+/u.exec(second === "" ? first : second)?.[0];
}

/** True of `logs-okta.system-*` for `okta`. The CI does not look at the last letter of the name. */
export function isReadByIndex(name: string, { indexes }: IntegrationUse): boolean {
  const joined = indexes.map(({ value }) => value).join("|");
  if (joined.includes(`logs-${name.slice(0, -1)}`)) return true;
  if (name === "windows") return joined.includes("winlog");
  return name === "apm" && /apm-*-transaction*|traces-apm/.test(joined);
}

/**
 * The package that stands in the place of another one: the rule names a single one that it does not read, and reads a
 * single one, by its indices, that it does not name.
 */
export function exchangedPackage(
  use: IntegrationUse,
): { readonly named: TomlString; readonly meant: string } | undefined {
  const names = use.named.map(({ value }) => value);
  if (use.readsAnyIndex) return undefined;
  const [named, ...others] = use.named.filter(
    ({ value }) => !isReadByIndex(value, use) && !use.packages.has(value),
  );
  const read = use.indexes.flatMap(({ value }) => packageOfIndex(value) ?? []);
  const missing = [...new Set([...read, ...use.datasets.map((sign) => sign.package)])].filter(
    (name) => !names.includes(name),
  );
  const [meant] = missing;
  if (named === undefined || meant === undefined || 0 < others.length || 1 < missing.length) return undefined;
  return { named, meant };
}

/** An index that is named after a package without datasets, or after a Beat for Windows. */
export function isOfPackageWithoutDataset(index: string): boolean {
  const lowered = index.toLowerCase();
  return lowered.includes("winlog") || [...WITHOUT_DATASET].some((name) => lowered.includes(name));
}

const GENERAL: ReadonlySet<string> = new Set([
  ".alerts-security.*",
  "auditbeat-*",
  "endgame-*",
  "filebeat-*",
  "logs-*",
  "metrics-*",
  "packetbeat-*",
  "traces-*",
  "winlogbeat-*",
]);

/** Rules that Elastic's CI exempts by their id: on external alerts, on indicators, and the one for beginners. */
const EXEMPT_RULES: ReadonlySet<string> = new Set([
  "0c41e478-5263-4c69-8f9e-7dfd2c22da64",
  "0c9a14d9-d65d-486f-9b5b-91e4e6b22bd0",
  "699e9fdb-b77c-4c01-995c-1c15019b9c43",
  "a198fbbd-9413-45ec-a269-47ae4ccf59ce",
  "a61809f3-fb5b-465c-8bff-23a8a068ac60",
  "aab184d3-72b3-4639-b242-6597c99d8bca",
  "eb079c62-4481-4d6e-9643-3ca499df7aaa",
  "f3e22c8b-ea47-45d1-b502-b57b6de950b3",
  "fcf18de8-ad7d-4d01-b3f7-a11d5b3883af",
]);
