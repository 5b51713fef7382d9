import { textIn } from "../../rule/read.ts";
import { replaceText } from "../../toml/edits.ts";
import { isChangedFrom } from "../changes.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { isInDeprecatedFolder } from "../deprecatedFolder.ts";
import { type Fix } from "../../text/edit.ts";
import { type RuleDocument, type SourcedText } from "../../rule/model.ts";

export const staleUpdatedDate: PlaceCheck = {
  id: "metadata/stale-updated-date",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "save",
  seesDeprecated: true,
  upstream: ["metadata-updated-date-not-bumped"],
  summary: "A rule that was changed, with the `updated_date` of the change before.",
  why: "The version that is shipped is told by its date. Elastic's CI wants another `updated_date` in every file that differs from where the branch began. Without git nothing is told.",
  bad: `[metadata]
creation_date = "2023/01/31"
maturity = "production"
updated_date = "2023/01/31"
[rule]
type = "eql"
name = "Shell Started by a Database"
`,
  good: `[metadata]
creation_date = "2023/01/31"
maturity = "production"
updated_date = "2024/05/02"
[rule]
type = "eql"
name = "Shell Started by a Database"
`,
  *run(rule, place) {
    const { path, baseText } = place;
    // A deprecated rule may not change at all, whatever its date.
    if (baseText === undefined || (path !== undefined && isInDeprecatedFolder(path))) return;
    if (isChangedFrom(baseText, rule.toml.text)) yield* findings(rule, place, baseText);
  },
};

function* findings({ metadata }: RuleDocument, { today }: RulePlace, baseText: string): Generator<Finding> {
  const updated = metadata && textIn(metadata, "updated_date");
  if (updated === undefined || dateIn(baseText) !== updated.value) return;
  // On one day a rule can be shipped and changed again.
  if (today !== undefined && today <= updated.value) return;
  yield {
    span: updated.span,
    message: `The rule was changed, and \`updated_date\` is still ${updated.value}`,
    fixes: today === undefined ? [] : bumped(updated, today),
  };
}

/** The whole file need not be read for it. */
function dateIn(text: string): string | undefined {
  return /^[ \t]*updated_date[ \t]*=[ \t]*["']([^"'\n]*)["']/m.exec(text)?.[1];
}

function bumped({ host }: SourcedText, today: string): readonly Fix[] {
  const edit = replaceText(host, today);
  return edit === undefined ? [] : [{ title: `Set updated_date to ${today}`, safety: "safe", edits: [edit] }];
}
