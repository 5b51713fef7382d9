import { type RuleDocument } from "../../rule/model.ts";
import { replaceText } from "../../toml/edits.ts";
import { insertKey } from "../../toml/insertion.ts";
import { type Finding, type RuleCheck } from "../check.ts";
import { durationText, minutesText, type Schedule, scheduleOf } from "../schedule.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const searchGap: RuleCheck = {
  id: "rule/search-gap",
  on: "rule",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A window that is shorter than the time between two runs.",
  why: "Each run sees the events from `from` (`now-6m` if absent) to `to`. If the rule runs less often than that (every `5m` if `interval` is absent), events in between are seen by no run. A minute more than the interval covers runs that start late.",
  bad: `[rule]
type = "eql"
from = "now-9m"
interval = "15m"
`,
  good: `[rule]
type = "eql"
from = "now-16m"
interval = "15m"
`,
  *run(rule) {
    const schedule = scheduleOf(rule);
    const { lookback, interval, from, intervalKey } = schedule;
    if (lookback === undefined || interval === undefined || lookback <= 0 || interval <= lookback) return;
    // Building blocks need both keys: one that is missing has a finding of its own.
    const isBlock = rule.rule?.byName.has("building_block_type") === true;
    if (isBlock && (from === undefined || intervalKey === undefined)) return;
    const at = intervalKey ?? from;
    if (at === undefined) return;
    yield {
      span: at.span,
      message: `The rule runs every ${durationText(interval)} and looks back ${durationText(lookback)}: ${durationText(interval - lookback)} between two runs are never searched`,
      fixes: [...lookBackFurther(rule, schedule), ...runOftener(rule, schedule)],
      related:
        from !== undefined && at !== from ? [{ span: from.span, message: "Where the window begins" }] : [],
    };
  },
};

const MINUTE = 60_000;

function lookBackFurther({ rule, toml }: RuleDocument, { interval, from, to }: Schedule): Finding["fixes"] {
  if (rule === undefined || interval === undefined || (to !== undefined && to.value !== "now")) return [];
  const value = `now-${minutesText(interval + MINUTE)}`;
  const edit =
    from === undefined
      ? insertKey(toml, rule, { name: "from", value: `"${value}"` })
      : replaceText(from.host, value);
  return unsafeFix(`Look back to ${value}`, edit);
}

function runOftener({ rule, toml }: RuleDocument, { lookback, intervalKey }: Schedule): Finding["fixes"] {
  if (rule === undefined || lookback === undefined || lookback % MINUTE !== 0) return [];
  const value = durationText(lookback);
  const edit =
    intervalKey === undefined
      ? insertKey(toml, rule, { name: "interval", value: `"${value}"` })
      : replaceText(intervalKey.host, value);
  return unsafeFix(`Run the rule every ${value}`, edit);
}
