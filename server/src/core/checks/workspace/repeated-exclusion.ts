import { type RuleDocument } from "../../rule/model.ts";
import { exclusionKey } from "../../rule/summary.ts";
import { textIn } from "../../rule/read.ts";
import {
  type AnalyzedQuery,
  type Finding,
  type RulePlace,
  type Workspace,
  type WorkspaceCheck,
} from "../check.ts";
import { hasOthers, otherRules, pathsOf, placesIn } from "../otherRules.ts";

export const repeatedExclusion: WorkspaceCheck = {
  id: "workspace/repeated-exclusion",
  on: "workspace",
  severity: "hint",
  since: "0.1.0",
  when: "workspace",
  summary: "A long list of excluded values that other rules exclude word for word.",
  why: "Copies of a list drift apart: a value that is added to one is missing from the others. In Kibana a shared exception list can stand in their place; here it helps to change all of them together. Lists of eight values and more are compared, whatever the order of the values and the case of letters, apart from lists of addresses.",
  bad: `[rule]
type = "eql"
language = "eql"
query = '''
process where not process.name : ("a.exe", "b.exe", "c.exe", "d.exe", "e.exe", "f.exe", "g.exe", "h.exe")
'''
`,
  good: `[rule]
type = "eql"
language = "eql"
query = '''
process where not process.name : ("a.exe", "b.exe", "c.exe")
'''
`,
  concerns: (summary, workspace) =>
    summary.exclusions.some(({ key }) => hasOthers(workspace.excluding(key), summary)),
  *run(rule, place, workspace) {
    if (rule.isDeprecated) return;
    for (const query of place.queries) yield* findings(rule, query, place, workspace);
  },
};

function* findings(
  rule: RuleDocument,
  { embedded, support, parse }: AnalyzedQuery,
  place: RulePlace,
  workspace: Workspace,
): Generator<Finding> {
  const id = rule.rule && textIn(rule.rule, "rule_id")?.value;
  for (const list of support.exclusions?.(parse) ?? []) {
    const key = exclusionKey(list);
    if (key === undefined) continue;
    // A copy of the whole rule is a mistake of its own.
    const others = otherRules(workspace.excluding(key), place).filter(
      (other) => id === undefined || other.id?.value !== id,
    );
    if (others.length === 0) continue;
    yield {
      span: embedded.host.map.toHostSpan(list.span),
      message: `The same ${new Set(list.values).size} values of \`${list.field}\` are excluded in ${pathsOf(others)}`,
      fixes: [],
      related: placesIn(
        others,
        "The same exclusion",
        (other) => other.exclusions.find((one) => one.key === key)?.span,
      ),
    };
  }
}
