import { type AnalyzedQuery, type FieldCheck } from "../check.ts";
import { fieldUses, isExcused, judgedUses, type UnknownAnswer } from "../fieldUses.ts";
import { unknownFieldFinding } from "../unknownField.ts";

export const unknownField: FieldCheck = {
  id: "query/unknown-field",
  on: "fields",
  languages: ["eql", "kuery"],
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["kql-unknown-field", "eql-unknown-field"],
  summary: "A field that no schema of the rule has.",
  why: "Elasticsearch refuses an EQL query with a field that no index has; in KQL the comparison never matches, and the rule is silently dead. Inside a checkout of Elastic's rules the schemas decide, as they do in Elastic's CI. Where they are not at hand, a field is reported, as a warning, only if its name is nearly a known one, or if it stands in a field set of ECS that has no such field. Other names may belong to an integration.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where proces.name : "cmd.exe"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : "cmd.exe"'
`,
  *run(query, scope) {
    for (const { use, answer } of judgedUses(fieldUses(query), scope)) {
      // What some schemas have is missing elsewhere, which is another check's finding.
      if (0 < answer.knownIn.length || isObjectInKql(query, answer)) continue;
      const excused = isExcused(query, use);
      // What Elastic's validation lets pass may be a slip all the same.
      if (excused && answer.reason === "schemas") continue;
      const finding = unknownFieldFinding(query, scope, use, answer);
      yield excused ? { ...finding, isGuess: true } : finding;
    }
  },
};

/** `process.parent: *` finds whatever has a field below it, if Elastic's validation does not refuse it. */
function isObjectInKql({ support }: AnalyzedQuery, { reason, missingIn }: UnknownAnswer): boolean {
  return support.id === "kuery" && reason === "object" && missingIn.length === 0;
}
