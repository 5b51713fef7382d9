import { compareVersions } from "../../knowledge/version.ts";
import { textIn } from "../../rule/read.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { removeMinStack, setMinStack } from "../minStack.ts";
import { unitTested } from "../unitTests.ts";

export const droppedStack: PlaceCheck = {
  id: "metadata/dropped-stack",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["metadata-min-stack-too-old"],
  summary: "A `min_stack_version` that is older than every supported stack.",
  why: "The repository's `stack-schema-map.yaml` lists the stacks that rules are built for. Elastic's CI refuses a version below them, which keeps nothing out: without the key, a rule is built for all of them.",
  bad: `[metadata]
maturity = "production"
min_stack_comments = "Needs a newer function"
min_stack_version = "8.3.0"
`,
  good: `[metadata]
maturity = "production"
min_stack_comments = "Needs a newer function"
min_stack_version = "9.4.0"
`,
  run: (rule, place) => unitTested(rule, place, findings(rule, place)),
};

function* findings(rule: RuleDocument, { repository }: RulePlace): Generator<Finding> {
  const version = rule.metadata && textIn(rule.metadata, "min_stack_version");
  const { oldestStack } = repository;
  if (version === undefined || oldestStack === undefined || !/^\d+\.\d+/.test(version.value)) return;
  if (0 <= compareVersions(version.value, oldestStack)) return;
  yield {
    span: version.span,
    message: `Stack ${version.value} is no longer supported: the oldest one is ${oldestStack}`,
    fixes: [...removeMinStack(rule), ...setMinStack(version, oldestStack, "Raise")],
  };
}
