import { type RuleDocument } from "../../rule/model.ts";
import { removeEntry } from "../../toml/removal.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { numberOf } from "../readValue.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const tooManySignals: PlaceCheck = {
  id: "rule/too-many-signals",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-max-signals"],
  summary: "More than 1000 alerts for one run.",
  why: "Kibana lets a run raise 1000 alerts unless its administrator says otherwise, and cuts the rest off. Elastic's CI refuses more.",
  bad: `[rule]
type = "eql"
max_signals = 2000
`,
  good: `[rule]
type = "eql"
max_signals = 500
`,
  run: (rule, place) => unitTested(rule, place, findings(rule)),
};

const MOST = 1000;

function* findings({ rule, toml }: RuleDocument): Generator<Finding> {
  const entry = rule?.byName.get("max_signals");
  const count = numberOf(entry?.value);
  if (rule === undefined || entry === undefined || count === undefined || count <= MOST) return;
  const { value } = entry;
  yield {
    span: value.span,
    message: `One run raises ${MOST} alerts at most, not ${count}`,
    fixes: [
      ...unsafeFix(`Set max_signals to ${MOST}`, { span: value.span, text: String(MOST) }),
      ...unsafeFix("Remove max_signals: 100 are usual", removeEntry(toml, rule, entry)),
    ],
  };
}
