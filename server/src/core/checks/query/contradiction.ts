import { type FieldCatalog } from "../../knowledge/fields.ts";
import { clauseOf, type Fact, testsInContext, type TestInContext } from "../../query/eql/clauses.ts";
import { type Span } from "../../text/span.ts";
import { type FieldCheck } from "../check.ts";
import { comparable, implies, rulesOut } from "../eqlFacts.ts";
import { wholeEvents } from "../eqlTree.ts";
import { excerpt } from "../../text/excerpt.ts";
import { removalOf } from "../valueRemoval.ts";

export const contradiction: FieldCheck = {
  id: "query/contradiction",
  on: "fields",
  languages: ["eql"],
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "Two clauses under `and` that no event can meet together.",
  why: "The rule, or this branch of it, never matches, and nothing says so. Fields that hold a list can meet two values at once, so only fields to which ECS gives a single value are judged by their values.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : "cmd.exe" and process.name : "powershell.exe"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : ("cmd.exe", "powershell.exe")'
`,
  *run(query, { catalog: fields }) {
    const { text } = query.parse;
    for (const { condition } of wholeEvents(query)) {
      for (const leaf of testsInContext(clauseOf(condition))) {
        for (const { span, fact, index } of conflicts(fields, leaf)) {
          yield {
            span,
            message: `Can never match together with \`${excerpt(text, fact.test.span)}\``,
            fixes: index === undefined ? [] : removalOf(text, leaf.test.sets, index, "unsafe"),
            related: [{ span: fact.test.span, message: "The clause that it contradicts" }],
          };
        }
      }
    }
  },
};

interface Conflict {
  readonly span: Span;
  readonly fact: Fact;
  /** Which value it is; undefined for the whole clause. */
  readonly index?: number;
}

function conflicts(fields: FieldCatalog, leaf: TestInContext): readonly Conflict[] {
  const { test } = leaf;
  const facts = comparable(leaf.facts, test);
  const held = facts.filter(({ from }) => from === "all");
  if (leaf.isPositive) return valuesRuledOut(fields, leaf, held);
  if (leaf.parent === "all") {
    const fact = held.find((one) => implies(one, test));
    return fact === undefined ? [] : [{ span: test.span, fact }];
  }
  // `not (f == "a" and f == "b")`
  const other = facts.find(
    (fact) =>
      fact.from === "any" &&
      fact.isSibling &&
      fact.isPositive &&
      fact.isInNot &&
      leaf.isInNot &&
      fact.test.span.start < test.span.start &&
      test.sets.every((set) => rulesOut(fields, fact, set)),
  );
  return other === undefined ? [] : [{ span: test.span, fact: other }];
}

/** The clause if all its values are ruled out, or else those that are. */
function valuesRuledOut(
  fields: FieldCatalog,
  { test }: TestInContext,
  facts: readonly Fact[],
): readonly Conflict[] {
  const conflicts = test.sets.flatMap((set, index) => {
    const fact = facts.find((one) => rulesOut(fields, one, set));
    return fact === undefined ? [] : [{ span: set.span, fact, index }];
  });
  const [first] = conflicts;
  if (first === undefined || conflicts.length < test.sets.length) return conflicts;
  // Of two clauses side by side one is told: the later one, or the exclusion.
  const isToldThere = facts.some(
    (fact) =>
      fact.isSibling &&
      (!fact.isPositive || test.span.start < fact.test.span.start) &&
      test.sets.every((set) => rulesOut(fields, fact, set)),
  );
  return isToldThere ? [] : [{ span: test.span, fact: first.fact }];
}
