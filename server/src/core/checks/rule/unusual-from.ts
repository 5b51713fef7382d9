import { textIn } from "../../rule/read.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { replaceText } from "../../toml/edits.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { isTime } from "../timeText.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const unusualFrom: PlaceCheck = {
  id: "rule/unusual-from",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-from-format"],
  summary: "A `from` in another form than `now-9m`.",
  why: "Kibana takes any date math for the beginning of the window. Elastic's CI wants `now-`, a number and one unit of y, M, w, d, h, H, m and s.",
  bad: `[rule]
type = "eql"
from = "now-1h/h"
`,
  good: `[rule]
type = "eql"
from = "now-1h"
`,
  run: (rule, place) => unitTested(rule, place, findings(rule)),
};

const USUAL = /^now-\d+[yMwdhHms]$/;

function* findings({ rule }: RuleDocument): Generator<Finding> {
  const from = rule && textIn(rule, "from");
  // What is no time has a finding of its own.
  if (from === undefined || !isTime(from.value) || USUAL.test(from.value)) return;
  const unrounded = from.value.replace(/\/[yMwdhHms]$/, "");
  const [, amount] = /^now-([yMwdhHms])$/.exec(unrounded) ?? [];
  const usual = amount === undefined ? unrounded : `now-1${amount}`;
  yield {
    span: from.span,
    message: `Elastic's CI wants a \`from\` like \`now-9m\`, not \`${from.value}\``,
    fixes: USUAL.test(usual) ? unsafeFix(`Write ${usual}`, replaceText(from.host, usual)) : [],
  };
}
