import { type EqlMaxspan, maxspanMilliseconds } from "../../query/eql/index.ts";
import { textIn } from "../../rule/read.ts";
import { type RuleDocument, type SourcedText } from "../../rule/model.ts";
import { type Fix } from "../../text/edit.ts";
import { cover, type Span } from "../../text/span.ts";
import { insertFirst, replaceText } from "../../toml/edits.ts";
import { type RuleQueryCheck } from "../check.ts";
import { eqlQueryOf } from "../eqlTree.ts";
import { durationText, minutesText, type Schedule, scheduleOf } from "../schedule.ts";

export const longMaxspan: RuleQueryCheck = {
  id: "query/long-maxspan",
  on: "rule-query",
  languages: ["eql"],
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["eql-lookback", "eql-interval-maxspan"],
  summary: "A `maxspan` that does not fit the rule's window or interval.",
  why: "A run sees the events of its window only, from `from` (`now-6m` if absent) to `to`: sequences that take longer are never found. Elastic's CI allows a `maxspan` of ten minutes more than the window; and where it is longer than two and a half minutes, it wants the `interval` (5m if absent) to be at least half of it, because shorter ones search the same events again and again.",
  bad: `[rule]
type = "eql"
language = "eql"
from = "now-30m"
query = 'sequence by host.id with maxspan=1h [process where true] [network where true]'
interval = "30m"
`,
  good: `[rule]
type = "eql"
language = "eql"
from = "now-90m"
interval = "30m"
query = 'sequence by host.id with maxspan=1h [process where true] [network where true]'
`,
  *run(query, rule) {
    const { body } = eqlQueryOf(query);
    if (body.kind !== "sequence" || body.maxspan === undefined || !isJudged(rule)) return;
    const maxspan = maxspanMilliseconds(body.maxspan);
    if (maxspan === undefined) return;
    const schedule = scheduleOf(rule);
    const { lookback, interval, intervalKey } = schedule;
    const span = query.embedded.host.map.toHostSpan(valueSpan(body.maxspan));
    // A window of no length is one that the CI cannot tell.
    if (lookback !== undefined && lookback !== 0 && lookback + TEN_MINUTES < maxspan) {
      yield {
        span,
        message: `The \`maxspan\` is ${durationText(maxspan)}, and the rule looks back ${durationText(lookback)}: Elastic's CI allows ${durationText(lookback + TEN_MINUTES)}`,
        fixes: lookBackFurther(rule, schedule, maxspan),
      };
    }
    if (
      interval !== undefined &&
      interval !== 0 &&
      TWO_AND_A_HALF_MINUTES < maxspan &&
      interval < maxspan / 2
    ) {
      const title = `Run the rule every ${minutesText(maxspan / 2)}`;
      yield {
        span: intervalKey?.span ?? span,
        message: `The \`maxspan\` is ${durationText(maxspan)}, and the rule runs every ${durationText(interval)}: Elastic's CI wants at least ${durationText(Math.floor(maxspan / 2))}`,
        fixes: written(rule, "interval", intervalKey, minutesText(maxspan / 2), title),
      };
    }
  },
};

const TEN_MINUTES = 600_000;
const TWO_AND_A_HALF_MINUTES = 150_000;

/** The CI looks at rules of type eql that ship. */
function isJudged({ type, metadata }: RuleDocument): boolean {
  const maturity = metadata && textIn(metadata, "maturity")?.value;
  return type === "eql" && (maturity === undefined || maturity === "production");
}

function valueSpan({ amountSpan, unitSpan, span }: EqlMaxspan): Span {
  return amountSpan === undefined ? span : cover(amountSpan, unitSpan ?? amountSpan);
}

/** Far enough for a sequence that begins just before one run and ends with the next. */
function lookBackFurther(
  rule: RuleDocument,
  { from, to, interval }: Schedule,
  maxspan: number,
): readonly Fix[] {
  if (to !== undefined && to.value !== "now") return [];
  const value = `now-${minutesText(maxspan + (interval ?? 0))}`;
  return written(rule, "from", from, value, `Look back to ${value}`);
}

function written(
  { rule }: RuleDocument,
  name: "from" | "interval",
  key: SourcedText | undefined,
  value: string,
  title: string,
): readonly Fix[] {
  const edit =
    key === undefined ? rule && insertFirst(rule, `${name} = "${value}"`) : replaceText(key.host, value);
  return edit === undefined ? [] : [{ title, safety: "unsafe", edits: [edit] }];
}
