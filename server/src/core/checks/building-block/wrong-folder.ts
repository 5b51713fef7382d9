import { type RuleDocument } from "../../rule/model.ts";
import { insertKey } from "../../toml/insertion.ts";
import { removeEntry } from "../../toml/removal.ts";
import { BUILDING_BLOCK_FOLDER, buildingBlockKey } from "../buildingBlock.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { headerSpan } from "../headerSpan.ts";
import { tableLacking } from "../lacks.ts";
import { foldersOf } from "../rulePath.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const wrongFolder: PlaceCheck = {
  id: "building-block/wrong-folder",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["bbr-directory"],
  summary: "A building block rule outside the folder for them, or another rule in it.",
  why: "In Elastic's repository building block rules stand right in `rules_building_block`, and no other rule does. The place of other repositories is their own affair.",
  bad: `[rule]
type = "eql"
building_block_type = "default"
from = "now-119m"
interval = "60m"
`,
  good: `[rule]
type = "eql"
`,
  run(rule, place) {
    const { path, repository } = place;
    if (repository.kind !== "elastic" || path === undefined) return [];
    return unitTested(rule, place, findings(rule, foldersOf(path)));
  },
};

function* findings(rule: RuleDocument, folders: readonly string[]): Generator<Finding> {
  const { rule: table, toml } = rule;
  const block = buildingBlockKey(rule);
  if (table === undefined || table.form === "implied") return;
  const isInFolder = folders.includes(BUILDING_BLOCK_FOLDER);
  if (isInFolder && tableLacking(rule, "rule", "building_block_type") !== undefined) {
    const key = { name: "building_block_type", value: '"default"' };
    yield {
      span: headerSpan(table),
      message: `A rule in ${BUILDING_BLOCK_FOLDER} needs \`building_block_type\``,
      fixes: unsafeFix(`Insert ${key.name} = ${key.value}`, insertKey(toml, table, key)),
    };
  }
  if (block === undefined || folders.at(-1) === BUILDING_BLOCK_FOLDER) return;
  yield {
    span: block.value.span,
    message: `A building block rule stands right in ${BUILDING_BLOCK_FOLDER}, not in ${folders.at(-1) ?? "the top folder"}`,
    fixes: isInFolder ? [] : unsafeFix("Remove building_block_type", removeEntry(toml, table, block)),
  };
}
