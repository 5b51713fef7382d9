import { type FieldScope } from "../../knowledge/scope.ts";
import { type Schema } from "../../knowledge/schema.ts";
import { walk } from "../../query/ast.ts";
import { childrenOf, type EqlEvent, type EqlField } from "../../query/eql/index.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type RuleQueryCheck } from "../check.ts";
import { eqlEvents } from "../eqlTree.ts";
import { textsIn } from "../fieldKeys.ts";
import { isInProduction } from "../unitTests.ts";

export const unmappedProcessField: RuleQueryCheck = {
  id: "query/unmapped-process-field",
  on: "rule-query",
  languages: ["eql"],
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["eql-endpoint-process-fields"],
  summary: "A field of the process that Elastic Defend does not record with such events.",
  why: "An event of a file, of the network, of the registry, of a library or of DNS names the process with a few fields only. Others, such as the command line, are in the events of processes alone, though the index pattern has them: the condition never holds. Elastic's CI looks into the newest version of the package; reported only where that is loaded.",
  bad: `[metadata]
maturity = "production"
[rule]
type = "eql"
index = ["logs-endpoint.events.file-*"]
language = "eql"
query = 'file where process.command_line : "*x*"'
`,
  good: `[metadata]
maturity = "production"
[rule]
type = "eql"
index = ["logs-endpoint.events.file-*"]
language = "eql"
query = 'file where process.name : "x"'
`,
  *run(query, rule, scope) {
    const text = query.parse.errors.length === 0 ? indexText(rule) : "";
    if (!text.includes("logs-endpoint.events.") || /alerts/.test(text)) return;
    const related = query.embedded.host.map;
    for (const event of eqlEvents(query)) {
      const schema = schemaOf(event, scope);
      if (schema === undefined) continue;
      for (const field of processFields(event)) {
        if (schema.typeOf(field.name) !== undefined) continue;
        // A field that no schema of the rule has is another check's finding.
        if (scope.answer(field.name, "whole").kind === "unknown") continue;
        yield {
          span: related.toHostSpan(field.nameSpan),
          message: `Events \`${event.category?.value ?? ""}\` of Elastic Defend have no \`${field.name}\``,
          fixes: [],
          isGuess: !isInProduction(rule),
        };
      }
    }
  },
};

/** Whose events have fewer fields of the process than those of processes. */
const CATEGORIES: ReadonlySet<string> = new Set(["dns", "file", "library", "network", "registry"]);

function indexText({ rule }: RuleDocument): string {
  return rule === undefined
    ? ""
    : textsIn(rule, "index")
        .map(({ value }) => value)
        .join("\n");
}

function schemaOf({ category }: EqlEvent, { schemas }: FieldScope): Schema | undefined {
  if (category === undefined || !CATEGORIES.has(category.value)) return undefined;
  const answer = schemas?.stacks
    .at(-1)
    ?.integration("endpoint", category.value === "dns" ? "network" : category.value);
  return answer?.kind === "found" ? answer.schema : undefined;
}

function* processFields({ condition }: EqlEvent): Generator<EqlField> {
  for (const node of walk(condition, childrenOf)) {
    if (node.kind === "field" && node.name.startsWith("process.") && node.optionalSpan === undefined)
      yield node;
  }
}
