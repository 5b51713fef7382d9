import { textIn } from "../../rule/read.ts";
import { type RuleType } from "../../rule/keyTypes.ts";
import { type PlaceCheck } from "../check.ts";
import { isInProduction } from "../unitTests.ts";

export const missingFalsePositives: PlaceCheck = {
  id: "rule/missing-false-positives",
  on: "place",
  severity: "hint",
  since: "0.1.0",
  when: "keystroke",
  summary: "A rule of a type that raises many harmless alerts, without a word on them.",
  why: "What is new, frequent or unusual is often harmless. `false_positives` tells the analyst which harmless causes are known, and reviewers ask for it in rules of the types new_terms, threshold and machine_learning.",
  bad: `[rule]
type = "threshold"
`,
  good: `[rule]
type = "threshold"
false_positives = ["Backup jobs read many files, too."]
`,
  *run(rule, { repository }) {
    const { type } = rule;
    if (
      repository.kind === "loose" ||
      rule.isDeprecated ||
      rule.rule === undefined ||
      type === undefined ||
      !NOISY.has(type)
    )
      return;
    if (rule.rule.byName.has("building_block_type") || !isInProduction(rule)) return;
    const list = rule.rule.byName.get("false_positives")?.value;
    if (list !== undefined && (list.kind !== "array" || 0 < list.items.length)) return;
    const span = list?.span ?? textIn(rule.rule, "type")?.span;
    if (span === undefined) return;
    yield { span, message: `Rules of the type ${type} need a word on \`false_positives\``, fixes: [] };
  },
};

const NOISY: ReadonlySet<RuleType> = new Set<RuleType>(["machine_learning", "new_terms", "threshold"]);
