import { type RuleDocument } from "../../rule/model.ts";
import { namedThreats } from "../../rule/threats.ts";
import { removeItem } from "../../toml/removal.ts";
import { type TomlString } from "../../toml/model.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { prefixOf, replaceTag, type RuleTags, tagTested } from "../ruleTags.ts";

export const unmappedTactic: PlaceCheck = {
  id: "tags/unmapped-tactic",
  on: "place",
  severity: "warning",
  customSeverity: "info",
  since: "0.1.0",
  when: "keystroke",
  summary: "A tag of a tactic that no entry of `threat` has.",
  why: "Kibana counts coverage of ATT&CK by `threat`, and people filter by tags: a tactic that only one of them names is missing from the other. Elastic's CI was meant to refuse such tags, and compares the wrong texts.",
  bad: `[rule]
type = "query"
tags = ["Tactic: Persistence", "Tactic: Execution"]

[[rule.threat]]
framework = "MITRE ATT&CK"

[rule.threat.tactic]
id = "TA0002"
name = "Execution"
reference = "https://attack.mitre.org/tactics/TA0002/"
`,
  good: `[rule]
type = "query"
tags = ["Tactic: Execution"]

[[rule.threat]]
framework = "MITRE ATT&CK"

[rule.threat.tactic]
id = "TA0002"
name = "Execution"
reference = "https://attack.mitre.org/tactics/TA0002/"
`,
  run: (rule, place) => tagTested(rule, place, (tags) => findings(rule, place, tags)),
};

function* findings(rule: RuleDocument, { attack }: RulePlace, tags: RuleTags): Generator<Finding> {
  const mapped = new Set<string>();
  for (const { role, ref } of namedThreats(rule)) {
    if (role === "tactic" && ref.name !== undefined) mapped.add(ref.name.value);
  }
  // Without an entry that can be read, and with one that is misspelt, nothing can be told.
  if (mapped.size === 0 || attack === undefined) return;
  if (
    rule.threats.some(
      ({ tactic }) => tactic?.name === undefined || !isTactic(rule, attack, tactic.name.value),
    )
  )
    return;
  const first = rule.threats[0]?.tactic?.name?.value ?? "";
  const hasFirst = tags.items.some(({ value }) => value === `Tactic: ${first}`);
  for (const item of tags.items) {
    const name = tacticIn(item);
    if (name === undefined || mapped.has(name) || attack.tacticNamed(name) === undefined) continue;
    // Where the first tactic has no tag, this one stands in its place, and that has a finding of its own.
    if (!hasFirst && rule.type !== "machine_learning") continue;
    yield {
      span: item.span,
      message: `No entry of \`threat\` has the tactic ${name}`,
      fixes: fixes(rule, tags, item),
    };
  }
}

function isTactic(
  { threats }: RuleDocument,
  attack: NonNullable<RulePlace["attack"]>,
  name: string,
): boolean {
  const entry = threats.find(({ tactic }) => tactic?.name?.value === name);
  return entry?.framework?.value === "MITRE ATLAS" || attack.tacticNamed(name) !== undefined;
}

function tacticIn({ value }: TomlString): string | undefined {
  return prefixOf(value) === "Tactic:" ? value.slice("Tactic:".length).trim() : undefined;
}

/** Another tactic of the rule that has no tag yet, or none. */
function fixes(
  { toml, threats }: RuleDocument,
  { list, items }: RuleTags,
  item: TomlString,
): Finding["fixes"] {
  const untagged = threats
    .flatMap(({ tactic }) => tactic?.name?.value ?? [])
    .filter((name) => !items.some(({ value }) => value === `Tactic: ${name}`));
  const removal = removeItem(toml, list, list.items.indexOf(item));
  const removed: Finding["fixes"] =
    removal === undefined ? [] : [{ title: `Remove ${item.value}`, safety: "unsafe", edits: [removal] }];
  return [...[...new Set(untagged)].flatMap((name) => replaceTag(item, `Tactic: ${name}`)), ...removed];
}
