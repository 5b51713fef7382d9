import { type Target } from "../../knowledge/scope.ts";
import { type FieldCheck } from "../check.ts";
import { fieldUses, isExcused, judgedUses, type UnknownAnswer } from "../fieldUses.ts";
import { isGuess, optionalFix } from "../unknownField.ts";

export const fieldNotInIndex: FieldCheck = {
  id: "query/field-not-in-index",
  on: "fields",
  languages: ["eql", "kuery"],
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A field that some of the rule's indices do not have.",
  why: "Elastic tries the query against the schemas of Endgame and of Beats on their own where `index` names them: a field of an integration or of ECS alone is not enough. In the indices that lack the field the query finds nothing, or is refused. Write `?field` in EQL, or leave the index out.",
  bad: `[metadata]
maturity = "production"
[rule]
type = "eql"
index = ["logs-endpoint.events.*", "endgame-*"]
language = "eql"
query = 'process where process.entry_leader.name == "sh"'
`,
  good: `[metadata]
maturity = "production"
[rule]
type = "eql"
index = ["logs-endpoint.events.*", "endgame-*"]
language = "eql"
query = 'process where ?process.entry_leader.name == "sh"'
`,
  *run(query, scope) {
    for (const { use, answer } of judgedUses(fieldUses(query), scope)) {
      const lacking = targetWithout(answer);
      if (lacking === undefined || isExcused(query, use)) continue;
      const known = answer.knownIn.find((target) => target.kind !== lacking.kind);
      const place =
        lacking.kind === "endgame" ? `${lacking.label}, which \`endgame-*\` is tried against` : lacking.label;
      yield {
        span: use.span,
        message: `\`${use.name}\` is not in ${place}${known === undefined ? "" : `, only in ${known.label}`}`,
        fixes: optionalFix(query, use),
        isGuess: isGuess(answer),
      };
    }
  },
};

/** The newest target without the field, where another target of the same stack has it. */
function targetWithout({ missingIn, knownIn }: UnknownAnswer): Target | undefined {
  const elsewhere = knownIn.filter(({ kind }) => kind !== "endgame");
  const found = missingIn.filter(({ kind, stack }) =>
    elsewhere.some((target) => kind === "endgame" || target.stack === stack),
  );
  return found[found.length - 1];
}
