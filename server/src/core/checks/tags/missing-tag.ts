import { OS_TAGS, tagSpeltLike, tagsForIndex } from "../../knowledge/ruleTags.ts";
import { textIn } from "../../rule/read.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { threatScopes } from "../../rule/threats.ts";
import { type Span } from "../../text/span.ts";
import { type TomlString } from "../../toml/model.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { textsIn } from "../fieldKeys.ts";
import { likelyType } from "../missingValues.ts";
import { folderOf } from "../rulePath.ts";
import { addTags, hasTag, prefixOf, replaceTag, type RuleTags, tagTested } from "../ruleTags.ts";

export const missingRuleTag: PlaceCheck = {
  id: "tags/missing-tag",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: [
    "tag-required-by-index",
    "tag-primary-tactic",
    "tag-os-dir",
    "tag-ml",
    "tag-investigation-guide",
    "tag-llm",
  ],
  summary: "A tag that the rest of the rule asks for.",
  why: "Elastic's CI wants tags for some index patterns, for the first tactic, for the operating system that the folder is named after, for machine learning, for an investigation guide and for `COMPLETION` in ES|QL. Rules of your own may have any tags.",
  bad: `[rule]
type = "query"
index = ["logs-okta*"]
tags = ["Use Case: Threat Detection"]
`,
  good: `[rule]
type = "query"
index = ["logs-okta*"]
tags = ["Use Case: Threat Detection", "Data Source: Okta"]
`,
  run: (rule, place) =>
    place.repository.kind === "loose" ? [] : tagTested(rule, place, (tags) => findings(rule, place, tags)),
};

/** Tags that one thing asks for. */
interface Demand {
  readonly tags: readonly string[];
  /** Goes on after "is missing:". */
  readonly reason: string;
  /** What asks for them. */
  readonly from: Span | undefined;
}

function* findings(rule: RuleDocument, place: RulePlace, tags: RuleTags): Generator<Finding> {
  const told = new Set<string>();
  const demands: Demand[] = [];
  for (const demand of demandsOf(rule, place, tags)) {
    // A tag that is written in other letters has a finding of its own.
    const missing = demand.tags.filter((tag) => !hasTag(tags, tag) && !told.has(tag));
    for (const tag of missing) told.add(tag);
    if (0 < missing.length) demands.push({ ...demand, tags: missing });
  }
  if (0 < tags.list.items.length) {
    for (const demand of demands) yield finding(rule, tags, demand);
  } else if (0 < demands.length) {
    const reason = demands.map((demand) => demand.reason).join("; ");
    yield finding(rule, tags, { tags: [...told], reason, from: undefined });
  }
}

function* demandsOf(rule: RuleDocument, place: RulePlace, tags: RuleTags): Generator<Demand> {
  if (rule.rule === undefined) return;
  const isJob = (rule.type ?? likelyType(rule)) === "machine_learning";
  if (!isJob) {
    for (const { value, span } of textsIn(rule.rule, "index")) {
      yield { tags: tagsForIndex(value), reason: `needed for the index \`${value}\``, from: span };
    }
  }
  if (!isJob && !hasTag(tags, "Continuous Monitoring")) yield* tacticDemand(rule, place, tags);
  const folder = folderOf(place.path);
  const system = folder === undefined ? undefined : OS_TAGS.get(folder);
  if (system !== undefined)
    yield { tags: [system], reason: `needed in a folder \`${folder ?? ""}\``, from: undefined };
  if (isJob) {
    const type = textIn(rule.rule, "type")?.span;
    const both = ["Rule Type: Machine Learning", "Rule Type: ML"];
    yield { tags: both, reason: "needed for the type `machine_learning`", from: type };
  }
  yield* resourceDemands(rule);
}

/** The first tactic of `threat`, or that of any block of `threat_mappings`. */
function* tacticDemand(rule: RuleDocument, { attack }: RulePlace, tags: RuleTags): Generator<Demand> {
  const first = rule.threats[0]?.tactic?.name;
  if (first === undefined) return;
  // A misspelt tactic has a finding of its own.
  if (
    rule.threats[0]?.framework?.value === "MITRE ATT&CK" &&
    attack !== undefined &&
    attack.tacticNamed(first.value) === undefined
  )
    return;
  const mapped = threatScopes(rule).flatMap(({ entries }) => entries[0]?.tactic?.name?.value ?? []);
  if (mapped.some((name) => hasTag(tags, `Tactic: ${name}`))) return;
  yield { tags: [`Tactic: ${first.value}`], reason: "needed for the first tactic", from: first.span };
}

function* resourceDemands({ rule, queries }: RuleDocument): Generator<Demand> {
  const note = rule && textIn(rule, "note");
  const at = note?.value.indexOf("Investigating") ?? -1;
  if (note !== undefined && 0 <= at) {
    const from = note.host.map.toHostSpan({ start: at, end: at + "Investigating".length });
    yield { tags: ["Resources: Investigation Guide"], reason: "needed for the guide in `note`", from };
  }
  for (const { text, host } of queries) {
    const match = /\|\s*COMPLETION\b/i.exec(text);
    if (match === null) continue;
    const from = host.map.toHostSpan({ start: match.index, end: match.index + match[0].length });
    yield { tags: ["Resources: LLM"], reason: "needed for a query that asks a language model", from };
  }
}

function finding(
  { toml, threats }: RuleDocument,
  tags: RuleTags,
  { tags: missing, reason, from }: Demand,
): Finding {
  const [tag = ""] = missing;
  const standIn =
    missing.length === 1
      ? standInFor(
          tag,
          tags,
          threats.flatMap(({ tactic }) => tactic?.name?.value ?? []),
        )
      : undefined;
  const names = missing.map((one) => `\`${one}\``).join(", ");
  return {
    span: standIn?.span ?? (tags.list.items.length === 0 ? tags.list.span : tags.keySpan),
    message: `${names} ${missing.length === 1 ? "is" : "are"} missing from \`tags\`: ${reason}`,
    fixes: [...(standIn === undefined ? [] : replaceTag(standIn, tag)), ...addTags(toml, tags, missing)],
    related: from === undefined ? [] : [{ span: from, message: "What asks for it" }],
  };
}

/** A tag that probably stands in the place of the one that is missing: of the same prefix, and not known or not true. */
function standInFor(wanted: string, { items }: RuleTags, tactics: readonly string[]): TomlString | undefined {
  const prefix = prefixOf(wanted) ?? "";
  const candidates = items.filter(({ value }) => {
    if (!value.toLowerCase().startsWith(prefix.toLowerCase())) return false;
    if (prefix === "Tactic:") return !tactics.includes(value.slice(prefix.length).trim());
    return tagSpeltLike(value) === undefined;
  });
  if (CLOSED.has(prefix)) return candidates[0];
  const words = new Set(wordsOf(wanted));
  return candidates.find(({ value }) => wordsOf(value).some((word) => words.has(word)));
}

/** Prefixes after which there are few names, all of them known. */
const CLOSED: ReadonlySet<string> = new Set(["OS:", "Resources:", "Rule Type:", "Tactic:"]);

function wordsOf(tag: string): readonly string[] {
  return tag
    .slice(prefixOf(tag)?.length ?? 0)
    .toLowerCase()
    .split(/\W+/)
    .filter((word) => word !== "");
}
