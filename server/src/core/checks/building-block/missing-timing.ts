import { listed } from "../../base/listed.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type Fix } from "../../text/edit.ts";
import { insertKeys } from "../../toml/insertion.ts";
import { type TomlTable } from "../../toml/model.ts";
import { removeEntry } from "../../toml/removal.ts";
import { BUILDING_BLOCK_FOLDER, buildingBlockKey, isTimingWaived, waiveTiming } from "../buildingBlock.ts";
import { type PlaceCheck, type RulePlace } from "../check.ts";
import { headerSpan } from "../headerSpan.ts";
import { tableLacking } from "../lacks.ts";
import { foldersOf } from "../rulePath.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const missingTiming: PlaceCheck = {
  id: "building-block/missing-timing",
  on: "place",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["bbr-timing-missing"],
  summary: "A building block rule without `from` or `interval`.",
  why: "Building blocks raise many alerts, so they run seldom and look back far. Elastic's loader wants both times written, unless `bypass_bbr_timing` in [metadata] or `bypass_bbr_lookback_validation` in `_config.yaml` waives that.",
  bad: `[rule]
type = "eql"
building_block_type = "default"
`,
  good: `[rule]
type = "eql"
building_block_type = "default"
from = "now-119m"
interval = "60m"
`,
  *run(rule, place) {
    const block = buildingBlockKey(rule);
    if (rule.rule === undefined || block === undefined || isTimingWaived(rule, place)) return;
    const { rule: table, toml } = rule;
    const missing = TIMES.filter(({ name }) => tableLacking(rule, "rule", name) !== undefined);
    if (missing.length === 0) return;
    const names = missing.map(({ name }) => `\`${name}\``);
    const lines = missing.map(({ name, value }) => `${name} = ${value}`);
    const edits = insertKeys(toml, table, missing);
    yield {
      // A rule that has neither was made a building block without a thought of its timing.
      span: missing.length === TIMES.length ? block.value.span : headerSpan(table),
      message: `A building block rule needs ${listed(names, "and")}`,
      fixes: [
        ...(edits.length === 0 ? [] : unsafeFix(`Insert ${listed(lines, "and")}`, ...edits)),
        ...waiveTiming(rule),
        ...notBuildingBlock(rule, place, table),
      ],
    };
  },
};

/** In the folder of building blocks the rule must be one. */
function notBuildingBlock(rule: RuleDocument, { path }: RulePlace, table: TomlTable): readonly Fix[] {
  const block = buildingBlockKey(rule);
  if (block === undefined || foldersOf(path ?? "").includes(BUILDING_BLOCK_FOLDER)) return [];
  return unsafeFix("Remove building_block_type", removeEntry(rule.toml, table, block));
}

const TIMES = [
  { name: "from", value: '"now-119m"' },
  { name: "interval", value: '"60m"' },
] as const;
