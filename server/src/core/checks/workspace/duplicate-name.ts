import { type RuleDocument } from "../../rule/model.ts";
import { type Finding, type RulePlace, type Workspace, type WorkspaceCheck } from "../check.ts";
import { hasOthers, otherRules, pathsOf, placesIn, standingOf, standingOfRule } from "../otherRules.ts";

export const duplicateName: WorkspaceCheck = {
  id: "workspace/duplicate-name",
  on: "workspace",
  severity: "error",
  since: "0.1.0",
  when: "workspace",
  seesDeprecated: true,
  upstream: ["ws-duplicate-name"],
  summary: "Two rules with the same name.",
  why: "Analysts know a rule by its name, and alerts of two rules with the same one cannot be told apart. Elastic's loader stops at it; deprecated rules are compared among themselves. Kibana takes both, so that outside a repository of rules it is a warning.",
  bad: `[rule]
type = "eql"
name = "Shell Started by a Web Server"
`,
  good: `[rule]
type = "eql"
name = "Shell Started by a Database"
`,
  concerns(summary, workspace) {
    const { name } = summary;
    return name !== undefined && hasOthers(workspace.withName(name.value, standingOf(summary)), summary);
  },
  run: findings,
};

function* findings(rule: RuleDocument, place: RulePlace, workspace: Workspace): Generator<Finding> {
  const { name } = rule;
  if (name === undefined || name.value.trim() === "") return;
  const others = otherRules(workspace.withName(name.value, standingOfRule(rule)), place);
  if (others.length === 0) return;
  yield {
    span: name.span,
    message: `This name is also in ${pathsOf(others)}`,
    fixes: [],
    isGuess: place.repository.kind === "loose",
    related: placesIn(others, "The same name", (other) => other.name?.span),
  };
}
