import { type EqlEvent } from "../../query/eql/index.ts";
import { clauseOf, testsInContext } from "../../query/eql/clauses.ts";
import { covers, globOf } from "../../query/eql/glob.ts";
import { type FieldTest } from "../../query/eql/fieldTest.ts";
import { textIn } from "../../rule/read.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type RuleQueryCheck } from "../check.ts";
import { wholeEvents } from "../eqlTree.ts";

export const categoryMismatch: RuleQueryCheck = {
  id: "query/category-mismatch",
  on: "rule-query",
  languages: ["eql"],
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "The category before `where` and a test of `event.category` that disagree.",
  why: "The word before `where` is itself a test of `event.category`. Only an event of both categories would match, and an exclusion of the same category leaves none. Where the rule looks at more than one category, begin the query with `any`.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where event.category == "file"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'any where event.category in ("process", "file")'
`,
  *run(query, rule) {
    const { map } = query.embedded.host;
    for (const event of wholeEvents(query)) {
      const category = categoryOf(event);
      if (category === undefined || isOtherField(rule)) continue;
      for (const { test, isPositive, parent } of testsInContext(clauseOf(event.condition))) {
        if (test.field.name !== "event.category" || isAgreed(test, isPositive, category)) continue;
        if (!isPositive && parent === "any") continue;
        const message = `The query begins with \`${category} where\`: ${isPositive ? "events of other categories are not looked at" : "all its events are excluded here"}`;
        yield { span: map.toHostSpan(test.span), message, fixes: [] };
      }
    }
  },
};

function categoryOf({ category }: EqlEvent): string | undefined {
  return category === undefined || category.form === "any" || category.form === "quoted"
    ? undefined
    : category.value;
}

/** The rule may name another field for the word before `where`. */
function isOtherField({ rule }: RuleDocument): boolean {
  const other = rule && textIn(rule, "event_category_override")?.value;
  return other !== undefined && other !== "event.category";
}

function isAgreed({ sets }: FieldTest, isPositive: boolean, category: string): boolean {
  const word = globOf(category, { wildcards: false, letterCase: "exact" });
  const covered = sets.some(
    (set) => set.kind === "any" || (set.kind === "text" && covers(set.least(), word)),
  );
  return covered === isPositive;
}
