import { tableIn, tablesIn, textIn } from "../../rule/read.ts";
import { type RuleDocument, type SourcedText } from "../../rule/model.ts";
import { type RuleCheck } from "../check.ts";

export const shortHistory: RuleCheck = {
  id: "new-terms/short-history",
  on: "rule",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A history that does not begin before the window of a run.",
  why: "A value is new if it was not seen between `history_window_start` and `from` (`now-6m` if absent). Kibana refuses a rule whose history begins with its window or later: every value would be new.",
  bad: `[rule]
type = "new_terms"
from = "now-9m"
[rule.new_terms]
field = "new_terms_fields"
value = ["user.id"]
[[rule.new_terms.history_window_start]]
field = "history_window_start"
value = "now-5m"
`,
  good: `[rule]
type = "new_terms"
from = "now-9m"
[rule.new_terms]
field = "new_terms_fields"
value = ["user.id"]
[[rule.new_terms.history_window_start]]
field = "history_window_start"
value = "now-14d"
`,
  *run(rule) {
    const from = rule.rule && textIn(rule.rule, "from");
    const window = secondsAgo(from?.value ?? "now-6m");
    if (rule.type !== "new_terms" || window === undefined) return;
    for (const start of historyStarts(rule)) {
      const history = secondsAgo(start.value);
      if (history === undefined || window < history) continue;
      yield {
        span: start.span,
        message: `The history begins at ${start.value}, and a run looks back to ${from?.value ?? "now-6m"} itself`,
        fixes: [],
        related: from === undefined ? [] : [{ span: from.span, message: "The window of a run" }],
      };
    }
  },
};

function historyStarts({ rule }: RuleDocument): readonly SourcedText[] {
  if (rule === undefined) return [];
  const newTerms = tableIn(rule, "new_terms");
  const starts = newTerms === undefined ? [] : tablesIn(newTerms, "history_window_start");
  return [textIn(rule, "history_window_start"), ...starts.map((start) => textIn(start, "value"))].flatMap(
    (start) => start ?? [],
  );
}

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;
const SECONDS: ReadonlyMap<string, number> = new Map([
  ["s", 1],
  ["m", MINUTE],
  ["h", 60 * MINUTE],
  ["d", DAY],
  ["w", 7 * DAY],
]);

/** Undefined for what depends on the calendar. */
function secondsAgo(text: string): number | undefined {
  if (text === "now") return 0;
  const [, amount, unit = ""] = /^now-(\d+)([a-zA-Z])$/.exec(text) ?? [];
  const factor = SECONDS.get(unit);
  return factor === undefined ? undefined : Number(amount) * factor;
}
