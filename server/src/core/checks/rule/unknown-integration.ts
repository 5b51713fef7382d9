import { closestWord } from "../../base/closest.ts";
import { type FieldScope } from "../../knowledge/scope.ts";
import { supportedStacks } from "../../knowledge/targets.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type Fix } from "../../text/edit.ts";
import { replaceText } from "../../toml/edits.ts";
import { type TomlString } from "../../toml/model.ts";
import { type Finding, type SchemaCheck } from "../check.ts";
import { textsIn } from "../fieldKeys.ts";
import { raiseMinStack } from "../minStack.ts";

export const unknownIntegration: SchemaCheck = {
  id: "rule/unknown-integration",
  on: "schemas",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["int-unknown-package", "int-no-version"],
  summary: "An integration that is in no list of packages, or that a supported stack cannot run.",
  why: "The key `metadata.integration` names the Fleet packages that the rule reads. Elastic's tools look each of them up in the list of packages to check fields, and write them into the rule as `related_integrations`. Reported only where that list is loaded.",
  bad: `[metadata]
integration = ["acmee"]
maturity = "production"
[rule]
type = "eql"
`,
  good: `[metadata]
integration = ["acme"]
maturity = "production"
[rule]
type = "eql"
`,
  *run(rule, scope) {
    const { metadata } = rule;
    if (metadata === undefined || scope.schemas?.packages === undefined || !scope.subject.isValidated) return;
    for (const host of textsIn(metadata, "integration")) {
      const found = finding(rule, scope, host, scope.schemas.packages);
      if (found !== undefined) yield { ...found, isGuess: !scope.subject.isProduction };
    }
  },
};

function finding(
  rule: RuleDocument,
  scope: FieldScope,
  host: TomlString,
  packages: ReadonlySet<string>,
): Finding | undefined {
  const name = host.value;
  if (packages.has(name)) return withoutVersion(rule, scope, host);
  const meant = closestWord(name, packages);
  const edit = meant === undefined ? undefined : replaceText(host, meant);
  const fixes: Fix[] =
    edit === undefined ? [] : [{ title: `Replace by ${meant ?? ""}`, safety: "unsafe", edits: [edit] }];
  const hint = meant === undefined ? "" : `, did you mean \`${meant}\`?`;
  return { span: host.span, message: `There is no integration \`${name}\`${hint}`, fixes };
}

/** A package may be newer than the oldest stack that the rule is meant for. */
function withoutVersion(rule: RuleDocument, scope: FieldScope, host: TomlString): Finding | undefined {
  if (scope.schemas === undefined) return undefined;
  const stacks = supportedStacks(scope.schemas, scope.subject);
  const answers = stacks.map(({ version, integration }) => ({
    version,
    hasNone: integration(host.value, undefined).kind === "no-version",
  }));
  const last = answers.findLastIndex(({ hasNone }) => hasNone);
  if (last < 0) return undefined;
  const first = answers[last + 1]?.version;
  const message = `No version of \`${host.value}\` runs on stack ${answers[last]?.version ?? ""}`;
  const fixes = first === undefined ? [] : raiseMinStack(rule, first, `${host.value} runs from ${first} on`);
  return { span: host.span, message, fixes };
}
