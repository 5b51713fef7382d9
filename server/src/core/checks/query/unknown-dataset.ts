import { closestWord } from "../../base/closest.ts";
import { type PickedPackage } from "../../knowledge/targets.ts";
import { type FieldScope } from "../../knowledge/scope.ts";
import { asGuess, replaceWith } from "../../query/fixes.ts";
import { type EqualityRef } from "../../query/facts.ts";
import { textAt } from "../../text/span.ts";
import { type AnalyzedQuery, type FieldCheck, type Finding } from "../check.ts";

export const unknownDataset: FieldCheck = {
  id: "query/unknown-dataset",
  on: "fields",
  languages: ["eql", "kuery"],
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["int-unknown-stream"],
  summary: "A dataset that its package does not have.",
  why: "No event has this value in `event.dataset` or `data_stream.dataset`, so the rule, or this branch of it, never matches. Elastic's validation looks for the fields of the dataset in the package's version for each stack, and stops where there is none. Reported only where the list of packages and their schemas are loaded.",
  bad: `[metadata]
maturity = "production"
[rule]
type = "eql"
language = "eql"
query = 'any where event.dataset == "acme.fierwall"'
`,
  good: `[metadata]
maturity = "production"
[rule]
type = "eql"
language = "eql"
query = 'any where event.dataset == "acme.firewall"'
`,
  *run(query, scope) {
    if (!scope.subject.isValidated) return;
    for (const [i, { equalities }] of query.facts.parts.entries()) {
      const failed = scope.packages(i).filter(({ answer }) => answer.kind === "unknown-stream");
      for (const equality of equalities) {
        const newest = failed.filter(({ use }) => use.dataset === equality.value).at(-1);
        if (isDatasetField(equality) && newest !== undefined) yield finding(query, scope, equality, newest);
      }
    }
  },
};

function isDatasetField({ field }: EqualityRef): boolean {
  return field === "event.dataset" || field === "data_stream.dataset";
}

function finding(
  query: AnalyzedQuery,
  { subject }: FieldScope,
  { value, span }: EqualityRef,
  { use, stack, answer }: PickedPackage,
): Finding {
  const found = answer.kind === "unknown-stream" ? answer : { version: "", streams: [] };
  const prefix = use.package === "endpoint" ? "endpoint.events" : use.package;
  const known = found.streams.map((stream) => `${prefix}.${stream}`);
  const meant = closestWord(value, known);
  const hint = meant === undefined ? "" : `, did you mean \`${meant}\`?`;
  // Quotes, where there are any, stay.
  const written = textAt(query.parse.text, span);
  const fixes =
    meant === undefined || !written.includes(value)
      ? []
      : [
          asGuess(
            replaceWith(
              span,
              written.replace(value, () => meant),
              `Replace by ${meant}`,
            ),
          ),
        ];
  return {
    span,
    message: `\`${value}\` is no dataset of ${use.package} ${found.version}, the version for stack ${stack}${hint}`,
    fixes,
    isGuess: !subject.isProduction,
  };
}
