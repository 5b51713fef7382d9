/** Tags that a rule may get: those that it implies first, then those of the workspace, then the usual ones. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { namesAfter, OS_TAGS, TAG_PREFIXES, tagsForIndex } from "../knowledge/ruleTags.ts";
import { type RuleDocument } from "../rule/model.ts";
import { textIn } from "../rule/read.ts";
import { ATLAS_FRAMEWORK } from "../rule/threats.ts";
import { type Edit } from "../text/edit.ts";
import { spanOf } from "../text/span.ts";
import { type CompletionSources } from "./completion.ts";

export interface TagChoice {
  readonly tag: string;
  readonly detail: string;
}

export function tagChoices(snapshot: Snapshot, sources: CompletionSources): readonly TagChoice[] {
  const { attack } = snapshot.knowledge;
  const found = new Map<string, string>();
  const add = (tags: Iterable<string>, detail: string): void => {
    for (const tag of tags) if (!found.has(tag)) found.set(tag, detail);
  };
  add(impliedTags(snapshot), "of this rule");
  add(sources.workspaceTags ?? [], "of other rules");
  add(USUAL, "");
  add(attack?.tactics.map(({ name }) => tacticTag(name)) ?? [], "");
  for (const prefix of TAG_PREFIXES)
    add(
      namesAfter(prefix).map((name) => `${prefix} ${name}`),
      "",
    );
  return [...found].map(([tag, detail]) => ({ tag, detail }));
}

function tacticTag(name: string): string {
  return `Tactic: ${name}`;
}

/** By its threats, indices, queries, type and texts. */
function impliedTags(snapshot: Snapshot): readonly string[] {
  const rule = snapshot.rule();
  const equalities = snapshot.queries().flatMap(({ facts }) => facts.equalities);
  const systems = equalities.filter(({ field }) => field === "host.os.type").map(({ value }) => value);
  const indices = textsOf(rule, "index");
  const integration = rule.metadata && textIn(rule.metadata, "integration")?.value;
  return [
    ...threatTags(rule),
    ...systems.flatMap((name) => OS_TAGS.get(name) ?? []),
    ...indices.flatMap(tagsForIndex),
    ...(integration === "endpoint" ? ["Data Source: Elastic Defend"] : []),
    ...(rule.rule?.byName.has("building_block_type") === true ? ["Rule Type: BBR"] : []),
    ...(rule.rule?.byName.has("note") === true ? ["Resources: Investigation Guide"] : []),
  ];
}

function threatTags({ threats }: RuleDocument): readonly string[] {
  return threats.flatMap(({ framework, tactic, techniques }) => {
    if (framework?.value === ATLAS_FRAMEWORK)
      return techniques.flatMap(({ id }) => (id === undefined ? [] : [atlasTag(id.value)]));
    return tactic?.name === undefined ? [] : [tacticTag(tactic.name.value)];
  });
}

/** `AML.T0051` is tagged `Mitre Atlas: T0051`. */
function atlasTag(id: string): string {
  return `Mitre Atlas: ${id.replace(/^AML\./, "")}`;
}

function textsOf({ rule }: RuleDocument, name: string): readonly string[] {
  const value = rule?.byName.get(name)?.value;
  if (value?.kind !== "array") return [];
  return value.items.flatMap((item) => (item.kind === "string" ? [item.value] : []));
}

const USUAL = [
  "OS: Windows",
  "OS: Linux",
  "OS: macOS",
  "Domain: Endpoint",
  "Domain: Cloud",
  "Domain: Network",
  "Domain: Identity",
  "Use Case: Threat Detection",
  "Rule Type: BBR",
  "Resources: Investigation Guide",
];

/** The tag that belongs to a threat; undefined where the rule has it, or has no list of tags that could take it. */
export function tagEdit(rule: RuleDocument, threat: ThreatTagOf): Edit | undefined {
  const value = rule.rule?.byName.get("tags")?.value;
  if (value?.kind !== "array" || value.form !== "inline") return undefined;
  const tag = threat.kind === "tactic" ? tacticTag(threat.name) : atlasTag(threat.id);
  const last = value.items.at(-1);
  const isThere = value.items.some((item) => item.kind === "string" && item.value === tag);
  if (isThere || last?.kind !== "string" || !last.isClosed) return undefined;
  const line = lineOf(rule.toml.text, last.span.start);
  const separator = /^\s*$/.test(line) ? `,${lineEndOf(rule.toml.text)}${line}` : ", ";
  return { span: spanOf(last.span.end, last.span.end), text: `${separator}"${tag}"` };
}

export type ThreatTagOf =
  | { readonly kind: "tactic"; readonly name: string }
  | { readonly kind: "atlas-technique"; readonly id: string };

/** What stands on the line before an offset. */
function lineOf(text: string, offset: number): string {
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
}

function lineEndOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
