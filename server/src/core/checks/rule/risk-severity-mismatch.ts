import { bandOfScore, bandOfSeverity, SEVERITY_BANDS } from "../../rule/severities.ts";
import { textIn } from "../../rule/read.ts";
import { type RuleDocument, type SourcedText } from "../../rule/model.ts";
import { type Fix } from "../../text/edit.ts";
import { replaceText } from "../../toml/edits.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { numberOf } from "../readValue.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const riskSeverityMismatch: PlaceCheck = {
  id: "rule/risk-severity-mismatch",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-risk-severity-mismatch"],
  summary: "A risk score that does not go with the severity.",
  why: "Kibana shows both and sorts by either. Elastic's CI wants low for scores from 0 to 21, medium from 22 to 47, high from 48 to 73 and critical from 74 on.",
  bad: `[rule]
type = "eql"
risk_score = 47
severity = "high"
`,
  good: `[rule]
type = "eql"
risk_score = 73
severity = "high"
`,
  run: (rule, place) => unitTested(rule, place, findings(rule)),
};

function* findings({ rule }: RuleDocument): Generator<Finding> {
  const severity = rule && textIn(rule, "severity");
  const entry = rule?.byName.get("risk_score");
  const score = numberOf(entry?.value);
  if (severity === undefined || entry === undefined || score === undefined) return;
  const [wanted, band] = [bandOfScore(score), bandOfSeverity(severity.value)];
  // What is out of range has a finding of its own.
  if (wanted === undefined || band === undefined || wanted === band) return;
  const setScore: Fix = {
    title: `Set risk_score to ${band.usual}`,
    safety: "unsafe",
    edits: [{ span: entry.value.span, text: String(band.usual) }],
  };
  // A score that rules usually have, in its usual form, was chosen; another one is more likely the mistake.
  const isUsual = entry.value.kind === "integer" && SEVERITY_BANDS.some(({ usual }) => usual === score);
  yield {
    span: isUsual ? severity.span : entry.value.span,
    message: `Severity ${band.severity} goes with a risk score from ${band.min} to ${band.max}, and ${score} is ${wanted.severity}`,
    fixes: [...setSeverity(severity, wanted.severity), setScore],
    related: isUsual
      ? [{ span: entry.value.span, message: "The risk score" }]
      : [{ span: severity.span, message: "The severity" }],
  };
}

function setSeverity(severity: SourcedText, value: string): readonly Fix[] {
  const edit = replaceText(severity.host, value);
  return unsafeFix(`Set severity to ${value}`, edit);
}
