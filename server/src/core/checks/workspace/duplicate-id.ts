import { type RuleDocument } from "../../rule/model.ts";
import { textIn } from "../../rule/read.ts";
import { replaceText } from "../../toml/edits.ts";
import { type Finding, type RulePlace, type Workspace, type WorkspaceCheck } from "../check.ts";
import { derivedId } from "../derivedId.ts";
import { hasOthers, otherRules, pathsOf, placesIn, standingOf, standingOfRule } from "../otherRules.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const duplicateId: WorkspaceCheck = {
  id: "workspace/duplicate-id",
  on: "workspace",
  severity: "error",
  since: "0.1.0",
  when: "workspace",
  seesDeprecated: true,
  upstream: ["ws-duplicate-id"],
  summary: "Two rules with the same `rule_id`.",
  why: "Kibana and the version lock know a rule by its id: of two rules with the same one, the second replaces the first. Elastic's loader stops at it. Deprecated rules are compared among themselves, so that an active rule can keep the id of one that it replaces. Outside a repository of rules it is a warning, as folders can be copies of each other.",
  bad: `[rule]
type = "eql"
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"
`,
  good: `[rule]
type = "eql"
rule_id = "b0a4f2c7-6d1e-4c58-8a37-2f9be06d1c54"
`,
  concerns(summary, workspace) {
    const { id } = summary;
    return id !== undefined && hasOthers(workspace.withId(id.value, standingOf(summary)), summary);
  },
  run: findings,
};

function* findings(rule: RuleDocument, place: RulePlace, workspace: Workspace): Generator<Finding> {
  const id = rule.rule && textIn(rule.rule, "rule_id");
  if (id === undefined) return;
  const others = otherRules(workspace.withId(id.value, standingOfRule(rule)), place);
  if (others.length === 0) return;
  const edit = replaceText(id.host, derivedId(rule.toml.text, place.path ?? ""));
  yield {
    span: id.span,
    message: `This \`rule_id\` is also in ${pathsOf(others)}`,
    fixes: unsafeFix("Write a new rule_id", edit),
    isGuess: place.repository.kind === "loose",
    related: placesIn(others, "The same rule_id", (other) => other.id?.span),
  };
}
