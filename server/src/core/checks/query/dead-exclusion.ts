import { type FieldCatalog } from "../../knowledge/fields.ts";
import { clauseOf, type Fact, testsInContext, type TestInContext } from "../../query/eql/clauses.ts";
import { type Span } from "../../text/span.ts";
import { type FieldCheck } from "../check.ts";
import { comparable, rulesOut } from "../eqlFacts.ts";
import { wholeEvents } from "../eqlTree.ts";
import { excerpt } from "../../text/excerpt.ts";
import { removalOf } from "../valueRemoval.ts";

export const deadExclusion: FieldCheck = {
  id: "query/dead-exclusion",
  on: "fields",
  languages: ["eql"],
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "An exclusion of values that the rest of the rule does not let through anyway.",
  why: "The exclusion never applies: either it can go, or it names another field or value than was meant, and false alarms stay. Wildcards are compared exactly. Only fields to which ECS gives a single value are judged.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : "powershell.exe" and not process.name : "cmd.exe"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : "p*.exe" and not process.name : "ping.exe"'
`,
  *run(query, { catalog: fields }) {
    const { text } = query.parse;
    for (const { condition } of wholeEvents(query)) {
      for (const leaf of testsInContext(clauseOf(condition))) {
        if (leaf.isPositive) continue;
        for (const { span, fact, index } of deadParts(fields, leaf)) {
          yield {
            span,
            message: `Excludes nothing that \`${excerpt(text, fact.test.span)}\` lets through`,
            fixes: index === undefined ? [] : removalOf(text, leaf.test.sets, index, "unsafe"),
            related: [{ span: fact.test.span, message: "The clause that rules it out" }],
          };
        }
      }
    }
  },
};

interface DeadPart {
  readonly span: Span;
  readonly fact: Fact;
  /** Which value it is; undefined for the whole clause. */
  readonly index?: number;
}

/** The clause if none of its values can be there, or else those that cannot. */
function deadParts(fields: FieldCatalog, leaf: TestInContext): readonly DeadPart[] {
  const { test } = leaf;
  const facts = comparable(leaf.facts, test).filter(({ from, isPositive }) => from === "all" && isPositive);
  const dead = test.sets.flatMap((set, index) => {
    const fact = facts.find((one) => rulesOut(fields, one, set));
    return fact === undefined ? [] : [{ span: set.span, fact, index }];
  });
  const [first] = dead;
  return first !== undefined && dead.length === test.sets.length
    ? [{ span: test.span, fact: first.fact }]
    : dead;
}
