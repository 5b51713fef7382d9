import { type RuleDocument } from "../../rule/model.ts";
import { textIn } from "../../rule/read.ts";
import { replaceText } from "../../toml/edits.ts";
import { insertKey } from "../../toml/insertion.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { headerSpan } from "../headerSpan.ts";
import { isExemptFromTests } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const mismatchedDate: PlaceCheck = {
  id: "deprecated/mismatched-date",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  seesDeprecated: true,
  upstream: ["ws-deprecated-dates"],
  summary: "A deprecated rule without `deprecation_date`, or with another one than `updated_date`.",
  why: "To deprecate a rule is its last change, so that both dates are the same day. Elastic's CI compares them, and stops with `KeyError: 'deprecation_date'` where there is none.",
  bad: `[metadata]
creation_date = "2023/01/31"
deprecation_date = "2024/01/30"
maturity = "deprecated"
updated_date = "2024/01/31"
[rule]
name = "Shell Started by a Web Server"
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"
`,
  good: `[metadata]
creation_date = "2023/01/31"
deprecation_date = "2024/01/31"
maturity = "deprecated"
updated_date = "2024/01/31"
[rule]
name = "Shell Started by a Web Server"
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"
`,
  run(rule, place) {
    if (!rule.isDeprecated || place.repository.kind === "loose" || isExemptFromTests(rule, place)) return [];
    return findings(rule);
  },
};

const NAME = "deprecation_date";

function* findings({ metadata, toml }: RuleDocument): Generator<Finding> {
  const updated = metadata && textIn(metadata, "updated_date");
  if (metadata === undefined) return;
  const deprecated = textIn(metadata, NAME);
  if (deprecated !== undefined && updated !== undefined && deprecated.value !== updated.value) {
    const setDeprecated = replaceText(deprecated.host, updated.value);
    const setUpdated = replaceText(updated.host, deprecated.value);
    yield {
      span: deprecated.span,
      message: `\`${NAME}\` ${deprecated.value} is not \`updated_date\` ${updated.value}`,
      fixes: [
        ...unsafeFix(`Set ${NAME} to ${updated.value}`, setDeprecated),
        ...unsafeFix(`Set updated_date to ${deprecated.value}`, setUpdated),
      ],
      related: [{ span: updated.span, message: "When the rule was changed last" }],
    };
  } else if (!metadata.byName.has(NAME)) {
    const value = updated && JSON.stringify(updated.value);
    const edit = value === undefined ? undefined : insertKey(toml, metadata, { name: NAME, value });
    yield {
      span: headerSpan(metadata),
      message: `\`${NAME}\` is missing from this deprecated rule`,
      fixes: unsafeFix(`Insert ${NAME}`, edit),
    };
  }
}
