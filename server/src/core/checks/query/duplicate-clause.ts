import { type EqlAst, type EqlExpression } from "../../query/eql/index.ts";
import { clauseOf, type Fact, testsInContext, type TestInContext } from "../../query/eql/clauses.ts";
import { type FieldTest, includes, signedTestOf, type ValueSet } from "../../query/eql/fieldTest.ts";
import { type Repeated, repeatedOperands, repeatedValues } from "../../query/eql/repeated.ts";
import { type Span } from "../../text/span.ts";
import { type Finding, type QueryCheck } from "../check.ts";
import { comparable, implies } from "../eqlFacts.ts";
import { eqlNodes, wholeEvents } from "../eqlTree.ts";
import { excerpt } from "../../text/excerpt.ts";
import { removalOf } from "../valueRemoval.ts";

export const duplicateClause: QueryCheck = {
  id: "query/duplicate-clause",
  on: "query",
  languages: ["eql"],
  severity: "info",
  since: "0.1.0",
  when: "keystroke",
  tag: "unnecessary",
  summary: "A clause or value that another one beside it covers.",
  why: "It has no effect: it stands there twice, differs only in the case of letters where that does not matter, or a wildcard of the same list matches all that it matches. Often another value was meant.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : ("cmd.exe", "CMD.EXE")'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : ("cmd.exe", "powershell.exe")'
`,
  *run(query) {
    const { text } = query.parse;
    if (query.parse.errors.length !== 0) return;
    const told = new Set<number>();
    for (const node of eqlNodes(query)) {
      const parts = partsOf(node);
      for (const { index, by } of repeatedIn(node)) {
        const part = parts[index];
        if (part === undefined) continue;
        told.add(startOf(part));
        yield { ...covered(text, part.span, by), fixes: removalOf(text, parts, index, "safe") };
      }
    }
    for (const { condition } of wholeEvents(query)) {
      for (const leaf of testsInContext(clauseOf(condition))) {
        if (told.has(leaf.test.span.start)) continue;
        for (const { span, fact, index } of coveredParts(leaf)) {
          const fixes = index === undefined ? [] : removalOf(text, leaf.test.sets, index, "safe");
          yield { ...covered(text, span, fact.test.span), fixes };
        }
      }
    }
  },
};

function partsOf(node: EqlAst): readonly EqlExpression[] {
  if (node.kind === "and" || node.kind === "or") return node.operands;
  return (node.kind === "in" || node.kind === "match") && node.right.kind === "list" ? node.right.items : [];
}

function repeatedIn(node: EqlAst): readonly Repeated[] {
  if (node.kind === "and" || node.kind === "or") return repeatedOperands(node);
  if ((node.kind !== "in" && node.kind !== "match") || node.right.kind !== "list") return [];
  const ignoresCase = node.operator === ":" || node.operator === "in~" || node.operator === "like~";
  return repeatedValues(node.right.items, signedTestOf(node)?.test, ignoresCase);
}

/** Where the leaf begins that an operand is, without the `not` and the parentheses around it. */
function startOf(operand: EqlExpression): number {
  if (operand.kind === "group") return startOf(operand.inner);
  return operand.kind === "not" ? startOf(operand.operand) : operand.span.start;
}

function covered(text: string, span: Span, by: Span): Omit<Finding, "fixes"> {
  return {
    span,
    message: `Already covered by \`${excerpt(text, by)}\``,
    related: [{ span: by, message: "What covers it" }],
  };
}

interface Covered {
  readonly span: Span;
  readonly fact: Fact;
  /** Which value it is; undefined for the whole clause. */
  readonly index?: number;
}

/** A leaf that changes nothing beside what is known, or those of its values that do not. */
function coveredParts(leaf: TestInContext): readonly Covered[] {
  const { test, parent, isPositive } = leaf;
  const facts = comparable(leaf.facts, test).filter(({ from, isSibling }) => isSibling || from === "all");
  // In `a and b`, what the other clause implies; in `not (a and b)` too.
  if (isPositive === (parent === "all")) {
    const fact = facts.find((one) => one.from === parent && implies(one, test) && !isToldThere(test, one));
    // `f != null` beside `f : "x"` says what is meant.
    if (fact !== undefined) return test.sets[0]?.kind === "any" ? [] : [{ span: test.span, fact }];
    if (isPositive) return [];
  }
  return valuesCovered(leaf, facts);
}

/** Of two clauses side by side that imply each other, the later one is told. */
function isToldThere(test: FieldTest, fact: Fact): boolean {
  if (!fact.isSibling || fact.test.span.start < test.span.start) return false;
  return test.sets.every((set) => fact.test.sets.some((known) => includes(known, set)));
}

/** An alternative that another one covers, or an exclusion. */
function valuesCovered(leaf: TestInContext, facts: readonly Fact[]): readonly Covered[] {
  const { test } = leaf;
  const from = leaf.isPositive ? "any" : "all";
  const excluding = facts.filter((fact) => fact.from === from && !fact.isPositive);
  const parts = test.sets.flatMap((set, index) => {
    const fact = excluding.find((one) => coversValue(test, set, one));
    return fact === undefined ? [] : [{ span: set.span, fact, index }];
  });
  const [first] = parts;
  if (first === undefined || parts.length < test.sets.length) return parts;
  return [{ span: test.span, fact: first.fact }];
}

/** Of two values that cover each other, the later one is told. */
function coversValue(test: FieldTest, set: ValueSet, fact: Fact): boolean {
  const isLater = fact.isSibling && test.span.start < fact.test.span.start;
  return fact.test.sets.some((known) => includes(known, set) && !(isLater && includes(set, known)));
}
