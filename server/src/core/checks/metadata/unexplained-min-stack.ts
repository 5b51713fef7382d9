import { textIn } from "../../rule/read.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { replaceText } from "../../toml/edits.ts";
import { insertKey } from "../../toml/insertion.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { tableLacking } from "../lacks.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const unexplainedMinStack: PlaceCheck = {
  id: "metadata/unexplained-min-stack",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["metadata-min-stack-comment"],
  summary: "A `min_stack_version` without `min_stack_comments`.",
  why: "Elastic's CI wants to know why a rule is kept from older stacks: otherwise no one dares to lower the version again.",
  bad: `[metadata]
maturity = "production"
min_stack_version = "9.4.0"
`,
  good: `[metadata]
maturity = "production"
min_stack_comments = "Needs a newer function"
min_stack_version = "9.4.0"
`,
  run: (rule, place) => (place.repository.kind === "loose" ? [] : unitTested(rule, place, findings(rule))),
};

function* findings(rule: RuleDocument): Generator<Finding> {
  const { metadata } = rule;
  const version = metadata && textIn(metadata, "min_stack_version");
  if (metadata === undefined || version === undefined) return;
  const empty = textIn(metadata, NAME);
  const isUnexplained = empty?.value === "" || tableLacking(rule, "metadata", NAME) !== undefined;
  if (!isUnexplained) return;
  const comment = `The rule needs stack ${version.value}`;
  const edit =
    empty === undefined
      ? insertKey(rule.toml, metadata, { name: NAME, value: `"${comment}"` })
      : replaceText(empty.host, comment);
  yield {
    span: version.span,
    message: `\`min_stack_comments\` must say why the rule needs stack ${version.value}`,
    fixes: unsafeFix("Write min_stack_comments", edit),
  };
}

const NAME = "min_stack_comments";
