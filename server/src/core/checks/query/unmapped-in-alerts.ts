import { type FieldScope } from "../../knowledge/scope.ts";
import { type FieldCheck } from "../check.ts";
import { fieldUses } from "../fieldUses.ts";

export const unmappedInAlerts: FieldCheck = {
  id: "query/unmapped-in-alerts",
  on: "fields",
  languages: ["eql", "kuery"],
  severity: "info",
  since: "0.1.0",
  when: "keystroke",
  summary: "A field that indices of alerts do not map.",
  why: "Indices of alerts map the fields of ECS and those that Elastic Security writes into alerts itself. An alert keeps the other fields of its event, but nothing can be found by them: of alerts, a condition on such a field is never true.",
  bad: `[rule]
type = "eql"
index = [".alerts-security.*"]
language = "eql"
query = 'any where aws.cloudtrail.user_identity.type == "Root"'
`,
  good: `[rule]
type = "eql"
index = [".alerts-security.*"]
language = "eql"
query = 'any where kibana.alert.rule.name == "Root Login"'
`,
  *run(query, scope) {
    const index = scope.subject.indexes.find((one) => one.includes(ALERTS));
    if (index === undefined) return;
    for (const { name, span, parts } of fieldUses(query)) {
      if (name.includes("*") || isMapped(scope, index, name)) continue;
      // Of a field that nobody knows another check speaks.
      if (!parts.every((part) => scope.answer(name, part).kind === "known")) continue;
      yield {
        span,
        message: `\`${name}\` is not mapped in \`${index}\`: no alert is found by it`,
        fixes: [],
      };
    }
  },
};

const ALERTS = ".alerts-security";

function isMapped({ catalog, vendorFields, schemas }: FieldScope, index: string, name: string): boolean {
  if (catalog.get(name) !== undefined || schemas?.nonEcs(index)?.typeOf(name) !== undefined) return true;
  const sets = vendorFields?.get(name)?.sets ?? vendorFields?.openAbove(name)?.sets ?? [];
  return sets.some((set) => set.includes(ALERTS)) || /^(?:kibana|signal)\./.test(name);
}
