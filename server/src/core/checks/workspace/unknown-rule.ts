import { closestWord } from "../../base/closest.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { ruleReferences } from "../../rule/references.ts";
import { type Finding, type RulePlace, type Workspace, type WorkspaceCheck } from "../check.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const unknownRule: WorkspaceCheck = {
  id: "workspace/unknown-rule",
  on: "workspace",
  severity: "warning",
  since: "0.1.0",
  when: "workspace",
  summary: "A query that asks for alerts of a rule that is not there.",
  why: "A rule can read the alerts of others by their ids. With an id that no rule has, that part of the query never matches, and nothing says so. In Elastic's repository an id counts as known if a rule or the version lock has it. Elsewhere rules of other sources may be meant, and only an id that is almost that of a rule is told.",
  bad: `[rule]
type = "query"
language = "kuery"
query = 'kibana.alert.rule.rule_id : "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a12"'
`,
  good: `[rule]
type = "query"
language = "kuery"
query = 'kibana.alert.rule.rule_id : "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"'
`,
  concerns: ({ references }, workspace) => references.some((id) => !isInWorkspace(id, workspace)),
  run: findings,
};

function isInWorkspace(id: string, workspace: Workspace): boolean {
  return 0 < workspace.withId(id, "active").length || 0 < workspace.withId(id, "deprecated").length;
}

function* findings(rule: RuleDocument, { repository }: RulePlace, workspace: Workspace): Generator<Finding> {
  const shipped = repository.records.shipped();
  for (const { id, span } of ruleReferences(rule)) {
    const known = id.toLowerCase();
    if (isInWorkspace(known, workspace) || shipped?.has(known) === true) continue;
    const names = namesById(workspace);
    const meant = closestWord(known, [...names.keys(), ...(shipped?.keys() ?? [])]);
    if (meant === undefined && repository.kind !== "elastic") continue;
    const name = meant && (names.get(meant) ?? shipped?.get(meant)?.name);
    const question = meant === undefined ? "" : `, did you mean \`${meant}\`${of(name)}?`;
    yield {
      span,
      message: `There is no rule with the id \`${id}\`${question}`,
      fixes: meant === undefined ? [] : unsafeFix(`Replace by ${meant}${of(name)}`, { span, text: meant }),
    };
  }
}

function of(name: string | undefined): string {
  return name === undefined ? "" : ` of ${name}`;
}

function namesById(workspace: Workspace): ReadonlyMap<string, string | undefined> {
  return new Map(
    [...workspace.rules()].flatMap(({ id, name }) => (id === undefined ? [] : [[id.value, name?.value]])),
  );
}
