import { type FieldCatalog } from "../../knowledge/fields.ts";
import { withoutGroups } from "../../query/eql/index.ts";
import { clauseOf, testsInContext, type TestInContext } from "../../query/eql/clauses.ts";
import { constantClauses } from "../../query/eql/constantClauses.ts";
import { asGuess, replaceWith } from "../../query/fixes.ts";
import { type Fix } from "../../text/edit.ts";
import { encloses, type Span } from "../../text/span.ts";
import { type AnalyzedQuery, type FieldCheck } from "../check.ts";
import { comparable, implies, rulesOut } from "../eqlFacts.ts";
import { eqlNodes, wholeEvents } from "../eqlTree.ts";
import { excerpt } from "../../text/excerpt.ts";

export const alwaysTrue: FieldCheck = {
  id: "query/always-true",
  on: "fields",
  languages: ["eql"],
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A clause that is true of every event.",
  why: 'It restricts nothing. Most often an `or` between two exclusions was meant as `and`: every event has another name than "a", or another one than "b". A condition that is `true` alone is the way to write "every event", and is left alone.',
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name != "bash" or process.name != "dash"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name != "bash" and process.name != "dash"'
`,
  *run(query, { catalog: fields }) {
    const { text } = query.parse;
    for (const { condition } of wholeEvents(query)) {
      if (withoutGroups(condition).kind === "boolean") continue;
      for (const { span, value } of constantClauses(condition)) {
        if (value === true) yield { span, message: "This is always true", fixes: [] };
      }
      for (const leaf of testsInContext(clauseOf(condition))) {
        const other = alternative(fields, leaf);
        if (other === undefined) continue;
        yield {
          span: leaf.test.span,
          message: `Always true, together with \`${excerpt(text, other.test.span)}\``,
          fixes: joinByAnd(query, leaf.test.span, other.test.span),
          related: [{ span: other.test.span, message: "One of the two is true of every event" }],
        };
      }
    }
  },
};

/** Where the two are all that an `or` joins: most often `and` was meant. */
function joinByAnd(query: AnalyzedQuery, ...leaves: readonly Span[]): readonly Fix[] {
  for (const node of eqlNodes(query)) {
    if (node.kind !== "or" || node.operands.length !== leaves.length) continue;
    const [operator] = node.operatorSpans;
    const isAround = node.operands.every(({ span }) => leaves.some((leaf) => encloses(span, leaf)));
    if (isAround && operator !== undefined) return [asGuess(replaceWith(operator, "and", "Join by and"))];
  }
  return [];
}

/** An alternative, further left, that holds wherever the leaf does not. */
function alternative(fields: FieldCatalog, leaf: TestInContext): TestInContext["facts"][number] | undefined {
  if (leaf.parent !== "any" || leaf.isInNot) return undefined;
  const { test } = leaf;
  return comparable(leaf.facts, test).find((fact) => {
    if (fact.from !== "any" || !fact.isSibling || fact.isInNot) return false;
    if (test.span.start < fact.test.span.start) return false;
    if (leaf.isPositive) return implies(fact, test);
    return test.sets.every((set) => rulesOut(fields, fact, set));
  });
}
