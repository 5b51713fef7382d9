import { type RuleDocument } from "../../rule/model.ts";
import { appendItem } from "../../toml/insertion.ts";
import { BUILDING_BLOCK_FOLDER, buildingBlockKey } from "../buildingBlock.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { textsIn } from "../fieldKeys.ts";
import { foldersOf } from "../rulePath.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const missingTag: PlaceCheck = {
  id: "building-block/missing-tag",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["bbr-tag"],
  summary: "A building block rule without its tag.",
  why: "Alerts of building blocks are hidden from the default view: the tag `Rule Type: BBR` tells such rules from the others in a list. Elastic's CI asks for it at every maturity.",
  bad: `[rule]
type = "eql"
building_block_type = "default"
from = "now-119m"
interval = "60m"
tags = ["Use Case: Threat Detection"]
`,
  good: `[rule]
type = "eql"
building_block_type = "default"
from = "now-119m"
interval = "60m"
tags = ["Use Case: Threat Detection", "Rule Type: BBR"]
`,
  run: (rule, place) => (isJudged(rule, place) ? findings(rule) : []),
};

const TAG = "Rule Type: BBR";

/** In Elastic's repository, a rule outside the folder of building blocks is no building block yet. */
function isJudged(rule: RuleDocument, { path, repository }: RulePlace): boolean {
  if (repository.kind === "loose" || repository.bypasses.has("tags")) return false;
  const isInFolder = path !== undefined && foldersOf(path).includes(BUILDING_BLOCK_FOLDER);
  return buildingBlockKey(rule) !== undefined && (repository.kind === "custom-rules" || isInFolder);
}

function* findings({ rule, toml }: RuleDocument): Generator<Finding> {
  const tags = rule?.byName.get("tags");
  // A rule without tags has a finding of its own.
  if (rule === undefined || tags?.value.kind !== "array") return;
  if (textsIn(rule, "tags").some(({ value }) => value === TAG)) return;
  const edits = appendItem(toml, tags.value, JSON.stringify(TAG));
  yield {
    span: tags.key.span,
    message: `A building block rule needs the tag \`${TAG}\``,
    fixes: unsafeFix(`Add ${TAG}`, ...edits),
  };
}
