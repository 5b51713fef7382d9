import { listed } from "../../base/listed.ts";
import { type PlaceCheck } from "../check.ts";
import { insertKeys } from "../../toml/insertion.ts";
import { buildingBlockKey, isTimingWaived, waiveTiming } from "../buildingBlock.ts";
import { headerSpan } from "../headerSpan.ts";
import { tableLacking } from "../lacks.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const missingTiming: PlaceCheck = {
  id: "building-block/missing-timing",
  on: "place",
  severity: "error",
  since: "0.2.0",
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
      ],
    };
  },
};

const TIMES = [
  { name: "from", value: '"now-119m"' },
  { name: "interval", value: '"60m"' },
] as const;
