import { type RuleCheck } from "../check.ts";
import { scheduleOf } from "../schedule.ts";

export const emptyWindow: RuleCheck = {
  id: "rule/empty-window",
  on: "rule",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A window that ends before it begins.",
  why: "Each run sees the events from `from` (`now-6m` if absent) to `to` (`now` if absent). If the end is not after the beginning, no event is ever seen.",
  bad: `[rule]
type = "eql"
from = "now-5m"
to = "now-10m"
`,
  good: `[rule]
type = "eql"
from = "now-15m"
to = "now-10m"
`,
  *run(rule) {
    const { lookback, from, to } = scheduleOf(rule);
    if (lookback === undefined || 0 < lookback) return;
    const at = to ?? from;
    if (at === undefined) return;
    yield {
      span: at.span,
      message: `The window ends at \`${to?.value ?? "now"}\`, and does not begin before that: \`${from?.value ?? "now-6m"}\``,
      fixes: [],
      related: from !== undefined && at !== from ? [{ span: from.span, message: "Where it begins" }] : [],
    };
  },
};
