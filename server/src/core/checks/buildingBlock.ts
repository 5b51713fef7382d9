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

/** The key that makes a rule a building block; undefined for other rules. */
export function buildingBlockKey({ rule }: RuleDocument): TomlEntry | undefined {
  return rule?.byName.get("building_block_type");
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

/** The folders above a rule's file, from the outermost one. */
export function foldersOf(path: string): readonly string[] {
  return path.split("/").slice(0, -1);
}
