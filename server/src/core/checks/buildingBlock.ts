/** Building block rules: which they are, and how their timing may be waived. */
import { type Fix } from "../text/edit.ts";
import { type RuleDocument } from "../rule/model.ts";
import { insertKey } from "../toml/insertion.ts";
import { type TomlEntry } from "../toml/model.ts";
import { type RulePlace } from "./check.ts";
import { truthOf } from "./readValue.ts";
import { isExemptFromValidation } from "./unitTests.ts";
import { unsafeFix } from "./unsafeFix.ts";

export const BUILDING_BLOCK_FOLDER = "rules_building_block";

/** The key that makes a rule a building block; undefined for other rules. Another value than Kibana's one has a finding of its own. */
export function buildingBlockKey({ rule }: RuleDocument): TomlEntry | undefined {
  const entry = rule?.byName.get("building_block_type");
  return entry?.value.kind === "string" && entry.value.value === "default" ? entry : undefined;
}

/** True where Elastic's loader does not look at the timing of building blocks. */
export function isTimingWaived(rule: RuleDocument, place: RulePlace): boolean {
  return (
    place.repository.bypasses.has("bbr-lookback") ||
    truthOf(rule.metadata?.byName.get(WAIVER)?.value) === true ||
    isExemptFromValidation(rule, place)
  );
}

const WAIVER = "bypass_bbr_timing";

export function waiveTiming({ metadata, toml }: RuleDocument): readonly Fix[] {
  if (metadata === undefined || metadata.byName.has(WAIVER)) return [];
  return unsafeFix(`Insert ${WAIVER} = true`, insertKey(toml, metadata, { name: WAIVER, value: "true" }));
}
