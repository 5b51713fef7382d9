import { listed } from "../../base/listed.ts";
import { RULE_TYPES, type RuleType } from "../../rule/keyTypes.ts";
import { type TypeConflicts, typeConflicts, typeSoFar } from "../../rule/meantType.ts";
import { textIn } from "../../rule/read.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type Fix } from "../../text/edit.ts";
import { replaceText } from "../../toml/edits.ts";
import { type PlaceCheck, type RulePlace } from "../check.ts";
import { missingTable } from "../missingTables.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const misfitType: PlaceCheck = {
  id: "rule/misfit-type",
  on: "place",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-type-unknown", "rule-missing-field", "rule-unknown-field"],
  summary: "A type that the rest of the rule speaks against.",
  why: "The type decides which keys a rule needs and which it may have, and Elastic's loader refuses the rule for each key that does not fit. Where several do not, or all keys that are the type's own are missing, and another type fits the rule as it is, the type is what is wrong: the rest is checked as that type.",
  bad: `[rule]
type = "threshold"
index = ["logs-okta*"]
language = "kuery"
query = "source.ip:10.0.0.1"
`,
  good: `[rule]
type = "query"
index = ["logs-okta*"]
language = "kuery"
query = "source.ip:10.0.0.1"
`,
  *run(rule, place) {
    const written = rule.rule && textIn(rule.rule, "type");
    const type = RULE_TYPES.find((one) => one === written?.value);
    if (rule.rule === undefined || written === undefined || type === undefined) return;
    const fitting = rule.type === type ? typeSoFar(rule.rule, type) : rule.type;
    if (fitting === undefined) return;
    const conflicts = typeConflicts(rule.rule, type);
    yield {
      span: written.span,
      message: `${sentence(conflicts, type)}: this one is written as \`${fitting}\``,
      fixes: [
        ...unsafeFix(`Set type to ${fitting}`, replaceText(written.host, fitting)),
        ...tableFixes(conflicts, rule, place),
      ],
    };
  },
};

function sentence({ foreign, absent, isOtherLanguage }: TypeConflicts, type: RuleType): string {
  const names = absent.length === 0 ? foreign : absent.map(({ name }) => name);
  const keys = listed(
    names.map((name) => `\`${name}\``),
    "and",
  );
  if (0 < absent.length) return `A rule of type \`${type}\` needs ${keys}`;
  if (0 < foreign.length) return `A rule of type \`${type}\` has no ${keys}`;
  return `A rule of type \`${type}\` names an \`index\`${isOtherLanguage ? " and has another language" : ""}`;
}

/** What the type as it is written needs is offered where nothing but that is missing. */
function tableFixes(
  { foreign, absent, isOtherLanguage }: TypeConflicts,
  rule: RuleDocument,
  place: RulePlace,
): readonly Fix[] {
  const [key, ...others] = absent;
  const visit = rule.sections().find(({ section }) => section === "rule");
  if (key === undefined || visit === undefined || 0 < others.length + foreign.length || isOtherLanguage)
    return [];
  return missingTable(key, visit, rule, place);
}
