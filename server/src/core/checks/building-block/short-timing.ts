import { textIn } from "../../rule/read.ts";
import { type SourcedText } from "../../rule/model.ts";
import { replaceText } from "../../toml/edits.ts";
import { type PlaceCheck } from "../check.ts";
import { buildingBlockKey, isTimingWaived, waiveTiming } from "../buildingBlock.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const shortTiming: PlaceCheck = {
  id: "building-block/short-timing",
  on: "place",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["bbr-lookback"],
  summary: "A building block rule that runs too often or looks back too little.",
  why: "Building blocks raise many alerts. Elastic's loader wants them to look back 119 minutes or more and to run once an hour at most, unless `bypass_bbr_timing` in [metadata] or `bypass_bbr_lookback_validation` in `_config.yaml` waives that.",
  bad: `[rule]
type = "eql"
building_block_type = "default"
from = "now-90m"
interval = "60m"
`,
  good: `[rule]
type = "eql"
building_block_type = "default"
from = "now-119m"
interval = "60m"
`,
  *run(rule, place) {
    if (rule.rule === undefined || buildingBlockKey(rule) === undefined || isTimingWaived(rule, place))
      return;
    for (const limit of LIMITS) {
      const time = textIn(rule.rule, limit.name);
      const problem = time && problemOf(time, limit);
      if (time === undefined || problem === undefined) continue;
      const fix = unsafeFix(`Write ${limit.least}`, replaceText(time.host, limit.least));
      yield { span: time.span, message: problem, fixes: [...fix, ...waiveTiming(rule)] };
    }
  },
};

interface Limit {
  readonly name: "from" | "interval";
  readonly prefix: string;
  readonly minutes: number;
  readonly least: string;
  /** What the rule does with this time. */
  readonly action: string;
}

const LIMITS: readonly Limit[] = [
  { name: "from", prefix: "now-", minutes: 119, least: "now-119m", action: "looks back" },
  { name: "interval", prefix: "", minutes: 60, least: "60m", action: "waits between runs" },
];

const MINUTES: ReadonlyMap<string, number> = new Map([
  ["ms", 1 / 60_000],
  ["s", 1 / 60],
  ["m", 1],
  ["h", 60],
  ["d", 24 * 60],
]);

function problemOf(
  { value }: SourcedText,
  { name, prefix, minutes, least, action }: Limit,
): string | undefined {
  const rest = value.startsWith(prefix) ? value.slice(prefix.length) : "";
  const [, amount, unit = ""] = /^(\d+)([a-zA-Z]+)$/.exec(rest) ?? [];
  const factor = MINUTES.get(unit);
  if (factor === undefined) {
    // An interval of another form has a finding of its own.
    if (name === "interval") return undefined;
    return `\`from\` of a building block rule is written like ${least}, with s, m, h or d, not \`${value}\``;
  }
  const length = Number(amount) * factor;
  if (minutes <= length) return undefined;
  return `A building block rule ${action} ${minutes} minutes at least, and this is ${lengthText(length)}`;
}

function lengthText(minutes: number): string {
  const rounded = Math.round(minutes * 100) / 100;
  return rounded === 1 ? "1 minute" : `${rounded} minutes`;
}
