import { compareVersions } from "../../knowledge/version.ts";
import { textIn } from "../../rule/read.ts";
import { type PlaceCheck } from "../check.ts";
import { removeMinStack, setMinStack } from "../minStack.ts";

export const unreleasedStack: PlaceCheck = {
  id: "metadata/unreleased-stack",
  on: "place",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["metadata-min-stack-too-new"],
  summary: "A `min_stack_version` that is newer than the version the repository builds for.",
  why: "Elastic's loader has no schemas for such a stack: it stops with `KeyError: 'endgame'` as soon as it checks the rule's query. A rule without a query loads, and is shipped to no one.",
  bad: `[metadata]
maturity = "production"
min_stack_comments = "Needs a newer function"
min_stack_version = "9.9.0"
[rule]
type = "eql"
`,
  good: `[metadata]
maturity = "production"
min_stack_comments = "Needs a newer function"
min_stack_version = "9.4.0"
[rule]
type = "eql"
`,
  *run(rule, { repository }) {
    const version = rule.metadata && textIn(rule.metadata, "min_stack_version");
    const { newestStack } = repository;
    if (version === undefined || newestStack === undefined) return;
    if (compareVersions(version.value, newestStack) <= 0) return;
    yield {
      span: version.span,
      message: `Stack ${version.value} is newer than ${newestStack}, which this repository builds for`,
      fixes: [...setMinStack(version, newestStack, "Lower"), ...removeMinStack(rule)],
      isGuess: rule.type === "machine_learning",
    };
  },
};
