import { textIn } from "../../rule/read.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { replaceText } from "../../toml/edits.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const updatedBeforeCreated: PlaceCheck = {
  id: "metadata/updated-before-created",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["metadata-updated-before-created"],
  summary: "A rule that was changed before it was written.",
  why: "Elastic's CI wants `updated_date` to be the day of `creation_date` or a later one.",
  bad: `[metadata]
creation_date = "2024/05/02"
maturity = "production"
updated_date = "2024/01/31"
`,
  good: `[metadata]
creation_date = "2024/01/31"
maturity = "production"
updated_date = "2024/05/02"
`,
  run: (rule, place) => unitTested(rule, place, findings(rule)),
};

const DATE = /^\d{4}\/\d{2}\/\d{2}$/;

function* findings({ metadata }: RuleDocument): Generator<Finding> {
  const created = metadata && textIn(metadata, "creation_date");
  const updated = metadata && textIn(metadata, "updated_date");
  if (created === undefined || updated === undefined) return;
  // Dates of this form are in the order of their texts.
  if (!DATE.test(created.value) || !DATE.test(updated.value) || created.value <= updated.value) return;
  const setUpdated = replaceText(updated.host, created.value);
  yield {
    span: updated.span,
    message: `\`updated_date\` ${updated.value} is before \`creation_date\` ${created.value}`,
    fixes: [
      ...unsafeFix(`Set updated_date to ${created.value}`, setUpdated),
      ...unsafeFix("Swap the two dates", setUpdated, replaceText(created.host, updated.value)),
    ],
    related: [{ span: created.span, message: "When the rule was written" }],
  };
}
