import { type RuleCheck } from "../check.ts";
import { numberOf } from "../readValue.ts";

export const unreachableThreshold: RuleCheck = {
  id: "machine-learning/unreachable-threshold",
  on: "rule",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A threshold that no anomaly score reaches.",
  why: "Anomalies are scored from 0 to 100. Loader and Kibana take any larger number, and the rule never raises an alert.",
  bad: `[rule]
type = "machine_learning"
anomaly_threshold = 500
`,
  good: `[rule]
type = "machine_learning"
anomaly_threshold = 50
`,
  *run({ rule }) {
    const value = rule?.byName.get("anomaly_threshold")?.value;
    const threshold = numberOf(value);
    if (value === undefined || threshold === undefined || threshold <= 100) return;
    const message = `Anomaly scores end at 100: ${threshold} is never reached`;
    yield { span: value.span, message, fixes: [] };
  },
};
