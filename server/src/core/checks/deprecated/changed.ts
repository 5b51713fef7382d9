import { type PlaceCheck } from "../check.ts";
import { isInDeprecatedFolder } from "../deprecatedFolder.ts";
import { firstLine } from "../headerSpan.ts";
import { isChangedFrom } from "../changes.ts";
import { isExemptFromTests } from "../unitTests.ts";

export const changedDeprecated: PlaceCheck = {
  id: "deprecated/changed",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "save",
  seesDeprecated: true,
  upstream: ["ws-deprecated-modified"],
  summary: "A change of a rule that was deprecated before.",
  why: "What was shipped last of a deprecated rule is final: Elastic's CI refuses every change in `_deprecated` against the main branch, apart from files that are new there. Without git nothing is told.",
  bad: `[metadata]
creation_date = "2023/01/31"
deprecation_date = "2024/01/31"
maturity = "deprecated"
updated_date = "2024/01/31"
[rule]
name = "Shell Started by a Database"
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
  *run(rule, place) {
    const { path, repository, baseText } = place;
    if (path === undefined || baseText === undefined || repository.kind === "loose") return;
    if (!isInDeprecatedFolder(path) || !isChangedFrom(baseText, rule.toml.text)) return;
    if (isExemptFromTests(rule, place)) return;
    yield {
      span: rule.toml.headers[0]?.span ?? firstLine(rule.toml),
      message: "The rule was deprecated before, and may not change any more",
      fixes: [],
    };
  },
};
