import { textIn } from "../../rule/read.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { spanOf } from "../../text/span.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { numberOf } from "../readValue.ts";
import { unitTested } from "../unitTests.ts";

export const unexplainedMaxSignals: PlaceCheck = {
  id: "rule/unexplained-max-signals",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-max-signals"],
  summary: "As many alerts as Kibana allows, and no word in `setup` on the warning that follows.",
  why: "A rule that reaches 1000 alerts in a run warns its users. Elastic's CI wants `setup` to lead them to the guide on that warning, with the sentence that other rules of the repository have for it.",
  bad: `[rule]
type = "eql"
max_signals = 1000
`,
  good: `[rule]
type = "eql"
max_signals = 1000
setup = "See [the guide](https://www.elastic.co/guide/en/security/current/alerts-ui-monitor.html#troubleshoot-max-alerts)."
`,
  run: (rule, place) => unitTested(rule, place, findings(rule)),
};

const WARNING = /\bmax(?:imum)?[ _](?:alerts?|signals?)\b/i;

const GUIDE = "alerts-ui-monitor.html#troubleshoot-max-alerts";

function* findings({ rule }: RuleDocument): Generator<Finding> {
  const value = rule?.byName.get("max_signals")?.value;
  if (rule === undefined || value === undefined || numberOf(value) !== 1000) return;
  const setup = textIn(rule, "setup");
  if (setup?.value.includes(GUIDE) === true) return;
  // A word on the warning that leads elsewhere is what is wrong.
  const word = setup === undefined ? null : WARNING.exec(setup.value);
  const lame = setup && word && setup.host.map.toHostSpan(spanOf(word.index, word.index + word[0].length));
  yield {
    span: lame ?? value.span,
    message: `With 1000 alerts for a run, \`setup\` must link to the guide \`${GUIDE}\``,
    fixes: [],
  };
}
