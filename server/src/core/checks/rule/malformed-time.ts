import { tableIn, tablesIn, textIn } from "../../rule/read.ts";
import { type RuleDocument, type SourcedText } from "../../rule/model.ts";
import { replaceText } from "../../toml/edits.ts";
import { type TomlTable } from "../../toml/model.ts";
import { type RuleCheck } from "../check.ts";
import { isTime, meantTime } from "../timeText.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const malformedTime: RuleCheck = {
  id: "rule/malformed-time",
  on: "rule",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-from-format"],
  summary: "A point in time that Kibana cannot read.",
  why: "Windows begin and end at points in time, not with a length: `now-9m` is nine minutes ago. Kibana refuses a `from` in any other form; a wrong end, history or time of a button comes up only when the rule runs.",
  bad: `[rule]
type = "eql"
from = "9m"
`,
  good: `[rule]
type = "eql"
from = "now-9m"
`,
  *run(rule) {
    for (const { key, time, isRefused } of timesIn(rule)) {
      if (isTime(time.value)) continue;
      const meant = meantTime(time.value);
      yield {
        span: time.span,
        message: `\`${key}\` must be a time like \`now-9m\`, not \`${time.value}\``,
        fixes: meant === undefined ? [] : unsafeFix(`Write ${meant}`, replaceText(time.host, meant)),
        isGuess: !isRefused || time.value === "",
      };
    }
  },
};

interface Time {
  readonly key: string;
  readonly time: SourcedText;
  /** By loaders; otherwise it fails when the rule runs. */
  readonly isRefused: boolean;
}

function* timesIn({ rule, toml }: RuleDocument): Generator<Time> {
  if (rule !== undefined) {
    yield* timesOf(rule, ["from"], { isRefused: true });
    yield* timesOf(rule, ["to", "history_window_start"], { isRefused: false });
    const newTerms = tableIn(rule, "new_terms");
    const starts = newTerms === undefined ? [] : tablesIn(newTerms, "history_window_start");
    for (const start of starts) {
      for (const { time } of timesOf(start, ["value"], { isRefused: false }))
        yield { key: "history_window_start", time, isRefused: false };
    }
  }
  const transform = tableIn(toml.root, "transform");
  const buttons = transform === undefined ? [] : tablesIn(transform, "investigate");
  for (const button of buttons) yield* timesOf(button, ["relativeFrom", "relativeTo"], { isRefused: false });
}

function* timesOf(
  table: TomlTable,
  names: readonly string[],
  { isRefused }: { readonly isRefused: boolean },
): Generator<Time> {
  for (const key of names) {
    const time = textIn(table, key);
    if (time !== undefined) yield { key, time, isRefused };
  }
}
