import { type RuleDocument } from "../../rule/model.ts";
import { textIn } from "../../rule/read.ts";
import { missingKeys } from "../../rule/spelling.ts";
import { type PlaceCheck } from "../check.ts";

export const changedType: PlaceCheck = {
  id: "rule/changed-type",
  on: "place",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["lock-type-change"],
  summary: "A rule of another type than the one that was shipped under its id.",
  why: "Kibana cannot turn an installed rule into one of another type: it is replaced, and what was set on it is lost. Better deprecate the rule and give the new one an id of its own. Elastic has a test of this name that compares no types.",
  bad: `[rule]
type = "eql"
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"
`,
  good: `[rule]
type = "query"
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"
`,
  *run(document, { repository }) {
    const { rule, type } = document;
    const written = rule && textIn(rule, "type");
    const id = rule && textIn(rule, "rule_id");
    if (written === undefined || type === undefined || id === undefined) return;
    const shipped = repository.bypassesVersionLock ? undefined : repository.records.shipped()?.get(id.value);
    if (shipped?.type === undefined || shipped.type === type || lacksKeys(document)) return;
    yield {
      span: written.span,
      message: `The rule was shipped as \`${shipped.type}\`, not as \`${type}\``,
      fixes: [],
      related: [{ span: id.span, message: "The id that it was shipped under" }],
    };
  },
};

/** A rule that lacks what its new type needs is told that already. */
function lacksKeys(rule: RuleDocument): boolean {
  return rule
    .sections()
    .some(
      ({ section, table, keys, context }) =>
        section === "rule" &&
        missingKeys(table, keys, context).some(({ ruleTypes }) => ruleTypes?.length === 1),
    );
}
