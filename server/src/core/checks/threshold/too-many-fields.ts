import { compareVersions } from "../../knowledge/version.ts";
import { tableIn, textIn } from "../../rule/read.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type PlaceCheck, type RulePlace } from "../check.ts";
import { oldestStackOf, raiseMinStack } from "../minStack.ts";
import { isExemptFromValidation } from "../unitTests.ts";

export const tooManyFields: PlaceCheck = {
  id: "threshold/too-many-fields",
  on: "place",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["threshold-field-cap"],
  summary: "More fields to group by than the rule's oldest stack takes.",
  why: "Before 9.2 a threshold rule groups by three fields at most; from then on by five. Elastic's loader compares with `min_stack_version`, and with the newest stack where there is none: a rule without the key passes there, and is refused by the older stacks that it ships to.",
  bad: `[metadata]
maturity = "production"
min_stack_comments = "Needs a newer function"
min_stack_version = "9.1.0"
[rule]
type = "threshold"
[rule.threshold]
field = ["host.id", "user.id", "process.name", "source.ip"]
value = 5
`,
  good: `[metadata]
maturity = "production"
min_stack_comments = "Needs a newer function"
min_stack_version = "9.2.0"
[rule]
type = "threshold"
[rule.threshold]
field = ["host.id", "user.id", "process.name", "source.ip"]
value = 5
`,
  *run(rule, place) {
    if (rule.type !== "threshold" || isExemptFromValidation(rule, place)) return;
    const threshold = rule.rule && tableIn(rule.rule, "threshold");
    const fields = threshold?.byName.get("field")?.value;
    const oldest = oldestStackOf(rule, place.repository);
    if (fields?.kind !== "array" || oldest === undefined || 0 <= compareVersions(oldest, FIVE_FROM)) return;
    const [extra] = fields.items.slice(OLD_LIMIT);
    // More than five are refused everywhere, which is told already.
    if (extra === undefined || NEW_LIMIT < fields.items.length) return;
    yield {
      span: extra.span,
      message: `Stack ${oldest} groups by ${OLD_LIMIT} fields at most, and this rule has ${fields.items.length}`,
      fixes: raiseMinStack(
        rule,
        FIVE_FROM,
        `${fields.items.length} fields to group by are possible from 9.2 on`,
      ),
      isGuess: !isRefusedByLoader(rule, place),
    };
  },
};

const OLD_LIMIT = 3;
const NEW_LIMIT = 5;
const FIVE_FROM = "9.2.0";

function isRefusedByLoader({ metadata }: RuleDocument, { repository }: RulePlace): boolean {
  const judged = (metadata && textIn(metadata, "min_stack_version")?.value) ?? repository.newestStack;
  return judged !== undefined && compareVersions(judged, FIVE_FROM) < 0;
}
